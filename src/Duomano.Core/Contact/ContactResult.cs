using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;

namespace Duomano.Core.Contact;

/// <summary>A clip whose fingers meet the keys, and how far it is from the clip it was made of.</summary>
/// <param name="Clip">The refined clip; its notes are those that are struck, with a hand and a finger each.</param>
/// <param name="Unplayed">Notes that are left out because the hands cannot play them.</param>
/// <param name="MeanJointChange">Mean over frames and 15 joints of both hands of the angle a joint was turned by, radians.</param>
/// <param name="MeanWristMove">Mean over the frames of both hands, metres.</param>
/// <param name="LargestWristMove">The farthest a wrist was moved, metres.</param>
public sealed record ContactResult(
    TwoHandClip Clip, IReadOnlyList<UnplayedNote> Unplayed, double MeanJointChange, double MeanWristMove, double LargestWristMove)
{
    /// <summary>Notes whose finger does not press its key although it could; they are not among the clip's.</summary>
    public IReadOnlyList<Note> Missed { get; init; } = [];

    /// <summary>How many strokes are played as the kinematic pianist plays them, because the motion could not be bent to them.</summary>
    public int Borrowed { get; init; }
}
