using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using static Duomano.Core.Tests.Performing.Exercise;

namespace Duomano.Core.Tests.Performing;

public sealed class MotionQualityTests
{
    [Fact]
    public void An_octave_higher_is_nearly_the_same_motion_shifted()
    {
        var low = KinematicPianist.Perform(Scale(), PerformanceStyle.Neutral).Clip.Hands.Right;
        var high = KinematicPianist.Perform([.. Scale().Select(note => Moved(note, 12))], PerformanceStyle.Neutral).Clip.Hands.Right;
        var octave = new Vector3(7 * PianoKey.WhiteSpacing, 0, 0);
        // The arm comes from elsewhere, so that the hand is turned by some degrees and people's wrists are elsewhere; and the camera saw them
        // from farther aside.
        var apart = Enumerable.Range(0, low.FrameCount).Max(frame => Vector3.Distance(low.Wrist(frame) + octave, high.Wrist(frame)));
        var turned = low.Rotations.Zip(high.Rotations, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(apart < 0.030f && turned < 0.07f, $"wrists are {apart} m and joints on average {turned} rad apart");
    }

    [Fact]
    public void Wrists_and_joints_move_as_hands_can()
    {
        List<Note> notes = [.. Scale(0.15), .. Line([(36, 5), (43, 2), (48, 1), (36, 5), (48, 1)], 0.45, HandSide.Left)];
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        foreach (var track in new[] { clip.Hands.Left, clip.Hands.Right })
        {
            for (var frame = 1; frame + 1 < track.FrameCount; frame++)
            {
                var (before, now, after) = (track.Wrist(frame - 1), track.Wrist(frame), track.Wrist(frame + 1));
                Assert.True((now - before).Length() * clip.Fps < 2, "a wrist is faster than 2 m/s");
                Assert.True((before - 2 * now + after).Length() * clip.Fps * clip.Fps < 40, "a wrist is pushed by more than 40 m/s²");
                for (var i = 0; i < HandJoint.PoseLength; i++)
                {
                    var turned = track.Rotations[frame * HandJoint.PoseLength + i] - track.Rotations[(frame - 1) * HandJoint.PoseLength + i];
                    Assert.True(Math.Abs(turned) * clip.Fps < 45, "a joint turns faster than 45 rad/s");
                }
            }
        }
    }

    [Fact]
    public void The_hand_is_there_before_the_note()
    {
        List<Note> notes = [Note(60, 1, 0.5, 0.3), Note(84, 3, 2, 0.3)];
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        var points = clip.Points(HandSide.Right);
        var key = new PianoKey(84);
        for (var time = 1.9; time < 2; time += 1 / clip.Fps)
        {
            var pad = points[(int)(time * clip.Fps) * HandJoint.PointCount + HandJoint.Tip(Duomano.Core.Fingering.Finger.Middle)];
            Assert.InRange(pad.X, key.CenterX - 0.010f, key.CenterX + 0.010f);
        }
    }

    [Fact]
    public void Hands_that_meet_give_way_to_each_other()
    {
        List<Note> notes = [.. FiveFingers(0.3), .. Line([(60, 3), (61, 2), (60, 3), (61, 2), (60, 3)], 0.5, HandSide.Left, 0.6)];
        var performance = KinematicPianist.Perform(notes, PerformanceStyle.Neutral);
        var clip = performance.Clip;
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            var apart = Vector3.Distance(clip.Hands.Left.Wrist(frame), clip.Hands.Right.Wrist(frame));
            Assert.True(apart > 0.02f, $"wrists are {apart} m apart at frame {frame}");
        }
    }

    [Fact]
    public void What_hands_cannot_do_is_reported()
    {
        List<Note> notes = [Note(48, 1, 0.5, 0.5), Note(72, 5, 0.5, 0.5), Note(60, 2, 2, 0.5) with { Hand = null }, Note(64, 3, 3, 0.5), Note(64, 3, 3.01, 0.5)];
        var performance = KinematicPianist.Perform(notes, PerformanceStyle.Neutral);
        Assert.Equal(
            [UnplayedReason.NoFinger, UnplayedReason.KeyBusy, UnplayedReason.OutOfReach],
            performance.Unplayed.Select(unplayed => unplayed.Reason).Order());
        Assert.Equal(2, performance.Clip.Notes.Count);
    }

    [Theory]
    [InlineData(0.6f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void A_style_refuses_what_no_hand_is_like(float size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PerformanceStyle.Neutral with { HandSize = size });

    private static Note Moved(Note note, int semitones) =>
        new(note.Onset, note.Offset, new PianoKey(note.Key.Midi + semitones), note.Velocity) { Hand = note.Hand, Finger = note.Finger };
}
