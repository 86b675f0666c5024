using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>Which octave the keys in sight are.</summary>
internal static class KeyOctave
{
    private const int A = 9, KeysOfLongestShort = 76, Octave = 12;

    /// <summary>Chooses it.</summary>
    /// <param name="seen">The keys in sight, their octaves counted from anywhere.</param>
    /// <param name="lowestKey">The lowest key in sight if known.</param>
    /// <returns>By how many octaves the keys have to be moved up, and whether that is sure; null when they are more than a piano has.</returns>
    public static (int Octaves, bool IsKnown)? Choose(KeyEvidence seen, PianoKey? lowestKey)
    {
        List<int> possible = [.. Enumerable.Range(-12, 25).Where(octaves => seen.Lowest + Octave * octaves >= PianoKey.LowestMidi && seen.Highest + Octave * octaves <= PianoKey.HighestMidi)];
        if (possible.Count == 0) return null;
        if (lowestKey is { } lowest) return (possible.MinBy(octaves => Math.Abs(seen.Lowest + Octave * octaves - lowest.Midi)), true);
        if (possible.Count == 1) return (possible[0], true);

        // Only 88 keys begin with an A; they end with a C as shorter ones do.
        var keys = seen.Highest - seen.Lowest + 1;
        if (seen.HasLowEnd && Mod(seen.Lowest) == A && !(seen.HasHighEnd && keys < PianoKey.Count)) return (Floor(PianoKey.LowestMidi - seen.Lowest), true);
        if (seen.HasHighEnd && Mod(seen.Highest) == 0 && !seen.HasLowEnd) return (Floor(PianoKey.HighestMidi - seen.Highest), keys > KeysOfLongestShort);

        // Otherwise the one that is nearest to the middle of 88 keys.
        return (possible.MinBy(octaves => Math.Abs(seen.Lowest + seen.Highest + 2 * Octave * octaves - PianoKey.LowestMidi - PianoKey.HighestMidi)), false);
    }

    private static int Mod(int midi) => (midi % Octave + Octave) % Octave;

    private static int Floor(int semitones) => (int)Math.Floor(semitones / (double)Octave);
}
