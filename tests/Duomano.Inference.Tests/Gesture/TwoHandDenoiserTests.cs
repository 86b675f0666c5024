using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Gesture;
using Duomano.Networks.Configuration;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Tests.Gesture;

public class TwoHandDenoiserTests
{
    private static readonly UNetConfig Config = new()
    {
        Dim = 8,
        Multipliers = [1, 2],
        Channels = 6,
        CondWidth = 8,
        CondLayers = 1,
        CondFeedForward = 16,
        FeatureEncoder = new() { Features = 5, Blocks = 2 },
    };

    [Fact]
    public void WindowsInABatch_DoNotKnowEachOther()
    {
        using var denoiser = new TwoHandDenoiser(Config, Weights(Config));
        var clip = new Clip(Config, batch: 3, frames: 12);
        var together = clip.Run(denoiser).Map(output => output.ToArray());
        for (var row = 0; row < 3; row++)
        {
            var alone = clip.Row(row).Run(denoiser);
            foreach (var hand in HandSides.Both) AssertClose(together[hand].AsSpan(row * alone[hand].Length, alone[hand].Length), alone[hand]);
        }
    }

    [Fact]
    public void TwoThreads_GiveWhatOneGives()
    {
        var clip = new Clip(Config, batch: 2, frames: 16);
        using var one = new TwoHandDenoiser(Config, Weights(Config));
        using var two = new TwoHandDenoiser(Config, Weights(Config), threads: 2);
        var (expected, actual) = (clip.Run(one), clip.Run(two));
        foreach (var hand in HandSides.Both) AssertClose(expected[hand], actual[hand]);
    }

    [Fact]
    public void ExchangedHands_GiveExchangedOutputs()
    {
        var weights = Weights(Config);
        var clip = new Clip(Config, batch: 1, frames: 8);
        using var denoiser = new TwoHandDenoiser(Config, weights);
        using var exchanged = new TwoHandDenoiser(Config, new(weights.Right, weights.Left));
        var (expected, actual) = (clip.Run(denoiser), clip.Exchanged().Run(exchanged));
        AssertClose(expected.Left, actual.Right);
        AssertClose(expected.Right, actual.Left);
    }

    [Fact]
    public void OtherHand_IsHeard()
    {
        using var denoiser = new TwoHandDenoiser(Config, Weights(Config));
        var clip = new Clip(Config, batch: 1, frames: 8);
        var before = clip.Run(denoiser).Left.ToArray();
        clip.Pose.Right[3] += 1;
        Assert.Contains(clip.Run(denoiser).Left.Zip(before), pair => Math.Abs(pair.First - pair.Second) > 1e-5);
    }

    [Theory]
    [InlineData(FusionMode.OwnHandOnly, false)]
    [InlineData(FusionMode.Symmetric, true)]
    public void VariantsOfTheExchange_AreHeardAsTheyShould(FusionMode fusion, bool heard)
    {
        var config = Config with { Fusion = fusion };
        using var denoiser = new TwoHandDenoiser(config, Weights(config));
        var clip = new Clip(config, batch: 1, frames: 8);
        var before = clip.Run(denoiser).Left.ToArray();
        clip.Pose.Right[3] += 1;
        Assert.Equal(heard, clip.Run(denoiser).Left.Zip(before).Any(pair => Math.Abs(pair.First - pair.Second) > 1e-6));
        clip.Pose.Left[3] += 1;
        Assert.NotEqual(before, clip.Run(denoiser).Left);
    }

    [Fact]
    public void WithoutExchange_TheOtherHandIsNotHeard()
    {
        var weights = Weights(Config);
        using var denoiser = new TwoHandDenoiser(Config, weights);
        using var deaf = new TwoHandDenoiser(Config, weights, exchange: false);
        var clip = new Clip(Config, batch: 1, frames: 8);
        var before = clip.Run(deaf).Left.ToArray();
        Assert.NotEqual(clip.Run(denoiser).Left, before);
        clip.Pose.Right[3] += 1;
        Assert.Equal(before, clip.Run(deaf).Left);
        clip.Pose.Left[3] += 1;
        Assert.NotEqual(before, clip.Run(deaf).Left);
    }

