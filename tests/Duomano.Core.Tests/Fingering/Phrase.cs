using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Fingering;

/// <summary>Makes notes for fingering tests and writes fingerings as digits.</summary>
internal static class Phrase
{
    /// <summary>Keys one after the other for one hand.</summary>
    public static Note[] Line(HandSide? hand, double step, params IEnumerable<int> keys) =>
        [.. keys.Select((key, i) => new Note(i * step, (i + 1) * step, new(key), 64) { Hand = hand })];

    /// <summary>Keys struck together.</summary>
    public static Note[] Chord(HandSide? hand, double onset, params IEnumerable<int> keys) =>
        [.. keys.Select(key => new Note(onset, onset + 0.5, new(key), 64) { Hand = hand })];

    /// <summary>The same with hands swapped and keys mirrored about D4, which maps white keys to white keys.</summary>
    public static Note Mirror(Note note) =>
        new(note.Onset, note.Offset, new(124 - note.Key.Midi), note.Velocity) { Hand = note.Hand?.Other(), Finger = note.Finger };

    /// <summary>The fingers of a plan as digits, 0 for none.</summary>
    public static string Digits(IEnumerable<Note> notes) => string.Concat(notes.Select(note => (int?)note.Finger ?? 0));

    /// <summary>Plans and writes the fingers.</summary>
    public static string Fingers(IReadOnlyList<Note> notes) => Digits(FingeringPlanner.Plan(notes).Notes);

    /// <summary>A major scale over octaves, up and down again.</summary>
    public static IEnumerable<int> MajorScale(int tonic, int octaves)
    {
        int[] steps = [0, 2, 4, 5, 7, 9, 11];
        int[] up = [.. Enumerable.Range(0, octaves).SelectMany(octave => steps.Select(step => tonic + 12 * octave + step)), tonic + 12 * octaves];
        return up.Concat(up.Reverse().Skip(1));
    }

    /// <summary>Whether a key is within the keyboard.</summary>
    public static bool IsKey(int midi) => PianoKey.IsOnPiano(midi);
}
