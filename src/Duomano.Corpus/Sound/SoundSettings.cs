using Duomano.Core.Keyboard;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Sound;

/// <summary>The instrument, its tuning and the room of one rendering.</summary>
public sealed record SoundSettings
{
    /// <summary>Cents of A = 435 Hz and A = 446 Hz from A = 440 Hz: between them lie the pianos of concert halls and homes.</summary>
    private const double LowestTuning = -19.79, HighestTuning = 23.45;

    /// <summary>The instrument: a sound font (.sf2, .sf3), a folder of samples, or an .sfz that tells of samples.</summary>
    public required string SoundFont { get; init; }

    /// <summary>General MIDI program of a sound font: 0 grand, 1 bright, 2 electric grand piano.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another program.</exception>
    public int Program
    {
        get;
        init => field = value is >= 0 and <= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A piano program is 0, 1 or 2.");
    }

    /// <summary>How far the instrument is from A = 440 Hz, cents (−100 to 100).</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than a semitone.</exception>
    public double DetuneCents { get; init => field = Within(value, -100, 100, "An instrument is at most 100 cents out of tune."); }

    /// <summary>Standard deviation of the single keys' tuning, cents (0 to 30).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside.</exception>
    public double KeySpreadCents { get; init => field = Within(value, 0, 30, "Keys differ by 0 to 30 cents."); }

    /// <summary>How much wider than in equal temperament the highest octaves are tuned, and the lowest, cents (0 to 40).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside.</exception>
    public double StretchCents { get; init => field = Within(value, 0, 40, "A keyboard is stretched by 0 to 40 cents."); }

    /// <summary>Decides how far each key is out of tune, and the room's proportions.</summary>
    public long Seed { get; init; }

    /// <summary>Loudness of the reverberation, times the direct sound's: 0 (none) to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside.</exception>
    public double ReverbLevel { get; init => field = Within(value, 0, 1, "A level of reverberation is 0 to 1."); } = 0.4;

    /// <summary>Size of the room, 0 (a cupboard) to 1 (a church).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside.</exception>
    public double RoomSize { get; init => field = Within(value, 0, 1, "A room's size is 0 to 1."); } = 0.3;

    /// <summary>How much the strings of one key beat against each other, 0 (not at all) to 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside.</exception>
    public double ChorusLevel { get; init => field = Within(value, 0, 10, "A level of beating is 0 to 10."); }

    /// <summary>An instrument and a room; grand pianos near their pitch and dry to moderate rooms are the likeliest.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="soundFonts">The instruments to choose from.</param>
    public static SoundSettings Draw(SeededRandom random, IReadOnlyList<string> soundFonts)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(soundFonts);
        var dry = random.NextDouble() < 0.25;
        var untuned = random.NextDouble() < 0.15;
        return new()
        {
            SoundFont = random.Choose(soundFonts),
            Program = random.NextDouble() < 0.7 ? 0 : random.NextDouble() < 0.8 ? 1 : 2,
            DetuneCents = Math.Round(Math.Clamp(9 * random.NextGaussian(), LowestTuning, HighestTuning), 2),
            KeySpreadCents = Math.Round(untuned ? random.Uniform(3, 9) : random.Uniform(0, 2.5), 2),
            StretchCents = Math.Round(random.Uniform(0, 8), 2),
            Seed = (long)(random.NextUInt64() >> 11), // a number that JSON readers keep exactly
            ReverbLevel = dry ? 0 : Math.Round(random.Uniform(0.1, 0.9), 3),
            RoomSize = Math.Round(random.Uniform(0.1, 0.75), 3),
            ChorusLevel = random.NextDouble() < 0.1 ? Math.Round(random.Uniform(0.3, 1.2), 3) : 0,
        };
    }

    /// <summary>How far each of the 88 keys is from equal temperament at A = 440 Hz, cents.</summary>
    internal double[] KeyCents()
    {
        var random = new SeededRandom(Seed, "keys");
        var cents = new double[PianoKey.Count];
        for (var i = 0; i < cents.Length; i++)
        {
            // Flat in the middle and steep at both ends, as tuners stretch (Railsback 1938); 1 at the last treble key.
            var stretch = Math.Pow((PianoKey.All[i].Midi - 69) / (double)(PianoKey.HighestMidi - 69), 3);
            cents[i] = DetuneCents + StretchCents * Math.Max(-1, stretch) + KeySpreadCents * Math.Clamp(random.NextGaussian(), -2.5, 2.5);
        }

        return cents;
    }

    private static double Within(double value, double low, double high, string rule) =>
        value >= low && value <= high ? value : throw new ArgumentOutOfRangeException(nameof(value), value, rule);
}
