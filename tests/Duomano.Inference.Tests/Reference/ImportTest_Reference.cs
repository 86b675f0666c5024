using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Gesture;
using Duomano.Inference.Models;
using Duomano.Inference.Motion;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Diffusion;
using Duomano.Tests;
using static Duomano.Inference.Tests.Reference.PublishedSystem;

namespace Duomano.Inference.Tests.Reference;

/// <summary>An imported model, from sound to hands through the public door, against the published run.</summary>
[Trait("Category", "Reference")]
public sealed class ImportTest_Reference : IDisposable
{
    private const int Steps = 3;
    private const long Seed = 7;

    private readonly TemporaryFolder _folder = new();

    private static float[] Sound => Golden.Array("position/audio.npy").Row(0).Values;

    private static int Frames => Golden.Array("pipeline/position_left.npy").Shape[1];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, "trans_right_left")]
    [InlineData(5, "trans_right_left_smoothed")]
    public void Wrists_AreWhereThePublishedHandModelHasThem(int smoothing, string golden)
    {
        var clip = Generate(smoothing);
        var written = Written(clip);
        var frames = clip.FrameCount;
        var translations = new float[frames * 6];
        for (var frame = 0; frame < frames; frame++)
        {
            written.Right.AsSpan(frame * PianoMotionFrame.Length, 3).CopyTo(translations.AsSpan(frame * 6));
            written.Left.AsSpan(frame * PianoMotionFrame.Length, 3).CopyTo(translations.AsSpan(frame * 6 + 3));
        }

        Golden.AssertClose($"pipeline/{golden}.npy", translations, [frames, 6]);

        // The predictor tells where the model's origin is; the wrist lies beside it.
        var expected = new Vector3(translations.AsSpan(0, 3)) + PianoMotionHand.Mano.RestWrist;
        Assert.True(Vector3.Distance(PianoMotionFrame.ToPiano(expected), clip.Hands.Right.Wrist(0)) < 1e-5f);
    }

    [Fact]
    public void Gestures_AreThoseOfTheNetworksOnThePublishedCondition()
    {
        using var denoiser = Denoiser();
        var positions = PerHand.Create(side => Golden.Array($"pipeline/position_{side.Name()}.npy").Values);
        denoiser.SetClip(1, Frames, PerHand.Create(side => Golden.Array($"pipeline/cond_{side.Name()}.npy").Values), new GestureGuide(GestureGuide.WristsWidth, new(MotionNormalization.Published)).Of(positions, positions));
        var noise = new float[HandJoint.PoseLength * Frames];
        new SeededRandom(Seed, "initial noise left").FillGaussian(noise);
        var sampler = new DdimSampler(new SamplerOptions { Schedule = NoiseSchedule.Cosine(Arguments.Timesteps) }, Steps);
        var expected = sampler.Sample(new(noise, [.. noise]), denoiser.Denoise, new GaussianNoise(new SeededRandom(1)));

        // Counted from any hand's mean pose and origin the numbers are the networks' own: without the model's files, and with a user's.
        var mano = new ManoHand(SyntheticMano.Arrays()).Mean;
        var (known, unknown) = (Generate(smoothing: 1, mano), Generate(smoothing: 1));
        Assert.Same(mano, known.Skeletons.Right.Mano);
        foreach (var written in new[] { Written(unknown), Written(known, PianoMotionHand.Of(mano)) })
        {
            foreach (var side in HandSides.Both)
            {
                for (var frame = 0; frame < Frames; frame++)
                {
                    var numbers = written[side].AsSpan(frame * PianoMotionFrame.Length, PianoMotionFrame.Length);
                    for (var axis = 0; axis < 3; axis++) Assert.Equal(positions[side][frame * 3 + axis] * MotionNormalization.Published.PositionScale[axis], numbers[axis], 2e-3f);
                    for (var channel = 3; channel < HandJoint.PoseLength; channel++) // a wrist's rotation may be written another way
                    {
                        Assert.Equal(expected[side][channel * Frames + frame] * MathF.PI, numbers[3 + channel], 2e-3f);
                    }
                }
            }
        }
    }

    [Fact]
    public void WithoutSound_ItSaysWhatIsMissing()
    {
        Write(1);
        using var generator = MotionGenerator.Load(_folder.PathOf("model"));
        Assert.True(generator.TakesSound);
        Assert.Contains("listens to sound", Assert.Throws<ArgumentException>(() => generator.Generate(new Score([]), 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongPieces_AreHeardWindowByWindow()
    {
        Write(5);
        using var generator = MotionGenerator.Load(_folder.PathOf("model"), 2);
        var seconds = 2.5 * Frames / 30;
        var clip = generator.Generate(new MusicToPlay(new Score([]), seconds) { Sound = [.. Sound, .. Sound] }, new() { Contact = false, Steps = 2 }).Clip;
        Assert.Equal((int)Math.Round(seconds * 30), clip.FrameCount);

        // The first half of the first window is heard by that window alone.
        var alone = Written(Generate(smoothing: 5));
        var whole = Written(clip);
        foreach (var side in HandSides.Both) Assert.Equal(alone[side][0], whole[side][0], 1e-4f);
    }

    private TwoHandClip Generate(int smoothing, ManoShape? mano = null)
    {
        Write(smoothing);
        using var generator = MotionGenerator.Load(_folder.PathOf("model"), 2);
        return generator.Generate(
            new MusicToPlay(new Score([]), Frames / 30.0) { Sound = Sound }, new() { Seed = Seed, Steps = Steps, Sampler = SamplerKind.Ddim, Contact = false, OwnHands = mano?.Skeletons }).Clip;
    }

    // As imported, with windows as long as the published run.
    private void Write(int smoothing)
    {
        var folder = _folder.PathOf("model");
        if (!Directory.Exists(folder))
        {
            var encoder = Directory.GetDirectories(Golden.Path("position/large_like")).Single();
            PublishedImport.Write(PublishedExperiment.Read(Golden.Path("unet/experiment"), encoder), folder);
        }

        var config = ModelConfig.Read(folder);
        (config with { WindowFrames = Frames, OverlapFrames = Frames / 4, Diffusion = config.Diffusion with { SmoothingFrames = smoothing } }).Write(folder);
    }

    private static PerHand<float[]> Written(TwoHandClip clip, PianoMotionHand? hand = null) => PerHand.Create(side =>
    {
        var values = new float[clip.FrameCount * PianoMotionFrame.Length];
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            PianoMotionFrame.Write(side, clip.Hands[side].GetPose(frame), hand ?? PianoMotionHand.Mano, values.AsSpan(frame * PianoMotionFrame.Length, PianoMotionFrame.Length));
        }

        return values;
    });
}
