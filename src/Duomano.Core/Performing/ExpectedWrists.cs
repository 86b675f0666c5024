using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Performing;

/// <summary>
/// Where people's wrists would be in the plane of the keys while they play given notes with given fingers: what the kinematic
/// pianist's wrists go by, without its corrections.
/// </summary>
public static class ExpectedWrists
{
    /// <summary>Finds both wrists' ways.</summary>
    /// <param name="notes">Notes with hand and finger; others are left out.</param>
    /// <param name="rests">Where a hand that plays nothing waits, metres along its keyboard.</param>
    /// <param name="skeleton">Either hand.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="fps">Frames a second.</param>
    /// <returns>For each hand [frames] places, x and z in the piano frame, metres; for the left hand mirrored.</returns>
    public static PerHand<Vector2[]> Of(IReadOnlyList<Note> notes, PerHand<float> rests, HandSkeleton skeleton, int frames, double fps)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(skeleton);
        var presses = PerHand.Create(side => notes.Where(note => note.Hand == side && note.Finger is not null).Select(FingerPress.Of).ToArray());
        return PosturePlan.Of(presses, rests, skeleton.Reach, frames, fps).Map(plan =>
        {
            var wrists = new Vector2[frames];
            for (var frame = 0; frame < frames; frame++) wrists[frame] = plan.Wrist(frame);
            return wrists;
        });
    }
}
