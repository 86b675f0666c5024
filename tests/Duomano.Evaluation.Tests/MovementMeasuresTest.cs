using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Tests;

/// <summary>The measures of movement on motions made by hand.</summary>
public class MovementMeasuresTest
{
    private static readonly PointingHand Index = new(HandSide.Right, Finger.Index);

    [Theory]
    [InlineData(HandSide.Left)]
    [InlineData(HandSide.Right)]
    public void ATurnIsToldFromStraightIntoTheKeys_AndFastFrom400DegreesASecond(HandSide side)
    {
        // 20° at once is 600° a second, 10° a frame 300°.
        var measured = WristTurn.Measure(Clip(4, side, frame => Pointing(side, frame switch { 0 => 0, 1 => 20, 2 => 30, _ => 40 })));
        Assert.Equal(40, measured.Largest * 180 / Math.PI, 3);
        Assert.Equal(new AgreementCount(1, 6), measured.Fast);
        Assert.Equal(new AgreementCount(2, 12), WristTurn.Combine([measured, measured]).Fast);
    }

    [Fact]
    public void WristsOverTheKeysAreCountedHandByHand()
    {
        var measured = WristPlace.Measure(Clip(4, HandSide.Left, frame => Pointing(HandSide.Left, 0, new(-0.2f, 0.1f, frame == 2 ? -0.01f : 0.01f))));
        Assert.Equal(new AgreementCount(1, 8), measured.OverKeys);
    }

    [Fact]
    public void ATipHighAboveBothNeighboursIsRaised()
    {
        // The middle finger lifted by more and by less; lifted together with the ring finger it is not alone.
        Assert.Equal(0.5, RaisedFingertips.Measure(Lifted(frame => frame < 2 ? 40 : 10, false)).Frames.Share);
        Assert.Equal(0, RaisedFingertips.Measure(Lifted(_ => 40, true)).Frames.Share);
    }

    [Fact]
    public void KnucklesNearTheirLimitsSidewaysAreCounted()
    {
        var turn = 29 * MathF.PI / 180;
        var measured = KnucklesAtLimits.Measure(Clip(2, HandSide.Right, frame =>
        {
            var pose = Pointing(HandSide.Right, 0);
            if (frame == 1) pose.Rotations[HandJoint.First(Finger.Ring)] = new(0, turn, 0);
            return pose;
        }));
        Assert.Equal(new AgreementCount(1, 20), measured.Fingers);
    }

    [Fact]
    public void ABoneInAKeyThatNobodyPressesIsFound()
    {
        // The index fingertip goes down beside C sharp, then through it from the side.
        Assert.Equal(0, BonesInKeys.Measure(Index.Clip(3, _ => PointingHand.Above(60, -0.005f))).Frames.Agreeing);
        var key = new PianoKey(61);
        Vector3 tip = new(key.CenterX, 0.004f, key.FrontZ - 0.02f);
        var pressed = BonesInKeys.Measure(Index.Clip(3, _ => tip));
        Assert.Equal(0, pressed.Frames.Agreeing); // the pad has taken the key down
        var through = BonesInKeys.Measure(Index.Clip(3, _ => new(new PianoKey(60).CenterX, -0.005f, -0.155f)));
        Assert.True(through.Deepest is > 0 and < 0.02);
        Assert.Equal(1, through.Frames.Share);
    }

    [Fact]
    public void TheFastestMovementIsInThePercentile()
    {
        // 2 m/s once, 0.3 m/s otherwise; the other hand stands still.
        var clip = Index.Clip(200, time => new((float)(0.3 * time + (time > 3 ? 1.7 / 30 : 0)), 0.2f, 0));
        var speeds = Speeds.Measure(clip);
        Assert.Equal(0.3, speeds.Wrist.Percentile(0.99), 1);
        Assert.Equal(2, speeds.Wrist.Percentile(1), 1);
        Assert.Equal(0, speeds.FingertipInHand.Percentile(0.9), 1);
        Assert.Equal(2 * speeds.Wrist.Count, Speeds.Combine([speeds, speeds]).Wrist.Count);
    }

    [Fact]
    public void DistributionsAddUp()
    {
        var (few, many) = (new SpeedDistribution(0.1), new SpeedDistribution(0.1));
        few.Add(1);
        for (var i = 0; i < 9; i++) many.Add(0.55);
        many.Add(few);
        Assert.Equal((10, 0.6, 0.6, 1), (many.Count, Math.Round(many.Percentile(0.5), 9), Math.Round(many.Percentile(0.9), 9), Math.Round(many.Percentile(0.95), 9)));
        Assert.Equal(0, new SpeedDistribution(1).Percentile(0.5));
        Assert.Throws<ArgumentException>(() => many.Add(new SpeedDistribution(0.2)));
    }

    // A hand that points into the keys, turned by so many degrees towards the thumb.
    private static HandPose Pointing(HandSide side, float degrees, Vector3? wrist = null)
    {
        var pose = new HandPose();
        pose.Rotations[HandJoint.Wrist] = new(0, -MathF.PI / 2 + degrees * MathF.PI / 180, 0);
        if (side == HandSide.Left) pose = HandMirror.Pose(pose);
        pose.Wrist = wrist ?? new(0.1f, 0.2f, 0.1f);
        return pose;
    }

    private static TwoHandClip Lifted(Func<int, float> degrees, bool ringToo) => Clip(4, HandSide.Right, frame =>
    {
        var pose = Pointing(HandSide.Right, 0);
        Vector3 lift = new(0, 0, -degrees(frame) * MathF.PI / 180);
        pose.Rotations[HandJoint.First(Finger.Middle)] = lift;
        if (ringToo) pose.Rotations[HandJoint.First(Finger.Ring)] = lift;
        return pose;
    });

    // The other hand stays far away.
    private static TwoHandClip Clip(int frames, HandSide side, Func<int, HandPose> pose)
    {
        var hands = PerHand.Create(own =>
        {
            var track = new HandTrack(frames);
            for (var frame = 0; frame < frames; frame++) track.SetPose(frame, own == side ? pose(frame) : Pointing(own, 0, new(own == HandSide.Left ? -0.6f : 0.6f, 0.2f, 0.2f)));
            return track;
        });
        return new(hands, TwoHandClip.SkeletonsOfSize(1));
    }
}
