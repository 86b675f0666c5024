using System.Runtime.CompilerServices;
using Duomano.Core.Numerics;
using Duomano.Networks.Listening;

namespace Duomano.Training.Listening;

/// <summary>Makes one dry recording sound like many: each excerpt in another room, before another microphone.</summary>
public sealed record SoundVariation
{
    /// <summary>Length of a room's answer, samples; what would follow is cut off.</summary>
    public const int RoomSamples = 48000;

    // With three bins a semitone: a whole tone, an octave, about 300 Hz and about 1 kHz.
    private const int BinsOfUnevenness = 6;
    private const int BinsOfAnOctave = 36;
    private const int HighestCorner = 126;
    private const int LowestEdge = 186;

    /// <summary>Share of excerpts whose colour is changed: their treble, waves, unevenness, bass and treble cuts.</summary>
    public double ColourShare { get; init => field = Share(value); } = 0.85;

    /// <summary>Loudness is changed by this at least, decibels.</summary>
    public double LowestGain { get; init; } = -26;

    /// <summary>Loudness is changed by this at most, decibels.</summary>
    public double HighestGain { get; init; } = 8;

    /// <summary>The treble is changed against the bass by up to this, decibels.</summary>
    public double Tilt { get; init => field = AtLeastZero(value); } = 14;

    /// <summary>Height of each of three random waves over the frequencies, decibels.</summary>
    public double Ripple { get; init => field = AtLeastZero(value); } = 4;

    /// <summary>Unevenness from one whole tone to the next, as rooms and far microphones have it: deviation of up to this, decibels.</summary>
    public double Roughness { get; init => field = AtLeastZero(value); } = 8;

    /// <summary>The bass falls off below a random corner by up to this, decibels an octave.</summary>
    public double BassCut { get; init => field = AtLeastZero(value); } = 20;

    /// <summary>Share of coloured excerpts whose treble falls off above a random corner, as small and cheap microphones have it.</summary>
    public double TrebleCutShare { get; init => field = Share(value); } = 0.3;

    /// <summary>By how much it then falls off, decibels an octave.</summary>
    public double TrebleCut { get; init => field = AtLeastZero(value); } = 30;

    /// <summary>Share of excerpts put into a room.</summary>
    public double RoomShare { get; init => field = Share(value); } = 0.75;

    /// <summary>Energy of the room's answer against the direct sound's, at least and at most, decibels.</summary>
    public double DriestRoom { get; init; } = -18;

    /// <inheritdoc cref="DriestRoom"/>
    public double WettestRoom { get; init; } = 12;

    /// <summary>Longest reverberation time, seconds; the shortest is 0.15 s.</summary>
    public double LongestReverberation { get; init => field = AtLeastZero(value); } = 3.5;

    /// <summary>Share of excerpts with noise.</summary>
    public double NoiseShare { get; init => field = Share(value); } = 0.7;

    /// <summary>Loudest noise, decibels below full scale.</summary>
    public double LoudestNoise { get; init; } = -42;

    /// <summary>Share of excerpts with the mains' hum.</summary>
    public double HumShare { get; init => field = Share(value); } = 0.08;

    /// <summary>Share of excerpts whose loudness is evened out, as telephones and cameras do.</summary>
    public double EvennessShare { get; init => field = Share(value); } = 0.12;

    /// <summary>Share of excerpts that are too loud for what recorded them.</summary>
    public double ClippingShare { get; init => field = Share(value); } = 0.06;

