using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Performing;

/// <summary>Small fingered pieces.</summary>
internal static class Exercise
{
    /// <summary>A fingered note.</summary>
    public static Note Note(int midi, int finger, double onset, double length, HandSide hand = HandSide.Right, int velocity = 70) =>
        new(onset, onset + length, new PianoKey(midi), velocity) { Hand = hand, Finger = (Finger)finger };

    /// <summary>Notes one after the other, legato.</summary>
    public static List<Note> Line(IReadOnlyList<(int Midi, int Finger)> notes, double step, HandSide hand = HandSide.Right, double start = 0.5) =>
        [.. notes.Select((note, i) => Note(note.Midi, note.Finger, start + i * step, step, hand))];

    /// <summary>C D E F G with all five fingers, up and down.</summary>
    public static List<Note> FiveFingers(double step = 0.25) =>
        Line([(60, 1), (62, 2), (64, 3), (65, 4), (67, 5), (65, 4), (64, 3), (62, 2), (60, 1)], step);

    /// <summary>Two octaves of C major, the thumb passing under.</summary>
    public static List<Note> Scale(double step = 0.25) =>
        Line(
            [(60, 1), (62, 2), (64, 3), (65, 1), (67, 2), (69, 3), (71, 4), (72, 1), (74, 2), (76, 3), (77, 1), (79, 2), (81, 3), (83, 4), (84, 5)],
            step);
}
