using Duomano.Core.Contact;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;

namespace Duomano.Core.Tests.Contact;

/// <summary>Motion that is solved for from what a camera saw of a motion that is known.</summary>
public sealed class RecordedMotionTests
{
    private static readonly OverheadCamera Camera = new(0, 0.4f, 1.1f);

    private static readonly TwoHandClip Clip = KinematicPianist.Perform([.. Exercise.FiveFingers(), .. Exercise.Line([(48, 5), (50, 4), (52, 3), (53, 2), (55, 1), (53, 2), (52, 3), (50, 4)], 0.25, HandSide.Left)], PerformanceStyle.Neutral).Clip;

    [Fact]
    public void Joints_that_are_seen_bring_the_fingertips_to_where_they_were()
    {
        var solved = RecordedMotion.Solve(FilmedPianist.Film(Clip, Camera, Clip.Notes, 0.003f), camera: Camera).Clip;
        Assert.Equal(Clip.FrameCount, solved.FrameCount);
        foreach (var side in HandSides.Both)
        {
            var apart = FilmedPianist.Apart(Clip, solved, side, 0, Clip.FrameCount);
            Assert.True(apart is { X: < 0.003f, Y: < 0.006f, Z: < 0.004f }, $"{side}: {apart}");
        }
    }

    [Fact]
    public void A_hand_that_is_not_seen_for_a_while_goes_on_quietly()
    {
        var (from, to) = (Clip.FrameCount / 3, Clip.FrameCount / 3 + 12);
        var episode = FilmedPianist.Film(Clip, Camera, Clip.Notes, 0.001f, (frame, side) => side == HandSide.Right || frame < from || frame >= to);
        var solved = RecordedMotion.Solve(episode, camera: Camera).Clip;
        var wrists = solved.Hands[HandSide.Left];
        for (var frame = from; frame < to; frame++)
        {
            Assert.True((wrists.Wrist(frame) - Clip.Hands[HandSide.Left].Wrist(frame)).Length() < 0.05f, $"frame {frame}: {wrists.Wrist(frame)}");
        }

        Assert.Equal(Enumerable.Range(0, Clip.FrameCount).Select(frame => frame < from || frame >= to), solved.Seen!.Value.Left);
        Assert.DoesNotContain(false, solved.Seen!.Value.Right);
    }

    [Fact]
    public void A_camera_on_the_far_side_tells_how_high_wrists_are()
    {
        var far = new OverheadCamera(-0.1f, -0.6f, 1.05f);
        var solved = RecordedMotion.Solve(FilmedPianist.Film(Clip, far, Clip.Notes, 0.003f), camera: far).Clip;
        foreach (var side in HandSides.Both)
        {
            var off = Enumerable.Range(0, Clip.FrameCount).Select(frame => MathF.Abs(solved.Hands[side].Wrist(frame).Y - Clip.Hands[side].Wrist(frame).Y)).Order().ElementAt(Clip.FrameCount / 2);
            Assert.True(off < 0.008f, $"{side}: wrists are {1000 * off:0.0} mm too high or low");
        }
    }

    [Fact]
    public void A_hand_with_fingers_of_its_own_lengths_is_solved_for_as_it_is()
    {
        var hand = HandSkeleton.Create(HandSide.Right, fingerLengths: [1, 0.9f, 1, 1, 1.15f]);
        var clip = KinematicPianist.Perform([.. Exercise.FiveFingers()], PerformanceStyle.Neutral, hands: new(hand.Mirrored(), hand)).Clip;
        var solved = RecordedMotion.Solve(FilmedPianist.Film(clip, Camera, clip.Notes, 0.001f), hand, Camera).Clip;
        Assert.Same(hand, solved.Skeletons.Right);
        var apart = FilmedPianist.Apart(clip, solved, HandSide.Right, 0, clip.FrameCount);
        Assert.True(apart is { X: < 0.003f, Y: < 0.006f, Z: < 0.004f }, $"{apart}");
    }

    [Fact]
    public void Long_recordings_are_solved_for_in_stretches_without_seams()
    {
        Note[] notes = [.. Enumerable.Range(0, 130).Select(i => Exercise.Note(60 + 2 * (i % 3), 1 + i % 3, 0.4 * i, 0.35))];
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        Assert.True(clip.Duration > 45);
        var one = RecordedMotion.Solve(FilmedPianist.Film(clip, Camera, clip.Notes, 0.002f), camera: Camera).Clip;
        var two = RecordedMotion.Solve(FilmedPianist.Film(clip, Camera, clip.Notes, 0.002f), camera: Camera, threads: 2).Clip;
        // No matter how many threads.
        Assert.Equal(one.Points(HandSide.Right), two.Points(HandSide.Right));
        var largest = Enumerable.Range(1, one.FrameCount - 1).Max(frame => (one.Hands.Right.Wrist(frame) - one.Hands.Right.Wrist(frame - 1)).Length());
        Assert.True(largest < 0.01f, $"the wrist goes {1000 * largest:0} mm in a frame");
        Assert.True(FilmedPianist.Apart(clip, one, HandSide.Right, 0, clip.FrameCount).Length() < 0.008f);
    }
}
