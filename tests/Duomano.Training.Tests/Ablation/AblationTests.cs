using System.Globalization;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Corpus.Layout;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;
using Duomano.Networks.Diffusion;
using Duomano.Training.Ablation;
using Duomano.Training.Gesture;
using Duomano.Training.Losses;
using Duomano.Training.Motion;
using Duomano.Training.Running;
using Duomano.Training.Tests.Motion;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Ablation;

public sealed class AblationTests : IDisposable
{
    private const int Frames = 64;

    private static readonly GestureRecipe Paper = new()
    {
        Network = new()
        {
            Dim = 16,
            Multipliers = [1, 2],
            CondWidth = 16,
            CondLayers = 1,
            CondFeedForward = 16,
            Channels = 51,
            GuideWidth = GestureGuide.OwnReachWidth,
            Dropout = 0,
            FeatureEncoder = new() { Features = PlayingFeatures.OwnWidth, Blocks = 2, Kernel = 5, Dropout = 0 },
        },
        Diffusion = new() { Timesteps = 100, Steps = 2, Objective = Objective.Start },
        Weighting = LossWeighting.Uniform,
        FingertipWeight = 0.25,
        Training = new() { Steps = 2, WarmUpSteps = 0, ValidateEvery = 2, CheckpointEvery = 2, AverageDecay = 0 },
        BatchSize = 2,
        WindowFrames = Frames,
        ValidationWindows = 2,
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Variants => [.. AblationVariant.All.Select(variant => variant.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryVariant_LearnsWithAllOfItsNumbers_AndDraws(string name)
    {
        var recipe = AblationVariant.Named(name).Of(Paper);
        var data = Data();
        using var task = new GestureTask(recipe, data, data, torch.CPU);
        using (torch.NewDisposeScope())
        {
            task.Loss(task.Prepare(0)).Total.backward();
            // What is exchanged is added to nothing else, so that numbers without a gradient would be ones that are never asked.
            Assert.All(task.Parameters, parameter => Assert.True(parameter.Value.grad is not null, parameter.Key));
        }

        using var still = torch.no_grad();
        var shown = task.Show();
        Assert.All(HandSides.Both, side => Assert.All(shown.Predicted.Hands[side].Rotations, value => Assert.True(float.IsFinite(value))));
        var noise = task.Prepare(1).Noise;
        Assert.Equal(name == "shared-noise", noise.Left.SequenceEqual(noise.Right));
    }

    [Theory]
    [InlineData("paper", true)]
    [InlineData("no-exchange", false)]
    [InlineData("cross-attention", true)]
    [InlineData("symmetric", true)]
    [InlineData("joined-within", true)]
    [InlineData("one-stream", true)]
    public void HandsHearEachOther_OnlyWhereSomethingIsExchanged(string name, bool heard)
    {
        using var still = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var recipe = AblationVariant.Named(name).Of(Paper);
        using var streams = GestureStreams.Create(recipe, torch.CPU);
        var network = recipe.Network;
        var denoise = streams.Told(PerHand.Create(side => Draw(1, Frames, network.InputWidth, (int)side)), PerHand.Create(side => (torch.Tensor?)Draw(1, network.GuideWidth, Frames, 2)), training: false);
        var at = torch.tensor([30f]);
        var left = Draw(1, network.Channels, Frames, 4);
        torch.Tensor Left(torch.Tensor right) => denoise(new(left, right), new(at, at)).Left;
        var (one, other) = (Draw(1, network.Channels, Frames, 5), Draw(1, network.Channels, Frames, 6));
        Assert.Equal(heard, (Left(one) - Left(other)).abs().max().item<float>() > 1e-7f);
        if (streams is not SeparateStreams separate) return;
        separate.Exchange = false;
        Assert.Equal(0, (Left(one) - Left(other)).abs().max().item<float>());
    }

    [Fact]
    public void SwayingHands_GoTogetherInAndOutOfTheKeys_AndNothingElseChanges()
    {
        var example = PerformedClips.Examples(PerformedClips.Make(1, 40))[0];
        var swaying = SwayingHands.Of(example, 0.01, 3).Clip;
        float[] Way(HandSide side, int axis) => [.. Enumerable.Range(0, swaying.FrameCount).Select(frame => swaying.Hands[side].Wrist(frame)[axis] - example.Clip.Hands[side].Wrist(frame)[axis])];
        Assert.All(Way(HandSide.Left, 2).Zip(Way(HandSide.Right, 2)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal(0.01, Math.Sqrt(Way(HandSide.Left, 2).Average(by => by * by)), 0.004);
        Assert.All(Way(HandSide.Left, 0).Concat(Way(HandSide.Right, 1)), by => Assert.Equal(0, by));
        Assert.Equal(example.Clip.Hands.Left.Rotations, swaying.Hands.Left.Rotations);
        Assert.Equal(swaying.Hands.Left.Translations, SwayingHands.Of(example, 0.01, 3).Clip.Hands.Left.Translations);
        Assert.NotEqual(swaying.Hands.Left.Translations, SwayingHands.Of(example, 0.01, 4).Clip.Hands.Left.Translations);
    }

    [Fact]
    public void TheRealMotion_PlaysItsNotes_AndUntrainedNetworksDoNot()
    {
        var data = Data(out var examples, out var normalization);
        var measurement = new AblationMeasurement(examples, normalization, Frames, 4, null, 1);
        Assert.Equal(4, measurement.Windows);
        Assert.True(measurement.OfReal["note_f1"] > 0.9, measurement.OfReal["note_f1"].ToString(CultureInfo.InvariantCulture));
        Assert.DoesNotContain("fid_published", measurement.OfReal.Keys);
        using var streams = GestureStreams.Create(Paper, torch.CPU);
        var sampling = new AblationSampling("2 steps", new(), Silenced: true);
        var figures = measurement.Of(Paper, streams, torch.CPU, sampling, default);
        Assert.True(figures["note_f1"] < 0.5);
        Assert.True(figures["tips_x_mm"] > 3);
        Assert.True(figures["exchange_mm"] > 0);
        Assert.Equal(figures, measurement.Of(Paper, streams, torch.CPU, sampling, default));
        Assert.NotEqual(figures, measurement.Of(Paper, streams, torch.CPU, sampling with { Start = new() { WristsTogether = 1 } }, default));
        Assert.Throws<ArgumentException>(() => new AblationMeasurement(examples, normalization, 100_000, 4, null, 1));
        Assert.True(data.ClipCount > 0);
    }

    [Fact]
    public void ATable_TellsMeanAndSpread_AndRefusesBudgetsThatDiffer()
    {
        var (one, two) = (Run("paper", 1, 0.5), Run("paper", 2, 0.6));
        var text = new AblationTable([one, two, Run("no-exchange", 1, 0.25)], new Dictionary<string, double> { ["paper"] = 1, ["no-exchange"] = 0.9 }).ToMarkdown();
        Assert.Contains("| own noise, HCAA (the paper's) (2 seeds) | – | – | – | – | – | – | 0.550 ± 0.071 |", text, StringComparison.Ordinal);
        Assert.Contains("| no exchange (1 seed) | – | – | – | – | – | – | 0.250 |", text, StringComparison.Ordinal);
        Assert.Contains("| the real motion | – | – | – | – | – | – | 1.000 |", text, StringComparison.Ordinal);
        Assert.Contains("| no exchange | 7 | 0.90 |", text, StringComparison.Ordinal);
        Assert.Contains("budgets", Assert.Throws<InvalidOperationException>(() => new AblationTable([one, two with { Steps = 3 }], new Dictionary<string, double>()).ToMarkdown()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new AblationTable([], new Dictionary<string, double>()).ToMarkdown());

        static AblationRun Run(string variant, long seed, double f1) => new()
        {
            Variant = variant,
            Seed = seed,
            Steps = 2,
            BatchSize = 2,
            Parameters = 7,
            Windows = 4,
            Rows = [new("5 steps", new Dictionary<string, double> { ["note_f1"] = f1 })],
            Real = new Dictionary<string, double> { ["note_f1"] = 1 },
        };
    }

    [Fact]
    public void TheProgram_TrainsWhatIsMissing_AndMakesTheTableOfWhatIsThere()
    {
        var data = _folder.PathOf("data");
        CorpusBuilder.Build(new() { Folder = data, Hours = 0.02, LongestPiece = 15, Seed = 3, ValidShare = 0.2, TestShare = 0.3 });
        RecipeFile.Write(_folder.PathOf("recipe.json"), Paper);
        var position = Repository.PathOf("models/duomano-small");
        string[] where = ["ablation", "--out", _folder.PathOf("runs"), "--recipe", _folder.PathOf("recipe.json"), "--seeds", "1", "--windows", "2", "--variants"];
        var (code, output, errors) = ProgramProcess.Run("duomano-train.dll", [.. where, "paper", "one-stream"]);
        Assert.Equal(2, code);
        Assert.Contains("--data and --position are needed", errors, StringComparison.Ordinal);

        (code, _, errors) = ProgramProcess.Run("duomano-train.dll", [.. where, "paper", "one-stream", "--shard", "2/2", "--data", data, "--position", position]);
        Assert.True(code == 0, errors);
        Assert.False(AblationRun.IsDone(_folder.PathOf("runs"), "paper", 1));
        (code, output, errors) = ProgramProcess.Run("duomano-train.dll", [.. where, "paper", "one-stream", "--data", data, "--position", position]);
        Assert.True(code == 0, errors);
        Assert.Contains("one stream for both hands (1 seed)", output, StringComparison.Ordinal);
        Assert.Contains("2 steps, temperature 0.5", output, StringComparison.Ordinal);
        Assert.Equal(output, File.ReadAllText(_folder.PathOf("runs/table.md")));

        using (TrainingRun.Begin(_folder.PathOf("position"), new Position.PositionRecipe { Network = new(), Training = Paper.Training }))
        {
            Assert.Contains("one stream for both hands", Assert.Throws<ArgumentException>(() => MotionExport.Write(_folder.PathOf("position"), _folder.PathOf("runs/one-stream-1"), _folder.PathOf("model"))).Message, StringComparison.Ordinal);
        }

        // All is there: neither data nor predictors are asked for.
        (code, var again, _) = ProgramProcess.Run("duomano-train.dll", [.. where, "paper", "one-stream"]);
        Assert.Equal(0, code);
        Assert.Equal(output.Split("Cost:")[0], again.Split("Cost:")[0]);
        (code, again, errors) = ProgramProcess.Run("duomano-train.dll", [.. where, "paper", "no-exchange"]);
        Assert.Equal(0, code);
        Assert.Contains("1 runs are missing in the table", errors, StringComparison.Ordinal);
        Assert.Equal(output.Split("Cost:")[0], again.Split("Cost:")[0]);

        (code, _, errors) = ProgramProcess.Run("duomano-train.dll", [.. where, "symmetric", "--data", data, "--position", data]);
        Assert.Equal(2, code);
        Assert.Contains("is neither a model nor a run", errors, StringComparison.Ordinal);
        (code, _, errors) = ProgramProcess.Run("duomano-train.dll", [.. where, "baseline"]);
        Assert.Equal(2, code);
        Assert.Contains("There is no variant 'baseline'; there are paper, shared-noise", errors, StringComparison.Ordinal);
    }

    private static MotionDataset Data() => Data(out _, out _);

    // The wrists are told where they are.
    private static MotionDataset Data(out MotionExample[] examples, out MotionNormalization normalization)
    {
        var clips = PerformedClips.Make(2, 5);
        normalization = MotionStatistics.Of(clips) with { WristScale = [0.01f, 0.01f, 0.01f] };
        var codec = new MotionCodec(normalization);
        examples = [.. PerformedClips.Examples(clips).Select(example => example with { Predicted = PerHand.Create(side => codec.EncodePositions(example.Clip.Hands[side], side)) })];
        return new(examples, normalization, Frames);
    }

    private static torch.Tensor Draw(int a, int b, int c, int seed)
    {
        var values = new float[a * b * c];
        new SeededRandom(seed).FillGaussian(values);
        return TorchTensors.From(values, [a, b, c]);
    }
}
