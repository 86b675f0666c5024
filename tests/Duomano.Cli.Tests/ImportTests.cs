using Duomano.Formats.Motion;
using Duomano.Inference.Models;
using Duomano.Networks.Checkpoints;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Published checkpoints through the command.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Encoder => Directory.GetDirectories(Golden.Path("position/large_like")).Single();

    private string Experiment => _folder.PathOf("experiment");

    private string Model => _folder.PathOf("model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_imported_model_plays_a_recording_and_is_measured_on_a_data_set()
    {
        Copy();
        var (code, output, errors) = DuomanoProcess.Run("import", Experiment, "--out", Model, "--encoder", Encoder);
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("iteration 0", output, StringComparison.Ordinal);

        (code, output, _) = DuomanoProcess.Run("info", Model);
        Assert.Equal(0, code);
        Assert.Contains("conditioned on: sound", string.Join(' ', output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

        var sound = _folder.PathOf("tone.wav");
        WriteTone(sound, seconds: 2);
        var made = _folder.PathOf("out.npz");
        (code, _, errors) = DuomanoProcess.Run("generate", sound, "-o", made, "--model", Model, "--steps", "2", "--threads", "1");
        Assert.True(code == 0, errors);
        Assert.Equal(60, MotionFile.Read(made).FrameCount);

        // The same model does not replace another one unasked.
        (code, _, errors) = DuomanoProcess.Run("import", Experiment, "--out", Model, "--encoder", Encoder);
        Assert.Equal(1, code);
        Assert.Contains("holds a model already", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_imported_model_is_measured_by_the_papers_table()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        Copy();
        Assert.Equal(0, DuomanoProcess.Run("import", Experiment, "--out", Model, "--encoder", Encoder).Code);
        var (code, output, errors) = DuomanoProcess.Run("evaluate", "--data", Golden.Path("dataset"), "--split", "valid", "--model", Model, "--steps", "2", "--threads", "1");
        Assert.True(code == 0, errors);
        Assert.StartsWith("1 windows of 8 s", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_midi_file_is_played_for_it()
    {
        Copy();
        Assert.Equal(0, DuomanoProcess.Run("import", Experiment, "--out", Model, "--encoder", Encoder).Code);
        var piece = SamplePiece();
        var made = _folder.PathOf("out.npz");
        var (code, _, errors) = DuomanoProcess.Run("generate", piece, "--length", "2", "-o", made, "--model", Model, "--steps", "2", "--threads", "1", "--no-contact");
        if (Capabilities.Fluidsynth && Formats.Audio.MidiSound.FindSoundFont() is not null)
        {
            Assert.True(code == 0, errors);
            Assert.True(File.Exists(made));
        }
        else
        {
            Assert.Equal(1, code);
            Assert.Single(errors.Trim().Split('\n'));
            Assert.Contains("listens to sound", errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_checkpoint_that_wants_to_run_a_command_is_refused_in_a_line()
    {
        Copy();
        var proof = _folder.PathOf("was-run");
        var checkpoint = Directory.GetFiles(Experiment, "piano2pose-right-*.ckpt").Single();
        File.WriteAllBytes(checkpoint, BrokenFiles.CheckpointThatRuns($"touch {proof}"));
        Refused("piano2pose-right", "system");
        Assert.False(File.Exists(proof));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_checkpoint_that_ends_too_early_is_refused_in_a_line(double share)
    {
        Copy();
        var checkpoint = Directory.GetFiles(Experiment, "piano2pose-left-*.ckpt").Single();
        var bytes = File.ReadAllBytes(checkpoint);
        File.WriteAllBytes(checkpoint, bytes[..(int)(bytes.Length * share)]);
        Refused("piano2pose-left", "is not a whole zip archive");
    }

    [Fact]
    public void An_import_that_is_stopped_leaves_nothing()
    {
        Copy();
        CancellationToken stopped = new(true);
        Assert.ThrowsAny<OperationCanceledException>(() => PublishedExperiment.Read(Experiment, Encoder, stopped));
        var read = PublishedExperiment.Read(Experiment, Encoder, TestContext.Current.CancellationToken);
        Assert.ThrowsAny<OperationCanceledException>(() => PublishedImport.Write(read, Model, cancellation: stopped));
        Assert.False(Directory.Exists(Model));

        // One that fails later takes away what it has written, and nothing else.
        Directory.CreateDirectory(Path.Combine(Model, "card.md"));
        Assert.ThrowsAny<Exception>(() => PublishedImport.Write(read, Model, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(["card.md"], Directory.GetFileSystemEntries(Model).Select(Path.GetFileName));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Copy();
        File.Delete(Path.Combine(Experiment, "args_posi.txt"));
        Refused("args_posi.txt", "there is none");
        Directory.Delete(Experiment, recursive: true);
        Refused("experiment", "there is no such folder");
    }

    private void Refused(string what, string problem)
    {
        var (code, output, errors) = DuomanoProcess.Run("import", Experiment, "--out", Model, "--encoder", Encoder);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Contains(what, errors, StringComparison.Ordinal);
        Assert.Contains(problem, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Model));
    }

    private void Copy()
    {
        Directory.CreateDirectory(Experiment);
        foreach (var file in Directory.GetFiles(Golden.Path("unet/experiment"))) File.Copy(file, Path.Combine(Experiment, Path.GetFileName(file)));
    }

    private string SamplePiece()
    {
        var path = _folder.PathOf("piece.mid");
        Formats.Midi.MidiFile.Write(path, new Core.Music.Score(Clips.Smooth(90).Notes));
        return path;
    }

    private static void WriteTone(string path, int seconds)
    {
        float[] samples = [.. Enumerable.Range(0, seconds * 16000).Select(i => 0.3f * MathF.Sin(2 * MathF.PI * 440 * i / 16000))];
        Formats.Audio.WavFile.Write(path, new Formats.Audio.AudioBuffer(samples, 16000));
    }
}
