using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Sounding;

/// <summary>
/// The pedal of a pianist whose score does not say any: changed with the bass, up when the new note sounds and down a
/// moment later, so that harmonies are joined and do not run into each other.
/// </summary>
internal static class LegatoPedal
{
    // The pedal follows notes below this, the middle C.
    private const int HighestBass = 60;

    /// <summary>Pedal for notes.</summary>
    /// <param name="notes">What is played.</param>
    /// <param name="random">Decides how this pianist pedals.</param>
    public static List<PedalChange> For(IReadOnlyList<Note> notes, SeededRandom random)
    {
        var longest = random.Uniform(1.2, 4);
        var shortest = random.Uniform(0.35, 0.9);
        var delay = random.Uniform(0.06, 0.18);
        var dryness = random.Uniform(0, 0.5);
        // Some pianists lift it half way, so that the strings are damped slowly.
        var half = random.NextDouble() < 0.3 ? random.Uniform(0.2, 0.8) : 0;
        var changes = new List<PedalChange>();
        var (last, lifted, bass) = (double.NegativeInfinity, 0.0, -1);
        foreach (var note in notes.OrderBy(note => note.Onset).ThenBy(note => note.Key))
        {
            var since = note.Onset - last;
            var isNewBass = note.Key.Midi < HighestBass && note.Key.Midi != bass;
            if (since < shortest || (!isNewBass && since < longest)) continue;
            var up = Math.Max(lifted, note.Onset + random.Uniform(-0.03, 0.05));
            changes.Add(new(up, random.NextDouble() < half ? 25 + random.Next(35) : 0));
            lifted = up + 0.02;
            last = note.Onset;
            if (note.Key.Midi < HighestBass) bass = note.Key.Midi;
            if (random.NextDouble() < dryness) continue;
            lifted = up + delay * random.Uniform(0.6, 1.4);
            changes.Add(new(lifted, 127));
        }

        if (changes.Count > 0) changes.Add(new(Math.Max(lifted + 0.02, notes.Max(note => note.Offset) + random.Uniform(-0.2, 1)), 0));
        return changes;
    }
}
