using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>A note as one hand sees it: places grow from the thumb to the little finger whichever hand it is.</summary>
/// <param name="Index">Which note of the piece.</param>
/// <param name="Place">Metres along the keyboard, mirrored for the left hand.</param>
/// <param name="Height">Semitones along the keyboard, mirrored likewise.</param>
/// <param name="Black">Whether its key is a black one.</param>
/// <param name="Onset">When it is struck, seconds.</param>
/// <param name="Offset">When it is let go, seconds.</param>
/// <param name="Given">The finger it must have, 1 to 5, or 0.</param>
internal readonly record struct HandNote(int Index, double Place, int Height, bool Black, double Onset, double Offset, int Given);

/// <summary>Notes one hand strikes together, from the thumb's side outwards.</summary>
internal sealed class Slice
{
    // Nobody plays more with one hand at once; of still larger clusters the outer notes are tried.
    private const int LargestCluster = 10;

    // Mirrored at D4, MIDI 62, white keys stay white and black ones black.
    private const int MirrorSum = 2 * 62;

    private Slice(List<HandNote> notes)
    {
        Onset = notes[0].Onset;
        Notes = [.. notes.OrderBy(note => note.Place).ThenBy(note => note.Onset).TakeLast(LargestCluster)];
        End = notes.Max(note => note.Offset);
    }

    /// <summary>The notes from the thumb's side outwards.</summary>
    public HandNote[] Notes { get; }

    /// <summary>When the first one is struck, seconds.</summary>
    public double Onset { get; }

    /// <summary>When the last one is let go, seconds.</summary>
    public double End { get; }

    /// <summary>How long the longest one sounds, seconds.</summary>
    public double Length => End - Onset;

    /// <summary>The same slice in which only some of the given fingers are given.</summary>
    /// <param name="stays">Whether a note's given finger stays.</param>
    public Slice WithGiven(Func<HandNote, bool> stays) => new([.. Notes.Select(note => note.Given > 0 && !stays(note) ? note with { Given = 0 } : note)]);

    /// <summary>Groups one hand's notes.</summary>
    /// <param name="notes">The piece, sorted by onset.</param>
    /// <param name="sides">The hand of each note.</param>
    /// <param name="side">Whose notes are wanted.</param>
    /// <param name="window">Notes that start within this time are struck together, seconds.</param>
    public static List<Slice> Of(IReadOnlyList<Note> notes, HandSide[] sides, HandSide side, double window)
    {
        var slices = new List<Slice>();
        var group = new List<HandNote>();
        for (var i = 0; i < notes.Count; i++)
        {
            if (sides[i] != side) continue;
            var note = notes[i];
            var place = side == HandSide.Right ? note.Key.CenterX : -note.Key.CenterX;
            var next = new HandNote(i, place, side == HandSide.Right ? note.Key.Midi : MirrorSum - note.Key.Midi, note.Key.IsBlack, note.Onset, note.Offset, (int?)note.Finger ?? 0);
            if (group.Count > 0 && !Together(group, next, window))
            {
                slices.Add(new(group));
                group.Clear();
            }

            group.Add(next);
        }

        if (group.Count > 0) slices.Add(new(group));
        return slices;
    }

    // A key struck twice is no chord, nor are notes of which one ends before the next begins.
    private static bool Together(List<HandNote> group, HandNote next, double window) =>
        next.Onset - group[0].Onset <= window
        && group.TrueForAll(note => note.Place != next.Place && (note.Offset > next.Onset || note.Onset == next.Onset));
}
