using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;

namespace Duomano.Core.Contact;

/// <summary>A clip whose fingers meet the keys, and how far it is from the clip it was made of.</summary>
/// <param name="Clip">The refined clip; its notes have a hand and a finger each.</param>
/// <param name="Unplayed">Notes that are left out because the hands cannot play them.</param>
/// <param name="MeanJointChange">Mean over frames and 15 joints of both hands of the angle a joint was turned by, radians.</param>
/// <param name="MeanWristMove">Mean over the frames of both hands, metres.</param>
/// <param name="LargestWristMove">The farthest a wrist was moved, metres.</param>
public sealed record ContactResult(
    TwoHandClip Clip, IReadOnlyList<UnplayedNote> Unplayed, double MeanJointChange, double MeanWristMove, double LargestWristMove)
{
    /// <summary>Notes of the clip whose finger does not press its key all the same.</summary>
    public IReadOnlyList<Note> Missed { get; init; } = [];
}