    [Fact]
    public void ClipAndStep_MatterAndLengthsMayChangeToAndFro()
    {
        using var denoiser = new TwoHandDenoiser(Config, Weights(Config));
        var (clip, longer) = (new Clip(Config, 1, 8), new Clip(Config, 1, 24));
        var first = clip.Run(denoiser).Left.ToArray();
        Assert.Equal(Config.Channels * 24, longer.Run(denoiser).Left.Length);
        AssertClose(first, clip.Run(denoiser).Left);
        Assert.NotEqual(first, denoiser.Denoise(clip.Pose, 7).Left);
        clip.Condition.Left[0] += 1;
        Assert.NotEqual(first, clip.Run(denoiser).Left);
    }

    [Fact]
    public void Sampler_RunsOnIt()
    {
        using var denoiser = new TwoHandDenoiser(Config with { GuideWidth = 0 }, Weights(Config with { GuideWidth = 0 }), threads: 2);
        var clip = new Clip(Config, 2, 8);
        denoiser.SetClip(2, 8, clip.Condition);
        var noise = new GaussianNoise(new SeededRandom(5));
        var sample = new DpmSolverMultistep(new SamplerOptions { Schedule = NoiseSchedule.Cosine(50) }, 6).Sample(noise.Initial(2 * 6 * 8), denoiser.Denoise, noise);
        Assert.All(sample.Left.Concat(sample.Right), value => Assert.InRange(value, -1.001f, 1.001f));
        Assert.NotEqual(sample.Left, sample.Right);
    }

    [Fact]
    public void WrongUse_IsRefused()
    {
        using var denoiser = new TwoHandDenoiser(Config, Weights(Config));
        var clip = new Clip(Config, 1, 8);
        Assert.Throws<InvalidOperationException>(() => denoiser.Denoise(clip.Pose, 0));
        Assert.Throws<ArgumentException>(() => denoiser.SetClip(1, 9, clip.Condition, clip.Guide));
        Assert.Throws<ArgumentException>(() => denoiser.SetClip(1, 8, clip.Condition));
        Assert.Throws<ArgumentException>(() => denoiser.SetClip(2, 8, clip.Condition, clip.Guide));
        clip.Run(denoiser);
        Assert.Throws<ArgumentException>(() => denoiser.Denoise(new(clip.Pose.Left, [1]), 0));
        using var incomplete = new TwoHandDenoiser(Config, new(new StateDict(), new StateDict()), threads: 2);
        Assert.Throws<ArgumentException>(() => clip.Run(incomplete));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoHandDenoiser(Config, Weights(Config), threads: 0));
    }

    private static PerHand<StateDict> Weights(UNetConfig config) => PerHand.Create(hand =>
    {
        var weights = new StateDict();
        foreach (var parameter in TwoHandUNet.Parameters(config))
        {
            weights[parameter.Name] = new(Random(parameter.Count, parameter.Name + hand.Name()), parameter.Shape);
        }

        return weights;
    });

    private static float[] Random(long count, string name)
    {
        var values = new float[count];
        new SeededRandom(1, name).FillGaussian(values);
        for (var i = 0; i < values.Length; i++) values[i] *= 0.4f;
        return values;
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = 0f;
        foreach (var value in expected) largest = Math.Max(largest, Math.Abs(value));
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f * largest);
    }

    private sealed record Clip(int Batch, int Frames, PerHand<float[]> Condition, PerHand<float[]> Guide, PerHand<float[]> Pose)
    {
        public Clip(UNetConfig config, int batch, int frames)
            : this(
                batch, frames, Numbers(batch * frames * config.InputWidth, "condition"), Numbers(batch * frames * 6, "guide"),
                Numbers(batch * frames * config.Channels, "pose"))
        {
        }

        public PerHand<float[]> Run(TwoHandDenoiser denoiser)
        {
            denoiser.SetClip(Batch, Frames, Condition, Guide);
            return denoiser.Denoise(Pose, 20);
        }

        public Clip Row(int row)
        {
            return new(1, Frames, Condition.Map(Part), Guide.Map(Part), Pose.Map(Part));

            float[] Part(float[] values) => values.AsSpan(row * (values.Length / Batch), values.Length / Batch).ToArray();
        }

        public Clip Exchanged() => this with { Condition = Swap(Condition), Guide = Swap(Guide), Pose = Swap(Pose) };

        private static PerHand<float[]> Swap(PerHand<float[]> values) => new(values.Right, values.Left);

        private static PerHand<float[]> Numbers(int count, string name) => PerHand.Create(hand => Random(count, name + hand.Name()));
    }
}
