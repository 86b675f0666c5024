using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Corpus.Composing;

/// <summary>Shortens held notes so that a hand never holds more than it can: five keys within a wide grip.</summary>
internal static class Playability
{
    /// <summary>Widest grip, semitones (a tenth and a semitone).</summary>
    public const int WidestGrip = 16;

    /// <summary>A key must rise this long before it is struck again, seconds.</summary>
    private const double Rise = 0.03;

    /// <summary>Notes that start this close together belong to one chord, seconds.</summary>
    private const double ChordWindow = 0.05;

    /// <summary>Returns the same onsets with offsets that two hands can play.</summary>
    public static IEnumerable<Note> Enforce(IEnumerable<Note> notes)
    {
        var ordered = notes.OrderBy(note => note.Onset).ThenBy(note => note.Key).ToArray();
        foreach (var side in HandSides.Both) ReleaseUnreachable(ordered, side);
        return WithoutCollisions(ordered);
    }

    private static void ReleaseUnreachable(Note[] notes, HandSide side)
    {
        var held = new List<int>();
        for (var i = 0; i < notes.Length; i++)
        {
            if (notes[i].Hand != side) continue;
            held.RemoveAll(h => notes[h].Offset <= notes[i].Onset);
            held.Add(i);
            foreach (var earlier in held.Where(h => notes[i].Onset - notes[h].Onset >= ChordWindow).ToArray())
            {
                var lowest = held.Min(h => notes[h].Key.Midi);
                var highest = held.Max(h => notes[h].Key.Midi);
                if (held.Count <= 5 && highest - lowest <= WidestGrip) break;
                // The oldest go first; the gap leaves time to travel.
                notes[earlier] = Until(notes[earlier], Math.Max(notes[earlier].Onset + 0.03, notes[i].Onset - 0.02));
                held.Remove(earlier);
            }
        }
    }

    // A key is one key, whichever hand holds it: it is let go before its next stroke, and a stroke that comes while it
    // has hardly gone down is left out.
    private static IEnumerable<Note> WithoutCollisions(Note[] notes)
    {
        foreach (var group in notes.GroupBy(note => note.Key))
        {
            Note? pending = null;
            foreach (var note in group.OrderBy(note => note.Onset))
            {
                if (pending is { } before)
                {
                    if (note.Onset - before.Onset < 2 * Rise) continue;
                    yield return Until(before, Math.Min(before.Offset, note.Onset - Rise));
                }

                pending = note;
            }

            if (pending is { } last) yield return last;
        }
    }

    private static Note Until(Note note, double offset) =>
        offset >= note.Offset ? note : new(note.Onset, offset, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger };
}
