using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Playing;

namespace Duomano.Core.Tests.Hands;

public sealed class HandCapsulesTests
{
    public static TheoryData<HandSide> Sides => [HandSide.Left, HandSide.Right];

    [Theory]
    [MemberData(nameof(Sides))]
    public void Straight_fingers_are_apart_but_not_far(HandSide side)
    {
        var hand = new CapsuleHand(side);
        Assert.InRange(hand.Capsules.DeepestBetweenFingers(hand.Place(new HandPose())), -0.012f, -0.002f);
    }

    [Theory]
    [InlineData(0.9f)]
    [InlineData(1.15f)]
    public void A_hand_at_rest_over_the_keys_is_not_squeezed(float size)
    {
        var skeleton = HandSkeleton.Create(HandSide.Right, size);
        var ik = new HandIk(skeleton);
        var posture = new NaturalPosture(ik, PerformanceStyle.Neutral with { HandSize = size });
        var pose = new HandPose();
        foreach (var finger in Fingers.All) ik[finger].Write(posture.Angles(finger), pose);
        var capsules = new HandCapsules(skeleton);
        var ends = new Vector3[HandCapsules.EndCount];
        capsules.Place(pose, ends);
        Assert.True(capsules.DeepestBetweenFingers(ends) < -0.003f);
    }

    [Fact]
    public void A_finger_swung_into_its_neighbour_is_found_and_the_direction_leads_out()
    {
        var hand = new CapsuleHand(HandSide.Right);
        var pose = new HandPose();
        pose.Rotations[HandJoint.First(Finger.Index)] = new(0, -0.35f, 0);
        var ends = hand.Place(pose);
        var found = new CapsuleContact[16];
        var count = hand.Capsules.FindBetweenFingers(ends, 0, found);
        Assert.True(count > 0);
        var deepest = found.Take(count).MaxBy(contact => contact.Depth);
        Assert.Equal(hand.Capsules.DeepestBetweenFingers(ends), deepest.Depth);
        Assert.True(deepest.Depth > 0.002f);

        // Moved as far as it is deep, the one just touches the other.
        var own = hand.Capsules.Capsules[deepest.Own];
        var moved = ends.ToArray();
        (moved[own.From], moved[own.To]) = (ends[own.From] + deepest.Away * deepest.Depth, ends[own.To] + deepest.Away * deepest.Depth);
        var after = new CapsuleContact[32];
        var again = after.Take(hand.Capsules.FindBetweenFingers(moved, 0.05f, after)).Single(contact => contact.Own == deepest.Own && contact.Other == deepest.Other);
        Assert.Equal(0, again.Depth, 1e-4f);
    }

    [Fact]
    public void Fingertips_are_round_the_bone_and_end_at_pad_and_nail()
    {
        var hand = new CapsuleHand(HandSide.Right);
        var ends = hand.Place(new HandPose());
        foreach (var finger in Fingers.All)
        {
            var capsule = hand.Capsules.Capsules.Single(candidate => candidate.Finger == finger && candidate.Bone == 2);
            var pad = hand.Skeleton.Points[HandJoint.Tip(finger)];
            Assert.InRange(Segments.Distance(ends[capsule.From], ends[capsule.To], pad, pad), 0.6f * capsule.Radius, 1.2f * capsule.Radius);
        }
    }

    [Fact]
    public void Hands_apart_do_not_touch_and_hands_in_one_place_do()
    {
        var (left, right) = (new CapsuleHand(HandSide.Left), new CapsuleHand(HandSide.Right));
        var here = right.Place(new HandPose());
        Assert.Equal(float.NegativeInfinity, right.Capsules.DeepestWith(here, left.Capsules, left.Place(new HandPose { Wrist = new(1, 0, 0) })));
        Assert.InRange(right.Capsules.DeepestWith(here, left.Capsules, left.Place(new HandPose { Wrist = new(0, 0.03f, 0) })), -0.02f, 0);
        Assert.True(right.Capsules.DeepestWith(here, left.Capsules, left.Place(new HandPose { Wrist = new(0, 0.01f, 0) })) > 0.002f);
    }

    private sealed class CapsuleHand(HandSide side)
    {
        public HandSkeleton Skeleton { get; } = HandSkeleton.Create(side);

        public HandCapsules Capsules { get; } = new(HandSkeleton.Create(side));

        public Vector3[] Place(HandPose pose)
        {
            var ends = new Vector3[HandCapsules.EndCount];
            Capsules.Place(pose, ends);
            return ends;
        }
    }
}
