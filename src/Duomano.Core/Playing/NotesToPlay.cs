using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Core.Playing;

/// <summary>What two hands can play of some notes: the one judgement, for the kinematic pianist, for networks and for contact alike.</summary>
/// <param name="Played">Notes that are played, when and with the finger they are, by onset.</param>
/// <param name="Unplayed">Notes that are left out.</param>
public sealed record NotesToPlay(IReadOnlyList<Note> Played, IReadOnlyList<UnplayedNote> Unplayed)
{
    /// <summary>Judges.</summary>
    /// <param name="notes">Notes with hand and finger, in any order.</param>
    /// <param name="style">Whose hands play.</param>
    /// <param name="hands">Hands of one's own; by default ours of the style's size.</param>
    public static NotesToPlay Of(IReadOnlyList<Note> notes, PerformanceStyle style, PerHand<HandSkeleton>? hands = null)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(style);
        var (strokes, unplayed) = StrokePlanner.Plan(notes, HandIk.LikeRight((hands ?? style.Hands).Right), style);
        return new(NotesOf(strokes), unplayed);
    }

    /// <summary>The notes of both hands' strokes, by onset.</summary>
    internal static List<Note> NotesOf(PerHand<List<Stroke>> strokes) =>
        [.. strokes.Left.Concat(strokes.Right).Select(stroke => stroke.Note).OrderBy(note => note.Onset).ThenBy(note => note.Key)];
}
