using Duomano.Core.Numerics;

namespace Duomano.Corpus.Sound;

/// <summary>The instrument and the room of one rendering.</summary>
public sealed record SoundSettings
{
    /// <summary>Path of a sound font (.sf2 or .sf3).</summary>
    public required string SoundFont { get; init; }

    /// <summary>General MIDI program: 0 grand, 1 bright, 2 electric grand piano.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another program.</exception>
    public int Program
    {
        get;
        init => field = value is >= 0 and <= 2 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A piano program is 0, 1 or 2.");
    }

    /// <summary>How far the instrument is from A = 440 Hz, cents (−100 to 100).</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than a semitone.</exception>
    public double DetuneCents
    {
        get;
        init => field = value is >= -100 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "An instrument is at most 100 cents out of tune.");
    }

    /// <summary>Loudness of the reverberation, 0 (none) to 1.</summary>
    public double ReverbLevel { get; init; } = 0.4;

    /// <summary>Size of the room, 0 to 1.</summary>
    public double RoomSize { get; init; } = 0.3;

    /// <summary>Loudness of the chorus effect, 0 (none) to 10.</summary>
    public double ChorusLevel { get; init; }

    /// <summary>An instrument and a room; grand pianos near their pitch and dry to moderate rooms are the likeliest.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="soundFonts">The sound fonts to choose from.</param>
    public static SoundSettings Draw(SeededRandom random, IReadOnlyList<string> soundFonts)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(soundFonts);
        var dry = random.NextDouble() < 0.25;
        return new()
        {
            SoundFont = random.Choose(soundFonts),
            Program = random.NextDouble() < 0.7 ? 0 : random.NextDouble() < 0.8 ? 1 : 2,
            DetuneCents = Math.Round(Math.Clamp(9 * random.NextGaussian(), -30, 30), 2),
            ReverbLevel = dry ? 0 : Math.Round(random.Uniform(0.1, 0.9), 3),
            RoomSize = Math.Round(random.Uniform(0.1, 0.75), 3),
            ChorusLevel = random.NextDouble() < 0.1 ? Math.Round(random.Uniform(0.3, 1.2), 3) : 0,
        };
    }
}
