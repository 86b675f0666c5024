using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Inference.Windows;
using Duomano.Tests;

namespace Duomano.Inference.Tests;

public class MotionGeneratorTests
{
    [Fact]
    public void Equal_seeds_give_equal_motion_and_others_do_not()
    {
        using var folder = new TemporaryFolder();
        var first = Generate(folder, Scale(4), 4, seed: 1);
        Assert.Equal(first.Hands.Left.Rotations, Generate(folder, Scale(4), 4, seed: 1).Hands.Left.Rotations);
        Assert.NotEqual(first.Hands.Left.Rotations, Generate(folder, Scale(4), 4, seed: 2).Hands.Left.Rotations);
    }

    [Fact]
    public void Threads_do_not_change_the_motion()
    {
        using var folder = new TemporaryFolder();
        var one = Generate(folder, Scale(12), 12, threads: 1);
        var three = Generate(folder, Scale(12), 12, threads: 3);
        foreach (var side in HandSides.Both)
        {
            Assert.Equal(one.Hands[side].Translations, three.Hands[side].Translations);
            Assert.Equal(one.Hands[side].Rotations, three.Hands[side].Rotations);
        }
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(1, 30)]
    [InlineData(2.2, 66)]
    [InlineData(31, 930)]
    public void Any_length_is_made_to_the_frame(double duration, int frames)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(frames, Generate(folder, Scale(duration), duration).FrameCount);
    }

    [Fact]
    public void No_seam_is_seen_where_windows_meet()
    {
        // With random weights neighbouring windows have no reason to agree. The largest step of the wrists from frame to
        // frame must not be at the joints, and nowhere a jump: 64-frame windows share at least 16 frames.
        using var folder = new TemporaryFolder();
        var clip = Generate(folder, Scale(30), 30);
        foreach (var side in HandSides.Both)
        {
            var steps = Enumerable.Range(1, clip.FrameCount - 1).Select(i => Vector3.Distance(clip.Hands[side].Wrist(i), clip.Hands[side].Wrist(i - 1))).ToArray();
            var typical = steps.Order().ElementAt(steps.Length * 9 / 10);
            Assert.True(steps.Max() < 12 * typical, $"largest step {steps.Max():0.0000} m, typical {typical:0.0000} m");
        }
    }

    [Fact]
    public void Each_hand_starts_from_its_own_noise()
    {
        // Music symmetric about the keyboard's middle, equal weights for both hands: with one noise for both hands the
        // right hand would be the left one's mirror image.
        using var folder = new TemporaryFolder();
        var clip = Generate(folder, new Score([]), 2);
        Assert.NotEqual(clip.Hands.Left.Rotations, clip.Hands.Right.Rotations.Select((value, i) => i % 3 == 0 ? value : -value));
    }

    [Fact]
    public void Joints_stay_within_their_limits_whatever_the_networks_answer()
    {
        using var folder = new TemporaryFolder();
        var clip = Generate(folder, Scale(4), 4);
        foreach (var side in HandSides.Both)
        {
            var limits = JointLimits.Of(clip.Skeletons[side]);
            Assert.All(Enumerable.Range(0, clip.FrameCount), frame => Assert.InRange(limits.Excess(clip.Hands[side].GetPose(frame)), 0, 1e-3f));
        }
    }

    [Fact]
    public void Guidance_leads_fingers_of_both_hands_and_leaves_wrists()
    {
        using var folder = new TemporaryFolder();
        var (free, half, led) = (Generate(folder, Scale(4), 4), Generate(folder, Scale(4), 4, guidance: 0.5f), Generate(folder, Scale(4), 4, guidance: 1));
        foreach (var side in HandSides.Both)
        {
            Assert.NotEqual(free.Hands[side].Rotations, led.Hands[side].Rotations);
            Assert.NotEqual(half.Hands[side].Rotations, led.Hands[side].Rotations);
            Assert.Equal(free.Hands[side].Translations, led.Hands[side].Translations);
        }
    }

    [Fact]
    public void Wrists_are_drawn_to_where_peoples_are_expected()
    {
        using var folder = new TemporaryFolder();
        PerHand<HandTrack> Wrists(float share)
        {
            RandomModel.Write(folder.PathOf("model"));
            (RandomModel.Config with { ExpectedWristShare = share, Diffusion = RandomModel.Config.Diffusion with { SmoothingFrames = 1 } }).Write(folder.PathOf("model"));
            using var generator = MotionGenerator.Load(folder.PathOf("model"));
            return generator.Generate(Scale(4), 4, new() { Contact = false }).Clip.Hands;
        }

        var (free, half, drawn) = (Wrists(0), Wrists(0.5f), Wrists(1));
        var played = FingeringPlanner.Plan(Scale(4).Notes).Notes;
        var expected = ExpectedWrists.Of(played, new(0, 0), HandSkeleton.Create(HandSide.Right, 1, RandomModel.Config.Normalization.HandBuild), new WindowPlan(free.Right.FrameCount, RandomModel.Config.WindowFrames, RandomModel.Config.OverlapFrames).PaddedLength, 30);
        foreach (var side in HandSides.Both.Where(side => played.Any(note => note.Hand == side)))
        {
            for (var frame = 0; frame < free.Right.FrameCount; frame++)
            {
                var wrist = drawn[side].Wrist(frame);
                Assert.Equal(expected[side][frame].X, side == HandSide.Left ? -wrist.X : wrist.X, 1e-3f);
                Assert.Equal(expected[side][frame].Y, wrist.Z, 1e-3f);
                Assert.Equal(free[side].Wrist(frame).Y, wrist.Y, 1e-4f);
                Assert.Equal((free[side].Wrist(frame).X + wrist.X) / 2, half[side].Wrist(frame).X, 1e-3f);
            }
        }
    }

    [Fact]
    public void Being_asked_to_stop_stops()
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder.PathOf("model"));
        using var generator = MotionGenerator.Load(folder.PathOf("model"));
        using var stop = new CancellationTokenSource();
        var asked = 0;
        var progress = new Immediate(_ =>
        {
            asked++;
            stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => generator.Generate(Scale(4), 4, progress: progress, cancellation: stop.Token));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_model_that_lacks_a_weight_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("model");
        RandomModel.Write(path);
        (RandomModel.Config with { Gesture = RandomModel.Config.Gesture with { Dim = 16 } }).Write(path);
        var error = Assert.Throws<Core.Files.UnreadableFileException>(() => MotionGenerator.Load(path));
        Assert.Contains("gesture.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains("init_conv.weight", error.Message, StringComparison.Ordinal);
    }

    private static TwoHandClip Generate(TemporaryFolder folder, Score score, double duration, long seed = 1, int threads = 2, float? guidance = null)
    {
        RandomModel.Write(folder.PathOf("model"));
        using var generator = MotionGenerator.Load(folder.PathOf("model"), threads);
        return generator.Generate(score, duration, new() { Seed = seed, Contact = false, Guidance = guidance }).Clip;
    }

    private static Score Scale(double duration) =>
        new(Enumerable.Range(0, (int)(duration * 4)).Select(i => new Note(i * 0.25, i * 0.25 + 0.2, new PianoKey(48 + i * 7 % 36), 70)));

    private sealed class Immediate(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
