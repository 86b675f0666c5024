using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Tests;

public class MotionDifferenceTest
{
    [Fact]
    public void Differences_are_told_by_axis_and_in_space()
    {
        var still = Clip(0, 0);
        var difference = MotionDifference.Measure(still, Clip(0.003f, -0.004f));
        Assert.Equal(0.003, difference.WristX.Mean, 1e-6);
        Assert.Equal(0.004, difference.WristZ.Mean, 1e-6);
        Assert.Equal(0.003, difference.FingertipX.Mean, 1e-6);
        Assert.Equal(0.004, difference.FingertipZ.Mean, 1e-6);
        Assert.Equal(0.005, difference.Fingertips.Mean, 1e-6);
        Assert.Equal(2 * 4, difference.WristX.Count);
        Assert.Equal(2 * 4 * 5, difference.Fingertips.Count);
        var both = difference + MotionDifference.Measure(still, still);
        Assert.Equal(0.0015, both.WristX.Mean, 1e-6);
        Assert.Throws<ArgumentException>(() => MotionDifference.Measure(still, Clip(0, 0, 5)));
    }

    [Theory]
    [InlineData(0.01f, 0, 1)]
    [InlineData(0.005f, 0, 0.5)]
    [InlineData(0, 0.02f, 0)]
    [InlineData(0.007f, 0.02f, 0.7)]
    public void What_is_kept_is_the_part_along_the_departure(float x, float z, double share)
    {
        var kept = KeptDeparture.Measure(Clip(0, 0), Clip(0.01f, 0), Clip(x, z), [HandJoint.Wrist]);
        Assert.Equal(share, kept.Share, 1e-4);
        Assert.Equal(share, (kept + kept).Share, 1e-4);
    }

    [Fact]
    public void Without_departure_all_is_kept() => Assert.Equal(1, KeptDeparture.Measure(Clip(0, 0), Clip(0, 0), Clip(0.01f, 0), [HandJoint.Wrist]).Share);

    private static TwoHandClip Clip(float x, float z, int frames = 4)
    {
        HandTrack Track()
        {
            var track = new HandTrack(frames);
            for (var frame = 0; frame < frames; frame++) track.SetPose(frame, new() { Wrist = new(0.1f * frame + x, 0.1f, 0.05f + z) });
            return track;
        }

        return new(PerHand.Create(_ => Track()), TwoHandClip.SkeletonsOfSize(1), 30, []);
    }
}
