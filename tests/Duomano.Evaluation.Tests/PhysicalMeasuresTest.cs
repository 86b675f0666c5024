using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Tests;

public class PhysicalMeasuresTest
{
    [Fact]
    public void HandsAtRestApart_AreFaultless()
    {
        var measured = PhysicalMeasures.Measure(Clip(10, (_, _) => new HandPose()));
        Assert.Equal(new PhysicalMeasures(0, 0, 0, 0, 0, 0, 0), measured with { WristJerk = 0, FingertipJerk = 0 });
        Assert.InRange(measured.FingertipJerk, 0, 0.01); // single precision
    }

    [Fact]
    public void KneesBackwards_AreBeyondTheirLimits()
    {
        // An index finger bent back by a right angle in its middle joint, in 3 of 10 frames.
        var measured = PhysicalMeasures.Measure(Clip(10, (side, frame) =>
        {
            var pose = new HandPose();
            if (side == HandSide.Right && frame < 3) pose.Rotations[HandJoint.First(Finger.Index) + 1] = new(0, 0, -MathF.PI / 2);
            return pose;
        }));
        Assert.Equal(0.3, measured.BeyondJointLimits, 6);
    }

    [Theory]
    [InlineData(0.9f, 0)]
    [InlineData(1.1f, 1)]
    public void AJointIsBeyondItsLimitByMoreThanADegree(float degrees, double share)
    {
        foreach (var side in HandSides.Both)
        {
            // As far as the little finger's middle joint goes, and then further about the same axis.
            var limits = JointLimits.Of(HandSkeleton.Create(side));
            var joint = HandJoint.First(Finger.Little) + 1;
            var pose = new HandPose();
            pose.Rotations[joint] = new(0, 0, 2.2f);
            if (side == HandSide.Left) pose = HandMirror.Pose(pose);
            Assert.True(limits.Excess(pose) > 0.1f);
            limits.Clamp(pose);
            Assert.Equal(0, limits.Excess(pose), 4);
            pose.Rotations[joint] *= 1 + degrees * MathF.PI / 180 / pose.Rotations[joint].Length();
            Assert.Equal(share, PhysicalMeasures.Measure(Clip(2, (other, _) => other == side ? pose : new HandPose())).BeyondJointLimits);
        }
    }

    [Theory]
    [InlineData(0.017f, 1)]
    [InlineData(0.045f, 0)]
    public void AHandOverTheOther_TouchesItWhenItIsTooLow(float height, double share)
    {
        // Both palms, 22 mm thick, along the same line: one above the other.
        HandPose Pose(HandSide side)
        {
            var pose = new HandPose();
            pose.Rotations[HandJoint.Wrist] = new(0, -MathF.PI / 2, 0);
            if (side == HandSide.Left) pose = HandMirror.Pose(pose);
            pose.Wrist = new(0, side == HandSide.Left ? height : 0, 0);
            return pose;
        }

        var measured = PhysicalMeasures.Measure(Clip(4, (side, _) => Pose(side), apart: 0));
        Assert.Equal(share, measured.HandsPenetrating);
        Assert.Equal(share, measured.Penetrating);
    }

