using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Formats.Avatars;

/// <summary>Finds bones by the names of nodes.</summary>
internal static class NamedBones
{
    private const int SpineBones = 3;

    private static readonly string[] Phalanges = ["metacarpal", "proximal", "intermediate", "distal", "tip"];

    /// <summary>The bones that are found; of several nodes that could be one the highest.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="file">What the file is called; of a single hand it may tell which.</param>
    public static Dictionary<string, int> Of(IReadOnlyList<RigNode> nodes, string file)
    {
        var names = nodes.Select(node => BoneName.Of(node.Name)).ToArray();
        var single = SingleSide(names, file);
        var bones = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] downwards = [.. Enumerable.Range(0, nodes.Count).OrderBy(i => nodes[i].Depth).ThenBy(i => Rank(nodes[i].Name))];
        foreach (var i in downwards)
        {
            if (names[i].Finger is not null || names[i].Part is "" or "spine") continue;
            var bone = char.IsLower(names[i].Part[0]) ? names[i].Part : SideOf(i) is { } side ? HumanoidBones.Limb(side, names[i].Part) : null;
            if (bone is not null) bones.TryAdd(bone, i);
        }

        int[] spine = [.. downwards.Where(i => names[i] is { Finger: null, Part: "spine" })];
        string[] called = ["spine", "chest", "upperChest"];
        for (var k = 0; k < Math.Min(spine.Length, SpineBones); k++) bones[called[k]] = k == SpineBones - 1 ? spine[^1] : spine[k];

        foreach (var side in HandSides.Both)
        {
            foreach (var finger in Fingers.All)
            {
                int[] joints = [.. downwards.Where(i => names[i].Finger == finger && SideOf(i) == side && names[i].Part != BoneName.Tip && (finger == Finger.Thumb || names[i].Part != BoneName.Metacarpal))];
                for (var joint = 0; joint < Math.Min(joints.Length, HumanoidBones.FingerJoints); joint++) bones[HumanoidBones.Joint(side, finger, joint)] = joints[joint];
            }
        }

        return bones;

        // A node that names no side is on that of the one above it.
        HandSide? SideOf(int node)
        {
            for (; node >= 0; node = nodes[node].Parent)
            {
                if (names[node].Side is { } side) return side;
            }

            return single;
        }
    }

    // Where joints lie side by side, from the palm outwards.
    private static int Rank(string name) => Array.FindIndex(Phalanges, phalanx => name.Contains(phalanx, StringComparison.OrdinalIgnoreCase));

    // A file of one hand, as headsets have them, names no sides in its bones; its mesh or the file itself does.
    private static HandSide? SingleSide(BoneName[] names, string file)
    {
        if (names.Count(name => name is { Side: null, Part: "Hand" }) != 1 || names.Any(name => name is { Part: "hips" } || (name.Side is not null && (name.Finger is not null || name.Part.Length > 0)))) return null;
        HandSide?[] told = [.. names.Append(BoneName.Of(file)).Select(name => name.Side).Where(side => side is not null).Distinct()];
        return told is [var only] ? only : null;
    }

    /// <summary>Adds the node below each finger's last joint, if there is one: the fingertip.</summary>
    public static void AddTips(IReadOnlyList<RigNode> nodes, Dictionary<string, int> bones)
    {
        foreach (var side in HandSides.Both)
        {
            foreach (var finger in Fingers.All)
            {
                if (!bones.TryGetValue(HumanoidBones.Joint(side, finger, HumanoidBones.FingerJoints - 1), out var last)) continue;
                for (var i = 0; i < nodes.Count; i++)
                {
                    // Where all joints lie side by side, it is the one that is called so.
                    var isNamed = nodes[i].Parent >= 0 && nodes[i].Parent == nodes[last].Parent && BoneName.Of(nodes[i].Name) is { Part: BoneName.Tip } name && name.Finger == finger;
                    if ((nodes[i].Parent == last || isNamed) && nodes[i].Position != nodes[last].Position) bones.TryAdd(HumanoidBones.Tip(side, finger), i);
                }
            }
        }
    }
}
