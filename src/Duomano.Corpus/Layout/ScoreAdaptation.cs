using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Corpus.Layout;

/// <summary>Makes a take's score out of a piece's: moved, faster or slower, without long silence before it, cut off.</summary>
internal static class ScoreAdaptation
{
    /// <summary>Silence before the first note, seconds: time enough to bring the hands into place.</summary>
    private const double Lead = 0.75;

    /// <summary>Adapts a score.</summary>
    /// <param name="score">The piece.</param>
    /// <param name="transposition">Semitones up; notes that leave the keyboard are moved back by an octave.</param>
    /// <param name="tempoFactor">Times the tempo.</param>
    /// <param name="longest">Seconds after which it is cut off.</param>
    public static Score Adapt(Score score, int transposition, double tempoFactor, double longest)
    {
        var shift = score.Notes.Count == 0 ? 0 : Lead - score.Notes[0].Onset / tempoFactor;
        double Time(double time) => Math.Max(0, time / tempoFactor + shift);
        var notes = new List<Note>(score.Notes.Count);
        foreach (var note in score.Notes)
        {
            var onset = Time(note.Onset);
            if (onset >= longest) break;
            notes.Add(new(onset, Math.Min(Math.Max(onset, Time(note.Offset)), longest), Transposed(note.Key, transposition), note.Velocity)
            {
                Hand = note.Hand,
                Finger = transposition == 0 ? note.Finger : null,
            });
        }

        var pedal = score.Pedal.Select(change => change with { Time = Time(change.Time) }).Where(change => change.Time < longest);
        return new(notes, pedal, score.Title);
    }

    private static PianoKey Transposed(PianoKey key, int semitones)
    {
        var midi = key.Midi + semitones;
        if (midi > PianoKey.HighestMidi) midi -= 12;
        if (midi < PianoKey.LowestMidi) midi += 12;
        return new(midi);
    }
}
