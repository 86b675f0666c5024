using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Body;

/// <summary>
/// The same motion told of a body at rest in a T-pose, as VRM and most programs that carry motion from one body to another want it.
/// Arms and legs that are near it stay as they are: what moves then is the rest itself.
/// </summary>
public static class TPose
{
    // Cosine of how far from it a limb counts as being in it.
    private const float Near = 0.97f;

    /// <summary>Tells it so.</summary>
    public static BodyMotion Of(BodyMotion motion)
    {
        ArgumentNullException.ThrowIfNull(motion);
        var humanoid = motion.Humanoid;
        var turns = new Dictionary<string, Quaternion>(StringComparer.Ordinal);
        foreach (var side in HandSides.Both)
        {
            var outward = side == HandSide.Left ? Vector3.UnitX : -Vector3.UnitX;
            string Limb(string limb) => HumanoidBones.Limb(side, limb);
            Straighten(Limb("UpperArm"), Limb("LowerArm"), outward);
            Straighten(Limb("LowerArm"), Limb("Hand"), outward);
            Straighten(Limb("UpperLeg"), Limb("LowerLeg"), -Vector3.UnitY);
            Straighten(Limb("LowerLeg"), Limb("Foot"), -Vector3.UnitY);
            // Feet are flat on the floor as they are.
            if (humanoid.Has(Limb("Foot"))) turns[Limb("Foot")] = Quaternion.Identity;
        }

        if (turns.Values.All(turn => turn == Quaternion.Identity)) return motion;
        var positions = new Dictionary<string, Vector3>(StringComparer.Ordinal);
        foreach (var bone in humanoid.Bones)
        {
            var parent = humanoid.Parent(bone);
            if (!turns.ContainsKey(bone)) turns[bone] = parent is null ? Quaternion.Identity : turns[parent];
            positions[bone] = parent is null ? humanoid[bone] : positions[parent] + Vector3.Transform(humanoid[bone] - humanoid[parent], turns[parent]);
        }

        // Who stood with legs apart stands higher with legs straight.
        var sole = HandSides.Both.Select(side => HumanoidBones.Limb(side, "Foot")).Where(humanoid.Has).Select(foot => positions[foot].Y - humanoid[foot].Y).DefaultIfEmpty().Min();
        var parents = humanoid.Bones.Where(bone => humanoid.Parent(bone) is not null).ToDictionary(bone => bone, bone => humanoid.Parent(bone)!, StringComparer.Ordinal);
        var straight = new Humanoid(positions, parents, humanoid.Shape with { Ground = humanoid.Ground + sole });
        return new(
            straight, motion.Fps, motion.Roots.ToDictionary(bone => bone, bone => Enumerable.Range(0, motion.FrameCount).Select(frame => motion.Root(bone, frame)).ToArray(), StringComparer.Ordinal),
            humanoid.Bones.ToDictionary(bone => bone, bone => Enumerable.Range(0, motion.FrameCount).Select(frame => motion.Turn(bone, frame) * Quaternion.Conjugate(turns[bone])).ToArray(), StringComparer.Ordinal));

        void Straighten(string bone, string end, Vector3 direction)
        {
            if (!humanoid.Has(bone) || !humanoid.Has(end)) return;
            var way = Vector3.Normalize(humanoid[end] - humanoid[bone]);
            turns[bone] = Vector3.Dot(way, direction) > Near ? Quaternion.Identity : Rotation.Between(way, direction);
        }
    }
}