    /// <summary>Draws what is done to an excerpt.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="config">The front end's bins.</param>
    public RecordingConditions Draw(SeededRandom random, ListeningConfig config)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(config);
        float Amplitude(double decibels) => (float)Math.Pow(10, decibels / 20);
        return new(
            random.NextDouble() < RoomShare ? Room(random, config.SampleRate) : [1],
            Colour(config.Bins, random),
            random.NextDouble() < NoiseShare ? Amplitude(random.Uniform(-85, LoudestNoise)) : 0,
            (float)random.Uniform(0, 1),
            random.NextDouble() < HumShare ? Amplitude(random.Uniform(-75, -48)) : 0,
            random.NextDouble() < 0.5 ? 50 : 60,
            (long)(random.NextUInt64() >> 1),
            random.NextDouble() < EvennessShare ? (float)random.Uniform(0.2, 0.7) : 0,
            random.NextDouble() < ClippingShare ? (float)random.Uniform(0.15, 0.5) : float.PositiveInfinity);
    }

    // Noise that dies away, the treble faster, with a few single echoes before it.
    private float[] Room(SeededRandom random, int sampleRate)
    {
        var reverberation = 0.15 * Math.Pow(LongestReverberation / 0.15, random.NextDouble());
        var energy = Math.Pow(10, random.Uniform(DriestRoom, WettestRoom) / 10);
        var start = (int)(random.Uniform(0.002, 0.03) * sampleRate);
        var length = Math.Min(RoomSamples, start + (int)(0.9 * reverberation * sampleRate));
        var room = new float[length];
        var fade = Math.Pow(10, -3 / (reverberation * sampleRate));
        var dulling = random.Uniform(0.2, 0.95);
        var (strength, low, power) = (1.0, 0.0, 0.0);
        for (var i = start; i < length; i++, strength *= fade)
        {
            var openness = 1 - dulling * (1 - strength);
            low += openness * (strength * random.NextGaussian() - low);
            room[i] = (float)low;
            power += low * low;
        }

        var scale = (float)Math.Sqrt(energy / Math.Max(1e-12, power));
        for (var i = start; i < length; i++) room[i] *= scale;
        room[0] = 1;
        // As loud as without a room: a distant microphone hears less of the piano itself, and not more of everything.
        var level = (float)(1 / Math.Sqrt(1 + energy));
        var echoes = random.Next(7);
        for (var i = 0; i < echoes; i++)
        {
            var at = (int)(random.Uniform(0.001, 0.04) * sampleRate);
            if (at < length) room[at] += (float)(random.Uniform(-0.5, 0.5) * Math.Min(1, Math.Sqrt(energy)));
        }

        for (var i = 0; i < length; i++) room[i] *= level;
        return room;
    }

    // Power factors of a random gain, slope, three waves, unevenness and a bass cut.
    private float[] Colour(int bins, SeededRandom random)
    {
        var gain = random.Uniform(LowestGain, HighestGain);
        if (random.NextDouble() >= ColourShare)
        {
            var same = new float[bins];
            Array.Fill(same, (float)Math.Pow(10, gain / 10));
            return same;
        }

        var tilt = random.Uniform(-Tilt, Tilt);
        var waves = Enumerable.Range(0, 3)
            .Select(_ => (Height: random.Uniform(-Ripple, Ripple), Cycles: random.Uniform(0.5, 5), Phase: random.Uniform(0, 2 * Math.PI)))
            .ToList();
        var deviation = random.Uniform(0, Roughness);
        var uneven = Enumerable.Range(0, bins / BinsOfUnevenness + 2).Select(_ => deviation * random.NextGaussian()).ToArray();
        var cut = random.Uniform(0, BassCut);
        var corner = random.Uniform(0, HighestCorner);
        var (dull, edge) = (random.NextDouble() < TrebleCutShare ? random.Uniform(0, TrebleCut) : 0, random.Uniform(LowestEdge, bins));
        var colour = new float[bins];
        for (var bin = 0; bin < bins; bin++)
        {
            var place = bin / (double)(bins - 1);
            var decibels = gain + tilt * (place - 0.5) + waves.Sum(wave => wave.Height * Math.Cos(2 * Math.PI * wave.Cycles * place + wave.Phase));
            var (step, share) = (bin / BinsOfUnevenness, bin % BinsOfUnevenness / (double)BinsOfUnevenness);
            decibels += uneven[step] + share * (uneven[step + 1] - uneven[step]);
            decibels -= cut * Math.Max(0, corner - bin) / BinsOfAnOctave + dull * Math.Max(0, bin - edge) / BinsOfAnOctave;
            colour[bin] = (float)Math.Pow(10, decibels / 10);
        }

        return colour;
    }

    private static double AtLeastZero(double value, [CallerMemberName] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "An amount of variation is at least 0.");

    private static double Share(double value, [CallerMemberName] string name = "") =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is a share, 0 to 1.");
}
