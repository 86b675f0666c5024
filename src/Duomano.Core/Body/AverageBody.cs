using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Body;

/// <summary>
/// A grown-up of average proportions whose hands are those of a clip, as large as hands of their length belong to. Bones lie where
/// joints do in the usual tables of body segments (Drillis and Contini 1966), times the stature, in a T-pose.
/// </summary>
public static class AverageBody
{
    // A hand from its wrist joint to the middle fingertip, and the smallest and tallest people, metres.
    private const float HandShare = 0.108f, Smallest = 1.45f, Tallest = 1.98f;

    /// <summary>The body, and its hands as the solvers take them: the clip's own.</summary>
    /// <param name="hands">The clip's hands.</param>
    public static (Humanoid Body, PerHand<HumanoidHand> Hands) With(PerHand<HandSkeleton> hands)
    {
        var stature = Math.Clamp((hands.Left.Length + hands.Right.Length) / 2 / HandShare, Smallest, Tallest);
        var (positions, parents) = (new Dictionary<string, Vector3>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        void Add(string bone, string? parent, Vector3 at)
        {
            positions[bone] = at;
            if (parent is not null) parents[bone] = parent;
        }

        Add("hips", null, stature * new Vector3(0, 0.545f, 0));
        Add("spine", "hips", stature * new Vector3(0, 0.590f, -0.005f));
        Add("chest", "spine", stature * new Vector3(0, 0.660f, -0.008f));
        Add("upperChest", "chest", stature * new Vector3(0, 0.745f, -0.012f));
        Add("neck", "upperChest", stature * new Vector3(0, 0.845f, -0.010f));
        Add("head", "neck", stature * new Vector3(0, 0.905f, 0.002f));
        foreach (var side in HandSides.Both)
        {
            var outward = side == HandSide.Left ? stature : -stature;
            string Limb(string limb) => HumanoidBones.Limb(side, limb);
            Add(Limb("Shoulder"), "upperChest", new(0.020f * outward, 0.818f * stature, 0));
            Add(Limb("UpperArm"), Limb("Shoulder"), new(0.108f * outward, 0.818f * stature, -0.010f * stature));
            Add(Limb("LowerArm"), Limb("UpperArm"), positions[Limb("UpperArm")] + new Vector3(0.176f * outward, 0, 0));
            Add(Limb("Hand"), Limb("LowerArm"), positions[Limb("LowerArm")] + new Vector3(0.152f * outward, 0, 0));
            Add(Limb("UpperLeg"), "hips", new(0.052f * outward, 0.525f * stature, 0));
            Add(Limb("LowerLeg"), Limb("UpperLeg"), new(0.052f * outward, 0.285f * stature, 0.004f * stature));
            Add(Limb("Foot"), Limb("LowerLeg"), new(0.052f * outward, 0.042f * stature, -0.012f * stature));
            Add(Limb("Toes"), Limb("Foot"), new(0.056f * outward, 0.010f * stature, 0.070f * stature));
            foreach (var finger in Fingers.All)
            {
                for (var joint = 0; joint < HumanoidBones.FingerJoints; joint++)
                {
                    Add(HumanoidBones.Joint(side, finger, joint), joint == 0 ? Limb("Hand") : HumanoidBones.Joint(side, finger, joint - 1), positions[Limb("Hand")] + hands[side].Points[HandJoint.First(finger) + joint]);
                }

                Add(HumanoidBones.Tip(side, finger), HumanoidBones.Joint(side, finger, HumanoidBones.FingerJoints - 1), positions[Limb("Hand")] + hands[side].Points[HandJoint.Tip(finger)]);
            }
        }

        return (new(positions, parents, new() { Ground = 0, Waist = stature * new Vector2(0.085f, 0.065f) }), hands.Map(HumanoidHand.Of));
    }
}
