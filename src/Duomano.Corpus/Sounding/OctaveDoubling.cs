using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Corpus.Composing;

namespace Duomano.Corpus.Sounding;

/// <summary>
/// Writes octaves where there were single notes, as pianists' music is full of them and nothing is harder to hear: the
/// lowest notes below themselves, the highest ones above or below.
/// </summary>
internal static class OctaveDoubling
{
    private const int Octave = 12;
    private const double Together = 0.02;

    // Bass notes from middle C down, and notes of the melody from there up.
    private const int Middle = 60;

    /// <summary>Doubles a share of a score's outer notes.</summary>
    public static Score Add(Score score, SeededRandom random)
    {
        var bassShare = random.Chance(0.75) ? random.Uniform(0.3, 1) : 0;
        var melodyShare = random.Chance(0.5) ? random.Uniform(0.3, 1) : 0;
        var up = random.Chance(0.6) ? Octave : -Octave;
        var added = new List<Note>();
        var notes = score.Notes;
        for (var i = 0; i < notes.Count; i++)
        {
            var isLowest = i == 0 || notes[i].Onset - notes[i - 1].Onset > Together;
            var isHighest = i + 1 == notes.Count || notes[i + 1].Onset - notes[i].Onset > Together;
            if (isLowest && notes[i].Key.Midi < Middle && random.Chance(bassShare)) Double(notes[i], -Octave);
            else if (isHighest && notes[i].Key.Midi >= Middle && random.Chance(melodyShare)) Double(notes[i], up);
        }

        return new(notes.Concat(added), score.Pedal, score.Title);

        void Double(Note note, int distance)
        {
            var midi = note.Key.Midi + distance;
            if (midi is < PianoKey.LowestMidi or > PianoKey.HighestMidi) return;
            if (notes.Any(other => other.Key.Midi == midi && other.Onset < note.Offset && other.Offset > note.Onset)) return;
            added.Add(new(note.Onset, note.Offset, new PianoKey(midi), note.Velocity));
        }
    }
}
