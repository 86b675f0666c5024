using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Tests.Body;

/// <summary>A grown-up humanoid in a T-pose, its fingers a little bent and spread as no flat hand's are.</summary>
internal static class Standing
{
    /// <summary>Makes one.</summary>
    /// <param name="fingers">The fingers it has.</param>
    /// <param name="size">Times a grown-up's.</param>
    /// <param name="shape">What is around its bones.</param>
    public static Humanoid Humanoid(IReadOnlyList<Finger>? fingers = null, float size = 1, HumanoidShape? shape = null)
    {
        var (positions, parents) = (new Dictionary<string, Vector3>(), new Dictionary<string, string>());
        void Add(string bone, string? parent, float x, float y, float z)
        {
            positions[bone] = new(x, y, z);
            if (parent is not null) parents[bone] = parent;
        }

        Add("hips", null, 0, 1, 0);
        Add("spine", "hips", 0, 1.1f, 0);
        Add("chest", "spine", 0, 1.25f, 0.01f);
        Add("neck", "chest", 0, 1.5f, 0);
        Add("head", "neck", 0, 1.6f, 0.02f);
        foreach (var side in HandSides.Both)
        {
            var out_ = side == HandSide.Left ? 1 : -1;
            string Limb(string limb) => HumanoidBones.Limb(side, limb);
            Add(Limb("Shoulder"), "chest", 0.05f * out_, 1.45f, 0);
            Add(Limb("UpperArm"), Limb("Shoulder"), 0.18f * out_, 1.45f, 0);
            Add(Limb("LowerArm"), Limb("UpperArm"), 0.46f * out_, 1.45f, 0);
            Add(Limb("Hand"), Limb("LowerArm"), 0.71f * out_, 1.45f, 0);
            Add(Limb("UpperLeg"), "hips", 0.09f * out_, 0.93f, 0);
            Add(Limb("LowerLeg"), Limb("UpperLeg"), 0.09f * out_, 0.5f, 0.01f);
            Add(Limb("Foot"), Limb("LowerLeg"), 0.09f * out_, 0.09f, 0);
            Add(Limb("Toes"), Limb("Foot"), 0.09f * out_, 0.02f, 0.13f);
            foreach (var finger in fingers ?? Fingers.All)
            {
                var thumb = finger == Finger.Thumb;
                var parent = Limb("Hand");
                var z = 0.028f * (3 - (int)finger) * (thumb ? 0.4f : 0.75f);
                var at = new Vector3(0.71f + (thumb ? 0.03f : 0.088f), 1.45f, z);
                // The hands differ, as those of many rigs do.
                var step = (thumb ? new Vector3(0.028f, -0.012f, 0.024f) : new(0.04f, -0.004f, 0.1f * z)) * (side == HandSide.Left ? 1.05f : 1);
                for (var joint = 0; joint < HumanoidBones.FingerJoints; joint++)
                {
                    Add(HumanoidBones.Joint(side, finger, joint), parent, at.X * out_, at.Y, at.Z);
                    parent = HumanoidBones.Joint(side, finger, joint);
                    at += step;
                    step = 0.7f * (step - new Vector3(0, 0.004f, 0));
                }

                Add(HumanoidBones.Tip(side, finger), parent, at.X * out_, at.Y, at.Z);
            }
        }

        return new Humanoid(positions, parents, shape).Times(size);
    }
}
