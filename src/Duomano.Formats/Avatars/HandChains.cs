using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Formats.Avatars;

/// <summary>Finds hands in rigs whose names tell nothing: nodes from which four or five chains of at least three joints go out.</summary>
internal static class HandChains
{
    /// <summary>The bones of two hands, which lie left (+x) and right of each other as in a glTF humanoid that looks along +z; null where there are not two.</summary>
    public static Dictionary<string, int>? Find(IReadOnlyList<RigNode> nodes)
    {
        var children = nodes.Select((node, i) => (node.Parent, Child: i)).Where(pair => pair.Parent >= 0).ToLookup(pair => pair.Parent, pair => pair.Child);
        var hands = Enumerable.Range(0, nodes.Count)
            .Select(hand => (Hand: hand, Chains: children[hand].Select(Chain).Where(chain => chain.Count >= HumanoidBones.FingerJoints).ToList()))
            .Where(found => found.Chains.Count is 4 or 5)
            .OrderByDescending(found => nodes[found.Hand].Position.X)
            .ToList();
        if (hands.Count != 2) return null;
        var bones = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (side, (hand, chains)) in new[] { HandSide.Left, HandSide.Right }.Zip(hands))
        {
            bones[HumanoidBones.Hand(side)] = hand;
            var fingers = InOrder(hand, chains);
            Finger[] names = fingers.Count == 5 ? [.. Fingers.All] : [Finger.Thumb, Finger.Index, Finger.Middle, Finger.Little];
            foreach (var (finger, chain) in names.Zip(fingers))
            {
                // Longer chains begin with a bone of the palm, but for the thumb's.
                var first = finger == Finger.Thumb || chain.Count <= HumanoidBones.FingerJoints + 1 ? 0 : 1;
                for (var joint = 0; joint < HumanoidBones.FingerJoints; joint++) bones[HumanoidBones.Joint(side, finger, joint)] = chain[first + joint];
            }
        }

        return bones;

        // Down to where it branches or ends.
        List<int> Chain(int first)
        {
            List<int> chain = [first];
            while (children[chain[^1]].ToList() is [var only]) chain.Add(only);
            return chain;
        }

        // The thumb goes out nearest to the wrist; the others follow by how far they are from it.
        List<List<int>> InOrder(int hand, List<List<int>> chains)
        {
            Vector3 Base(List<int> chain) => nodes[chain[0]].Position;
            var thumb = chains.MinBy(chain => Vector3.Distance(Base(chain), nodes[hand].Position))!;
            return [thumb, .. chains.Where(chain => chain != thumb).OrderBy(chain => Vector3.Distance(Base(chain), Base(thumb)))];
        }
    }
}
