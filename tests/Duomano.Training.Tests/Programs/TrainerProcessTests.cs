using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Inference.Listening;
using Duomano.Networks.Checkpoints;
using Duomano.Training.Autoencoder;
using Duomano.Training.Gesture;
using Duomano.Training.Listening;
using Duomano.Training.Motion;
using Duomano.Training.Running;
using Duomano.Training.Tests.Listening;

namespace Duomano.Training.Tests.Programs;

/// <summary>The training program as users run it: what is wrong is told in one line, and nothing is left in the way.</summary>
public sealed class TrainerProcessTests(TrainerProcessTests.Trained trained) : IClassFixture<TrainerProcessTests.Trained>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("there is no", "position", "--data", "DATA", "--out", "OUT", "--recipe", "huge")]
    [InlineData("nosuch.json", "gesture", "--data", "DATA", "--out", "OUT", "--recipe", "nosuch.json")]
    [InlineData("is no data set", "position", "--data", "EMPTY", "--out", "OUT")]
    [InlineData("no folder", "listening", "--data", "MISSING", "--out", "OUT")]
    [InlineData("no sound file", "listening", "--data", "EMPTY", "--out", "OUT")]
    [InlineData("no training run", "gesture", "--data", "DATA", "--out", "OUT", "--resume")]
    [InlineData("is neither a model", "gesture", "--data", "DATA", "--out", "OUT", "--recipe", "tiny-cpu", "--resume", "EMPTY")]
    [InlineData("this training begins with no model", "autoencoder", "--data", "DATA", "--out", "OUT", "--recipe", "tiny-cpu", "--resume", "EMPTY")]
    [InlineData("is neither a model", "position", "--data", "DATA", "--out", "OUT", "--recipe", "s2c", "--resume", "EMPTY")]
    [InlineData("no device", "position", "--data", "DATA", "--out", "OUT", "--device", "abacus", "--recipe", "tiny-cpu")]
    [InlineData("1 or more", "position", "--data", "DATA", "--out", "OUT", "--threads", "0", "--recipe", "tiny-cpu")]
    [InlineData("there is no autoencoder recipe", "autoencoder", "--data", "DATA", "--out", "OUT", "--recipe", "huge")]
    [InlineData("train.txt", "autoencoder", "--data", "DATA", "--out", "OUT", "--recipe", "LONG")]
    [InlineData("--data", "position", "--out", "OUT")]
    [InlineData("no training run", "export", "--position", "MISSING", "--gesture", "MISSING", "--out", "OUT")]
    [InlineData("config.json", "measure-listening", "--model", "EMPTY", "--data", "DATA")]
    public void Wrong_arguments_and_missing_files_are_told_in_one_line(string says, params string[] arguments)
    {
        var (code, _, errors) = Run(arguments);
        var lines = errors.Trim().Split('\n');
        Assert.Contains(says, lines[^1], StringComparison.OrdinalIgnoreCase);
        // Before the last line there may be what was loaded.
        Assert.DoesNotContain(lines, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.Equal(2, code);
        Assert.False(File.Exists(_folder.PathOf("OUT/config.json")));
    }

    [Fact]
    public void A_broken_annotation_is_named_and_the_run_can_be_begun_again()
    {
        var data = CopyOf(trained.Data, "data");
        File.WriteAllText(Directory.EnumerateFiles(Path.Combine(data, "annotation"), "*.json", SearchOption.AllDirectories).First(), "{ \"left\": ");
        var (code, _, errors) = ProgramProcess.Run(Trained.Program, "position", "--data", data, "--out", _folder.PathOf("run"), "--recipe", trained.Recipe);
        Assert.Equal(2, code);
        Assert.Contains(".json", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, ProgramProcess.Run(Trained.Program, "position", "--data", trained.Data, "--out", _folder.PathOf("run"), "--recipe", trained.Recipe).Code);
    }

    [Fact]
    public void A_finished_run_has_nothing_left_to_do_and_is_not_begun_twice()
    {
        var before = FolderContents.Of(trained.Run);
        var (code, _, errors) = ProgramProcess.Run(Trained.Program, "position", "--data", trained.Data, "--out", trained.Run, "--resume");
        Assert.Equal(0, code);
        Assert.Contains("finished after step 2", errors.Trim().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Equal(before, FolderContents.Of(trained.Run));

        var again = ProgramProcess.Run(Trained.Program, "position", "--data", trained.Data, "--out", trained.Run, "--recipe", trained.Recipe);
        Assert.Equal(1, again.Code);
        Assert.Contains("--resume", Assert.Single(again.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, FolderContents.Of(trained.Run));
    }

    [Fact]
    public void A_gesture_run_is_scaled_as_the_position_run_that_it_is_to_go_with()
    {
        // As if the positions had been trained on another corpus.
        var position = CopyOf(trained.Run, "position");
        var scale = MotionExport.LoadNormalization(position);
        MotionExport.SaveNormalization(position, scale with { PositionScale = [0.5f, 0.25f, 0.125f] });
        var tiny = RecipeFile.Load<GestureRecipe>("gesture", "tiny-cpu");
        RecipeFile.Write(_folder.PathOf("one-step.json"), tiny with { ValidationWindows = 2, Training = tiny.Training with { Steps = 1, ValidateEvery = 1, CheckpointEvery = 1 } });
        string[] arguments = ["gesture", "--data", trained.Data, "--out", _folder.PathOf("gesture"), "--recipe", _folder.PathOf("one-step.json"), "--position"];

        var (code, _, errors) = ProgramProcess.Run(Trained.Program, [.. arguments, _folder.PathOf("MISSING")]);
        Assert.Equal(2, code);
        Assert.Contains("MISSING: is neither a model nor a run", errors.Trim().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Equal(0, ProgramProcess.Run(Trained.Program, [.. arguments, position]).Code);
        Assert.Equal([0.5f, 0.25f, 0.125f], MotionExport.LoadNormalization(_folder.PathOf("gesture")).PositionScale);
        MotionExport.Write(position, _folder.PathOf("gesture"), _folder.PathOf("model"));
        Assert.True(File.Exists(_folder.PathOf("model/config.json")));
    }

    [Fact]
    public void Ears_are_trained_further_from_a_models()
    {
        var model = Repository.PathOf("models/duomano-small");
        var data = Directory.CreateDirectory(_folder.PathOf("sound")).FullName;
        foreach (var name in new[] { "a4", "c4" })
        {
            var score = new Score([ToneMaker.Note(0.25, 0.75, name == "a4" ? 69 : 60)]);
            WavFile.Write(Path.Combine(data, name + ".wav"), new AudioBuffer(ToneMaker.Render(score, 1), ToneMaker.Rate));
            MidiFile.Write(Path.Combine(data, name + ".mid"), score);
        }

        var recipe = _folder.PathOf("further.json");
        RecipeFile.Write(recipe, new ListeningRecipe
        {
            Training = new() { Steps = 1, LearningRate = 1e-9, WarmUpSteps = 0, AverageDecay = 0, ValidateEvery = 1, CheckpointEvery = 1 },
            BatchSize = 1,
            SegmentFrames = 40,
        });
        var run = _folder.PathOf("further");
        var (code, _, errors) = ProgramProcess.Run(Trained.Program, "listening", "--data", data, "--out", run, "--recipe", recipe, "--from", model);
        Assert.True(code == 0, errors);
        var trainedFurther = Safetensors.Read(Path.Combine(run, "best", "parameters.safetensors")).Tensors;
        var before = Safetensors.Read(Path.Combine(model, ListeningModel.WeightsName)).Tensors;
        Assert.Equal(before.Names.Order(StringComparer.Ordinal), trainedFurther.Names.Order(StringComparer.Ordinal));
        foreach (var name in before.Names) Assert.All(before[name].Values.Zip(trainedFurther[name].Values), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));

        var misfit = ProgramProcess.Run(Trained.Program, "listening", "--data", data, "--out", _folder.PathOf("misfit"), "--recipe", "tiny-cpu", "--from", model);
        Assert.Equal(2, misfit.Code);
        Assert.Contains("other sizes than the recipe's", Assert.Single(misfit.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("misfit")));
    }

    [Theory]
    [InlineData("config.json", "{ \"network\": 3")]
    [InlineData("normalization.json", null)]
    [InlineData("checkpoint-00000002/state.json", "[]")]
    [InlineData("checkpoint-00000002/parameters.safetensors", "words")]
    [InlineData("checkpoint-00000002/average.safetensors", null)]
    public void A_damaged_run_is_told_in_one_line(string file, string? content)
    {
        var run = CopyOf(trained.Run, "run");
        var path = Path.Combine(run, file);
        Assert.True(File.Exists(path));
        if (content is null) File.Delete(path);
        else File.WriteAllText(path, content);
        var (code, _, errors) = ProgramProcess.Run(Trained.Program, "position", "--data", trained.Data, "--out", run, "--resume");
        Assert.Contains(Path.GetFileName(file), errors.Trim().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(2, code);
    }

    private (int Code, string Output, string Errors) Run(string[] arguments)
    {
        Directory.CreateDirectory(_folder.PathOf("EMPTY"));
        return ProgramProcess.Run(Trained.Program, arguments.Select(argument => argument switch
        {
            "DATA" => trained.Data,
            "LONG" => LongMotions(),
            "OUT" or "EMPTY" or "MISSING" => _folder.PathOf(argument),
            _ => argument,
        }));
    }

    // Longer than any piece of the corpus.
    private string LongMotions()
    {
        var tiny = RecipeFile.Load<AutoencoderRecipe>("autoencoder", "tiny-cpu");
        RecipeFile.Write(_folder.PathOf("long.json"), tiny with { Network = tiny.Network with { Frames = 6000 } });
        return _folder.PathOf("long.json");
    }

    private string CopyOf(string folder, string name) => FolderContents.Copy(folder, _folder.PathOf(name));

    /// <summary>A corpus of a few pieces and a training of two steps on it; the tests leave both as they are.</summary>
    public sealed class Trained : IDisposable
    {
        internal const string Program = "duomano-train.dll";

        private readonly TemporaryFolder _folder = new();

        public Trained()
        {
            Data = _folder.PathOf("data");
            CorpusBuilder.Build(new() { Folder = Data, Hours = 0.015, LongestPiece = 15, Seed = 3, ValidShare = 0.3 });
            Recipe = _folder.PathOf("two-steps.json");
            var tiny = RecipeFile.Load<Position.PositionRecipe>("position", "tiny-cpu");
            RecipeFile.Write(Recipe, tiny with { Training = tiny.Training with { Steps = 2, ValidateEvery = 2, CheckpointEvery = 2 } });
            Run = _folder.PathOf("run");
            var (code, _, errors) = ProgramProcess.Run(Program, "position", "--data", Data, "--out", Run, "--recipe", Recipe);
            if (code != 0) throw new InvalidOperationException(errors);
        }

        public string Data { get; }

        public string Recipe { get; }

        public string Run { get; }

        public void Dispose() => _folder.Dispose();
    }
}
