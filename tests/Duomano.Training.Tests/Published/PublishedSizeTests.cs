using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Inference;
using Duomano.Inference.Models;
using Duomano.Networks.Configuration;
using Duomano.Tests;
using Duomano.Training.Published;

namespace Duomano.Training.Tests.Published;

/// <summary>What measures the published size works, on tiny sizes.</summary>
public class PublishedSizeTests
{
    private static readonly ModelConfig Tiny = PublishedSize.Config with
    {
        WindowFrames = 16,
        OverlapFrames = 4,
        Position = new()
        {
            InputWidth = 12,
            FeatureDim = 8,
            Layers = 1,
            FeedForward = 8,
            AudioEncoder = AudioEncoderConfig.Large with { ConvWidths = [4, 4, 4, 4, 4, 4, 4], Width = 12, Heads = 2, Layers = 1, FeedForward = 8, PositionKernel = 4, PositionGroups = 2 },
        },
        Gesture = new() { Dim = 8, CondWidth = 12, CondLayers = 1, CondFeedForward = 8 },
    };

    [Fact]
    public void BothEngines_AnswerAlike()
    {
        using var benchmark = new StepBenchmark(Tiny, 2);
        var times = benchmark.Run(2);
        Assert.True(times.Apart < 1e-4, $"{times.Apart}");
        Assert.True(times.Step > 0 && times.TorchStep > 0 && times.Conditioning > 0 && times.ProductRate > 0);
    }

    [Fact]
    public void Int8_AnswersNearlyAlike()
    {
        Assert.SkipUnless(InferencePrecisions.HasInt8, "The processor has no instructions for int8.");
        using var benchmark = new StepBenchmark(Tiny with { Gesture = Tiny.Gesture with { Dim = 32 } }, 2, InferencePrecision.Int8);
        Assert.InRange(benchmark.Run(1).Apart, 1e-4, 0.05);
    }

    [Fact]
    public void TrainingSteps_AreTaken()
    {
        using var benchmark = new TrainingStepBenchmark(Tiny, batch: 2, threads: 1);
        double[] losses = [benchmark.Step(), benchmark.Step()];
        Assert.All(losses, loss => Assert.InRange(loss, 0.1, 10));
        Assert.NotEqual(losses[0], losses[1]);
    }

    [Fact]
    public void AModelOfRandomWeights_Plays()
    {
        using var folder = new TemporaryFolder();
        PublishedSize.Write(Tiny, folder.PathOf("model"));
        using var generator = MotionGenerator.Load(folder.PathOf("model"));
        var sound = new float[16000];
        new SeededRandom(1).FillGaussian(sound);
        Assert.Equal(30, generator.Generate(new MusicToPlay(new Score([]), 1) { Sound = sound }, new() { Steps = 2, Contact = false }).Clip.FrameCount);
    }

    [Fact]
    public void Arithmetic_GrowsWithTheSquareOfTheWidth()
    {
        // A convolution of 2 × as many channels to 2 × as many takes 4 × the products; parts of other widths take less.
        var ratio = PublishedSize.StepMultiplications(Tiny with { Gesture = Tiny.Gesture with { Dim = 512 } }) / (double)PublishedSize.StepMultiplications(Tiny with { Gesture = Tiny.Gesture with { Dim = 256 } });
        Assert.InRange(ratio, 3.5, 4);
        Assert.True(PublishedSize.HearingMultiplications(PublishedSize.Config) > 100 * PublishedSize.HearingMultiplications(Tiny));
    }
}