    [Fact]
    public void FramesWithEitherPenetration_CountOnce()
    {
        // Fingers crossed in the first half, hands in one place in the middle half.
        var measured = PhysicalMeasures.Measure(Clip(8, (side, frame) =>
        {
            var pose = new HandPose { Wrist = frame is >= 2 and < 6 ? Vector3.Zero : new(side == HandSide.Left ? -0.5f : 0.5f, 0, 0) };
            if (frame < 4) pose.Rotations[HandJoint.First(Finger.Index)] = new(0, side == HandSide.Right ? -0.4f : 0.4f, 0);
            return pose;
        }, apart: 0));
        Assert.Equal((0.5, 0.5, 0.75), (measured.FingersPenetrating, measured.HandsPenetrating, measured.Penetrating));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void WhatIsNoNumber_IsRefused(float value)
    {
        var error = Assert.Throws<ArgumentException>(() => PhysicalMeasures.Measure(Clip(4, (_, frame) => new HandPose { Wrist = new(frame == 2 ? value : 0, 0, 0) })));
        Assert.Contains("Frame 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PhysicalMeasures.Measure(Clip(4, (_, _) =>
        {
            var pose = new HandPose();
            pose.Rotations[5] = new(value, 0, 0);
            return pose;
        })));
    }

    [Fact]
    public void FingertipsUnderTheKeys_AreBelowTheBed()
    {
        var hand = new PointingHand(HandSide.Left, Finger.Ring);
        Assert.Equal(0, PhysicalMeasures.Measure(hand.Clip(4, _ => PointingHand.Above(50, -0.0105f))).BelowKeyBed);
        Assert.Equal(0.25, PhysicalMeasures.Measure(hand.Clip(4, time => PointingHand.Above(50, time > 0.09 ? -0.0115f : 0))).BelowKeyBed, 6);
        Assert.Equal(0, PhysicalMeasures.Measure(hand.Clip(4, _ => PointingHand.Above(50, -0.03f) with { Z = 0.01f })).BelowKeyBed);
    }

    [Fact]
    public void CrossedFingers_Penetrate()
    {
        // The index finger swung sideways into the middle finger.
        var measured = PhysicalMeasures.Measure(Clip(10, (side, frame) =>
        {
            var pose = new HandPose();
            if (frame >= 5) pose.Rotations[HandJoint.First(Finger.Index)] = new(0, side == HandSide.Right ? -0.4f : 0.4f, 0);
            return pose;
        }));
        Assert.Equal(0.5, measured.FingersPenetrating, 6);
        Assert.Equal(0, measured.HandsPenetrating);
    }

    [Fact]
    public void HandsInOnePlace_Penetrate()
    {
        var measured = PhysicalMeasures.Measure(Clip(4, (_, frame) => new HandPose { Wrist = frame == 0 ? Vector3.Zero : new(0, 0, 0.001f) }, apart: 0));
        Assert.Equal(1, measured.HandsPenetrating);
    }

    [Fact]
    public void ConstantAcceleration_HasNoJerk_ACubicHasSix()
    {
        var steady = PhysicalMeasures.Measure(Clip(30, (_, frame) => new HandPose { Wrist = new(0, 0, MathF.Pow(frame / 30f, 2)) }));
        Assert.Equal(0, steady.WristJerk, 1);

        // The third derivative of t³ is 6 everywhere, of the wrist and of a rigid hand's fingertips.
        var cubic = PhysicalMeasures.Measure(Clip(30, (_, frame) => new HandPose { Wrist = new(0, 0, MathF.Pow(frame / 30f, 3)) }));
        Assert.Equal(6, cubic.WristJerk, 1);
        Assert.Equal(6, cubic.FingertipJerk, 1);

        // However many frames a second there are; a single hand that moves makes half of the mean.
        var fast = PhysicalMeasures.Measure(new PointingHand(HandSide.Left, Finger.Index).Clip(30, time => new(0, 0.2f, (float)Math.Pow(time, 3)), fps: 15));
        Assert.Equal(3, fast.WristJerk, 1);
    }

    // Both hands above and in front of the keys, each `apart` metres from the middle.
    private static TwoHandClip Clip(int frames, Func<HandSide, int, HandPose> pose, float apart = 0.5f)
    {
        var hands = PerHand.Create(side =>
        {
            var track = new HandTrack(frames);
            for (var frame = 0; frame < frames; frame++)
            {
                var posed = pose(side, frame);
                posed.Wrist += new Vector3(side == HandSide.Right ? apart : -apart, 0.2f, 0.3f);
                track.SetPose(frame, posed);
            }

            return track;
        });
        return new(hands, TwoHandClip.SkeletonsOfSize(1));
    }
}
