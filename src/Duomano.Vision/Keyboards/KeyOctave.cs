using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>Which octave the keys in sight are.</summary>
internal static class KeyOctave
{
    private const int A = 9, KeysOfLongestShort = 76, Octave = 12, MostTrimmed = 4;

    /// <summary>Chooses it.</summary>
    /// <param name="seen">The keys in sight, their octaves counted from anywhere.</param>
    /// <param name="lowestKey">The lowest key in sight if known.</param>
    /// <returns>The keys, and by how many octaves they have been moved up, and whether that is sure; null when they are more than a piano has.</returns>
    public static (PianoKey Lowest, PianoKey Highest, int Octaves, bool IsKnown)? Choose(KeyEvidence seen, PianoKey? lowestKey)
    {
        // What stands beside a keyboard may look like a key or two more.
        for (var trimmed = 0; trimmed <= MostTrimmed; trimmed++)
        {
            for (var low = trimmed; low >= 0; low--)
            {
                var part = seen with { Lowest = seen.Lowest + low, Highest = seen.Highest - (trimmed - low) };
                if (ChooseOf(part, lowestKey) is not var (octaves, isKnown)) continue;
                return (new(part.Lowest + Octave * octaves), new(part.Highest + Octave * octaves), octaves, isKnown);
            }
        }

        return null;
    }

    private static (int Octaves, bool IsKnown)? ChooseOf(KeyEvidence seen, PianoKey? lowestKey)
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
