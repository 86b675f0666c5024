using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Training.Motion;

namespace Duomano.Training.Tests.Motion;

public class WristSpreadTests
{
    [Theory]
    [InlineData(HandSide.Left)]
    [InlineData(HandSide.Right)]
    public void Wrists_move_and_fingertips_stay(HandSide side)
    {
        var clip = PerformedClips.Make(1, 6)[0];
        var (track, skeleton) = (clip.Hands[side], clip.Skeletons[side]);
        var displaced = new WristSpread().Displace(track, skeleton, new SeededRandom(4));
        var (moved, missed) = (new List<double>(), new List<double>());
        var (before, after) = (new Vector3[HandJoint.PointCount], new Vector3[HandJoint.PointCount]);
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            ForwardKinematics.Points(skeleton, track.GetPose(frame), before);
            ForwardKinematics.Points(skeleton, displaced.GetPose(frame), after);
            moved.Add(Vector3.Distance(before[HandJoint.Wrist], after[HandJoint.Wrist]));
            missed.AddRange(Fingers.All.Select(finger => (double)Vector3.Distance(before[HandJoint.Tip(finger)], after[HandJoint.Tip(finger)])));
        }

        Assert.InRange(moved.Average(), 0.005, 0.02);
        Assert.True(missed.Order().ElementAt(missed.Count * 9 / 10) < 3e-3, $"nine of ten fingertips within {missed.Order().ElementAt(missed.Count * 9 / 10) * 1000:0.0} mm");

        // No faster than the drift allows: an eighth of a hand's breadth a frame would be a jump.
        for (var frame = 1; frame < track.FrameCount; frame++)
        {
            var step = displaced.Wrist(frame) - displaced.Wrist(frame - 1) - (track.Wrist(frame) - track.Wrist(frame - 1));
            Assert.True(step.Length() < 0.01, $"frame {frame}");
        }
    }

    [Fact]
    public void Only_drawn_windows_are_displaced_and_follow_from_the_seed()
    {
        var clips = PerformedClips.Make(1, 5);
        var normalization = MotionStatistics.Of(clips);
        var plain = new MotionDataset(clips, normalization, 64);
        var spread = new MotionDataset(clips, normalization, 64, spread: new());
        Assert.Equal(plain.Spread(2).Last().Positions.Left, spread.Spread(2).Last().Positions.Left);
        var (one, two) = (spread.Draw(new SeededRandom(3)), spread.Draw(new SeededRandom(3)));
        Assert.Equal(one.Positions.Right, two.Positions.Right);
        Assert.Equal(one.Pose.Right, two.Pose.Right);
        var own = plain.Draw(new SeededRandom(3));
        Assert.Equal(own.Features.Right, one.Features.Right);
        Assert.NotEqual(own.Positions.Right, one.Positions.Right);
        Assert.NotEqual(own.Pose.Right, one.Pose.Right);
    }
}
