using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Core.Body;

/// <summary>Two hands, or one, of a rig that has no body, such as those of headsets: wrists and fingers go where the clip has them.</summary>
public static class LooseHands
{
    /// <summary>The bones of both hands alone, each wrist hanging on nothing.</summary>
    /// <param name="humanoid">Whose hands.</param>
    public static Humanoid Of(Humanoid humanoid)
    {
        ArgumentNullException.ThrowIfNull(humanoid);
        var wrists = HandSides.Both.Select(HumanoidBones.Hand).Where(humanoid.Has).ToHashSet(StringComparer.Ordinal);
        bool IsOfAHand(string bone)
        {
            for (var at = bone; at is not null; at = humanoid.Parent(at))
            {
                if (wrists.Contains(at)) return true;
            }

            return false;
        }

        var bones = humanoid.Bones.Where(IsOfAHand).ToList();
        return new(
            bones.ToDictionary(bone => bone, bone => humanoid[bone], StringComparer.Ordinal),
            bones.Where(bone => !wrists.Contains(bone)).ToDictionary(bone => bone, bone => humanoid.Parent(bone)!, StringComparer.Ordinal), humanoid.Shape);
    }

    /// <summary>Plays.</summary>
    /// <param name="humanoid">Two hands, by <see cref="Of"/>.</param>
    /// <param name="hands">The same, measured; of a hand that is not there whatever plays in its place.</param>
    /// <param name="clip">What they play, with their own bones.</param>
    public static BodyMotion Play(Humanoid humanoid, PerHand<HumanoidHand> hands, TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(humanoid);
        ArgumentNullException.ThrowIfNull(clip);
        HandSide[] sides = [.. HandSides.Both.Where(side => humanoid.Has(HumanoidBones.Hand(side)))];
        var turns = humanoid.Bones.ToDictionary(bone => bone, _ => new Quaternion[clip.FrameCount], StringComparer.Ordinal);
        foreach (var values in turns.Values) Array.Fill(values, Quaternion.Identity);
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            foreach (var side in sides) hands[side].Turn(humanoid, side, clip.Hands[side].GetPose(frame), clip.Skeletons[side], (bone, turn) =>
            {
                if (turns.TryGetValue(bone, out var values)) values[frame] = Quaternion.Normalize(turn);
            });
        }

        var roots = sides.ToDictionary(HumanoidBones.Hand, side => Enumerable.Range(0, clip.FrameCount).Select(clip.Hands[side].Wrist).ToArray(), StringComparer.Ordinal);
        return new(humanoid, clip.Fps, roots, turns);
    }
}
