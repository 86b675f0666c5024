using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Tests;

public class WristDistanceTest
{
    [Fact]
    public void ShiftedHands_AreAsFarApartAsShifted()
    {
        var distance = WristDistance.Measure(Still(10, default, default), Still(10, new(0.03f, 0, 0.04f), new(0, 0.01f, 0)));
        Assert.Equal(0.05, distance.Hands.Left, 6);
        Assert.Equal(0.01, distance.Hands.Right, 6);
        Assert.Equal(0.03, distance.Mean, 6);
    }

    [Fact]
    public void ClipsOfDifferentLength_AreNotCompared()
    {
        Assert.Throws<ArgumentException>(() => WristDistance.Measure(Still(10, default, default), Still(11, default, default)));
        Assert.Throws<ArgumentException>(() => WristDistance.Measure(Still(0, default, default), Still(0, default, default)));
    }

    private static TwoHandClip Still(int frames, Vector3 left, Vector3 right)
    {
        var hands = new PerHand<Vector3>(left, right).Map(wrist =>
        {
            var track = new HandTrack(frames);
            for (var frame = 0; frame < frames; frame++) track.SetPose(frame, new HandPose { Wrist = wrist });
            return track;
        });
        return new(hands, TwoHandClip.SkeletonsOfSize(1));
    }
}
