using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Formats.Avatars;

/// <summary>A humanoid or its hands in a glTF file: its nodes, and which of them are which bones.</summary>
/// <param name="Format">What it is, such as "glTF 2.0" or "VRM 1.0".</param>
/// <param name="BonesBy">What told its bones: the file's own list, names or the structure.</param>
/// <param name="Nodes">All nodes.</param>
/// <param name="Bones">Number of the node of each bone that was found, by its name in <see cref="HumanoidBones"/>.</param>
/// <param name="Needed">Extensions of glTF without which the file cannot be shown.</param>
public sealed record Rig(string Format, string BonesBy, IReadOnlyList<RigNode> Nodes, IReadOnlyDictionary<string, int> Bones, IReadOnlyList<string> Needed)
{
    /// <summary>Fingertips without a bone of their own that the mesh tells, by their names in <see cref="HumanoidBones"/>, in the file's units.</summary>
    public IReadOnlyDictionary<string, Vector3> Tips { get; init; } = new Dictionary<string, Vector3>();

    /// <summary>What the mesh tells of its shape, in the file's units.</summary>
    public HumanoidShape Shape { get; init; } = new();

    /// <summary>Nodes that move the mesh and hang on no bone, such as those of the palm where all joints lie side by side, and the bone that each goes along with.</summary>
    public IReadOnlyDictionary<int, string> Followers { get; init; } = new Dictionary<int, string>();

    // Limbs by which left and right are told, the surest first.
    private static readonly string[] Sides = ["UpperLeg", "UpperArm", "Hand"];

    /// <summary>Whether a hand has a wrist and at least a thumb and two fingers that can play.</summary>
    public bool HasHand(HandSide side) => Has(HumanoidBones.Hand(side)) && IsWhole(side, Finger.Thumb) && Fingers.All.Count(finger => IsWhole(side, finger)) >= 3;

    /// <summary>Whether a finger has all its joints.</summary>
    public bool IsWhole(HandSide side, Finger finger) => Enumerable.Range(0, HumanoidBones.FingerJoints).All(joint => Has(HumanoidBones.Joint(side, finger, joint)));

    /// <summary>Bones that a whole humanoid has and this one lacks; those of the body only if it has hips.</summary>
    public IEnumerable<string> Missing()
    {
        if (Has("hips"))
        {
            foreach (var bone in HumanoidBones.Body.Where(bone => !HumanoidBones.Optional.Contains(bone) && !Has(bone))) yield return bone;
        }

        foreach (var side in HandSides.Both.Where(side => Has("hips") || Has(HumanoidBones.Hand(side))))
        {
            foreach (var finger in Fingers.All)
            {
                for (var joint = 0; joint < HumanoidBones.FingerJoints; joint++)
                {
                    if (!Has(HumanoidBones.Joint(side, finger, joint))) yield return HumanoidBones.Joint(side, finger, joint);
                }
            }
        }
    }

    /// <summary>From the wrist along the bones to a fingertip, in the file's units (metres by the standard); the last bone is guessed where nothing tells its end.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="finger">A whole finger.</param>
    /// <exception cref="ArgumentException">The hand or the finger is not whole.</exception>
    public float Reach(HandSide side, Finger finger)
    {
        if (!Has(HumanoidBones.Hand(side)) || !IsWhole(side, finger)) throw new ArgumentException($"The {side.Name()} hand has no whole {finger.ToString().ToLowerInvariant()} finger.", nameof(finger));
        Vector3[] points = [At(HumanoidBones.Hand(side)), .. Enumerable.Range(0, HumanoidBones.FingerJoints).Select(joint => At(HumanoidBones.Joint(side, finger, joint)))];
        var length = points.Zip(points.Skip(1), Vector3.Distance).Sum();
        return length + (Has(HumanoidBones.Tip(side, finger)) ? Vector3.Distance(points[^1], At(HumanoidBones.Tip(side, finger))) : HumanoidHand.LastBone * Vector3.Distance(points[^2], points[^1]));
    }

    /// <summary>The humanoid that it is, as it stands, looking along +z.</summary>
    /// <exception cref="ArgumentException">It has no hips, or no left and right by which to tell where it looks.</exception>
    public Humanoid ToHumanoid()
    {
        var bones = Bones.Keys.ToList();
        var byNode = Bones.ToDictionary(bone => bone.Value, bone => bone.Key);
        var facing = Facing;
        var positions = bones.ToDictionary(bone => bone, bone => Vector3.Transform(At(bone), facing), StringComparer.Ordinal);
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var bone in bones)
        {
            for (var at = Nodes[Bones[bone]].Parent; at >= 0; at = Nodes[at].Parent)
            {
                if (!byNode.TryGetValue(at, out var parent)) continue;
                parents[bone] = parent;
                break;
            }
        }

        // Where joints lie side by side in the file, they hang on each other all the same.
        foreach (var (bone, above) in from side in HandSides.Both
                                      from finger in Fingers.All
                                      from joint in Enumerable.Range(0, HumanoidBones.FingerJoints + 1)
                                      select (joint < HumanoidBones.FingerJoints ? HumanoidBones.Joint(side, finger, joint) : HumanoidBones.Tip(side, finger),
                                              joint == 0 ? HumanoidBones.Hand(side) : HumanoidBones.Joint(side, finger, joint - 1)))
        {
            if (positions.ContainsKey(bone) && positions.ContainsKey(above)) parents.TryAdd(bone, above);
        }

        foreach (var (side, finger) in from side in HandSides.Both from finger in Fingers.All where Tips.ContainsKey(HumanoidBones.Tip(side, finger)) select (side, finger))
        {
            var tip = HumanoidBones.Tip(side, finger);
            if (!positions.TryAdd(tip, Vector3.Transform(Tips[tip], facing))) continue;
            parents[tip] = HumanoidBones.Joint(side, finger, HumanoidBones.FingerJoints - 1);
        }

        return new(positions, parents, Shape);
    }

    /// <summary>What turns the file's world so that the rig looks along +z.</summary>
    /// <exception cref="ArgumentException">It has no left and right by which to tell where it looks.</exception>
    public Quaternion Facing
    {
        get
        {
            var lefts = Sides
                .Where(limb => HandSides.Both.All(side => Has(HumanoidBones.Limb(side, limb))))
                .Select(limb => At(HumanoidBones.Limb(HandSide.Left, limb)) - At(HumanoidBones.Limb(HandSide.Right, limb)))
                .Select(left => left with { Y = 0 });
            var side = lefts.FirstOrDefault(left => left.LengthSquared() > 1e-8f);
            // Hands alone may lie in one place; they are turned by their own bones.
            if (side == Vector3.Zero && !Has("hips")) return Quaternion.Identity;
            if (side == Vector3.Zero) throw new ArgumentException("The rig has no left and right legs, arms or hands by which to tell where it looks.");
            // About the vertical alone: whoever looks along −z is turned round, not over.
            return Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.Atan2(side.Z, side.X));
        }
    }

    /// <summary>Whether a bone was found.</summary>
    public bool Has(string bone) => Bones.ContainsKey(bone);

    /// <summary>Whether a node hangs on one of some others.</summary>
    internal bool HangsOn(int node, Func<int, bool> isOne)
    {
        for (var at = Nodes[node].Parent; at >= 0; at = Nodes[at].Parent)
        {
            if (isOne(at)) return true;
        }

        return false;
    }

    private Vector3 At(string bone) => Nodes[Bones[bone]].Position;
}
