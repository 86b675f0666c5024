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
        var solved = RecordedMotion.Solve(FilmedPianist.Film(Clip, Camera, Clip.Notes, 0.003f), 1, Camera).Clip;
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
        var solved = RecordedMotion.Solve(episode, 1, Camera).Clip;
        var wrists = solved.Hands[HandSide.Left];
        for (var frame = from; frame < to; frame++)
        {
            Assert.True((wrists.Wrist(frame) - Clip.Hands[HandSide.Left].Wrist(frame)).Length() < 0.05f, $"frame {frame}: {wrists.Wrist(frame)}");
        }
    }

    [Fact]
    public void Long_recordings_are_solved_for_in_stretches_without_seams()
    {
        Note[] notes = [.. Enumerable.Range(0, 130).Select(i => Exercise.Note(60 + 2 * (i % 3), 1 + i % 3, 0.4 * i, 0.35))];
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        Assert.True(clip.Duration > 45);
        var one = RecordedMotion.Solve(FilmedPianist.Film(clip, Camera, clip.Notes, 0.002f), 1, Camera).Clip;
        var two = RecordedMotion.Solve(FilmedPianist.Film(clip, Camera, clip.Notes, 0.002f), 1, Camera, threads: 2).Clip;
        // No matter how many threads.
        Assert.Equal(one.Points(HandSide.Right), two.Points(HandSide.Right));
        var largest = Enumerable.Range(1, one.FrameCount - 1).Max(frame => (one.Hands.Right.Wrist(frame) - one.Hands.Right.Wrist(frame - 1)).Length());
        Assert.True(largest < 0.01f, $"the wrist goes {1000 * largest:0} mm in a frame");
        Assert.True(FilmedPianist.Apart(clip, one, HandSide.Right, 0, clip.FrameCount).Length() < 0.008f);
    }
}
