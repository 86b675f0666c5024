using System.Numerics.Tensors;
using Duomano.Core.Numerics;
using Duomano.Networks.Listening;

namespace Duomano.Training.Listening;

/// <summary>
/// Makes one recording sound like many: tuning, loudness, timbre, room and noise are varied on the constant-Q levels,
/// which costs a hundredth of doing it to the sound.
/// </summary>
public sealed record LevelVariation
{
    // With three bins a semitone: a whole tone, an octave, and about 300 Hz.
    private const int BinsOfUnevenness = 6;
    private const int BinsOfAnOctave = 36;
    private const int HighestCorner = 126;

    /// <summary>Loudness is changed by up to this, decibels.</summary>
    public double Gain { get; init => field = AtLeastZero(value); } = 12;

    /// <summary>The treble is changed against the bass by up to this, decibels.</summary>
    public double Tilt { get; init => field = AtLeastZero(value); } = 12;

    /// <summary>Height of each of three random waves over the frequencies, decibels.</summary>
    public double Ripple { get; init => field = AtLeastZero(value); } = 4;

    /// <summary>Unevenness from one whole tone to the next, as rooms and far microphones have it: deviation of up to this, decibels.</summary>
    public double Roughness { get; init => field = AtLeastZero(value); } = 6;

    /// <summary>The bass falls off below a random corner by up to this, decibels an octave.</summary>
    public double BassCut { get; init => field = AtLeastZero(value); } = 12;

    /// <summary>Tuning is changed by up to this, in bins (thirds of a semitone).</summary>
    public double Detune { get; init => field = AtLeastZero(value); } = 0.6;

    /// <summary>Share of excerpts put into a room.</summary>
    public double RoomShare { get; init => field = AtLeastZero(value); } = 0.5;

    /// <summary>The room's energy against the direct sound's, at most.</summary>
    public double RoomEnergy { get; init => field = AtLeastZero(value); } = 1.5;

    /// <summary>Share of excerpts with noise.</summary>
    public double NoiseShare { get; init => field = AtLeastZero(value); } = 0.7;

    /// <summary>Changes an excerpt in place.</summary>
    /// <param name="levels">[frames, bins].</param>
    /// <param name="bins">Bins a frame.</param>
    /// <param name="frameSeconds">Seconds from one frame to the next.</param>
    /// <param name="random">Where the changes are drawn from.</param>
    public void Apply(Span<float> levels, int bins, double frameSeconds, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        Detuned(levels, bins, random.Uniform(-Detune, Detune));

        // Powers in units of the floor: e^(2·4·level) − 1.
        var power = levels;
        TensorPrimitives.Multiply(power, ConstantQ.NepersOfOne * 2, power);
        TensorPrimitives.Exp(power, power);
        TensorPrimitives.Add(power, -1, power);
        Filtered(power, Curve(bins, random));
        if (random.NextDouble() < RoomShare) InRoom(power, bins, random.Uniform(0, RoomEnergy), random.Uniform(0.3, 1.5), frameSeconds);
        if (random.NextDouble() < NoiseShare) WithNoise(power, bins, random);
        TensorPrimitives.Add(power, 1, power);
        TensorPrimitives.Log(power, power);
        TensorPrimitives.Multiply(power, 0.5f / ConstantQ.NepersOfOne, power);
    }

    // Levels between bins are interpolated.
    private static void Detuned(Span<float> levels, int bins, double shift)
    {
        var row = new float[bins];
        var whole = (int)Math.Floor(shift);
        var share = (float)(shift - whole);
        for (var start = 0; start < levels.Length; start += bins)
        {
            var frame = levels.Slice(start, bins);
            frame.CopyTo(row);
            for (var bin = 0; bin < bins; bin++)
            {
                var low = Math.Clamp(bin + whole, 0, bins - 1);
                var high = Math.Clamp(bin + whole + 1, 0, bins - 1);
                frame[bin] = row[low] + share * (row[high] - row[low]);
            }
        }
    }

    // Power factors of a random gain, slope, three waves, unevenness and a bass cut.
    private float[] Curve(int bins, SeededRandom random)
    {
        var gain = random.Uniform(-Gain, Gain);
        var tilt = random.Uniform(-Tilt, Tilt);
        var waves = Enumerable.Range(0, 3)
            .Select(_ => (Height: random.Uniform(-Ripple, Ripple), Cycles: random.Uniform(0.5, 5), Phase: random.Uniform(0, 2 * Math.PI)))
            .ToList();
        var deviation = random.Uniform(0, Roughness);
        var uneven = Enumerable.Range(0, bins / BinsOfUnevenness + 2).Select(_ => deviation * random.NextGaussian()).ToArray();
        var cut = random.Uniform(0, BassCut);
        var corner = random.Uniform(0, HighestCorner);
        var curve = new float[bins];
        for (var bin = 0; bin < bins; bin++)
        {
            var place = bin / (double)(bins - 1);
            var decibels = gain + tilt * (place - 0.5) + waves.Sum(wave => wave.Height * Math.Cos(2 * Math.PI * wave.Cycles * place + wave.Phase));
            var (step, share) = (bin / BinsOfUnevenness, bin % BinsOfUnevenness / (double)BinsOfUnevenness);
            decibels += uneven[step] + share * (uneven[step + 1] - uneven[step]);
            decibels -= cut * Math.Max(0, corner - bin) / BinsOfAnOctave;
            curve[bin] = (float)Math.Pow(10, decibels / 10);
        }

        return curve;
    }

    private static void Filtered(Span<float> power, float[] curve)
    {
        for (var start = 0; start < power.Length; start += curve.Length)
        {
            var frame = power.Slice(start, curve.Length);
            TensorPrimitives.Multiply(frame, curve, frame);
        }
    }

    // The room gives back what it was given, fading by 60 dB in the reverberation time (Sabine).
    private static void InRoom(Span<float> power, int bins, double energy, double reverberation, double frameSeconds)
    {
        var fade = (float)Math.Exp(-frameSeconds * Math.Log(1e6) / reverberation);
        var room = new float[bins];
        var direct = new float[bins];
        for (var start = 0; start < power.Length; start += bins)
        {
            var frame = power.Slice(start, bins);
            frame.CopyTo(direct);
            TensorPrimitives.MultiplyAdd(room, (float)energy, frame, frame);
            TensorPrimitives.Multiply(room, fade, room);
            TensorPrimitives.MultiplyAdd(direct, 1 - fade, room, room);
        }
    }

    // Powers of Gaussian noise are exponentially distributed.
    private static void WithNoise(Span<float> power, int bins, SeededRandom random)
    {
        var loudness = random.Uniform(0, 60); // decibels over the floor
        var slope = random.Uniform(-40, 10); // from bass to treble
        var noise = new float[bins];
        for (var start = 0; start < power.Length; start += bins)
        {
            for (var bin = 0; bin < bins; bin++) noise[bin] = (float)(1 - random.NextDouble());
            TensorPrimitives.Log(noise, noise);
            var frame = power.Slice(start, bins);
            for (var bin = 0; bin < bins; bin++)
            {
                frame[bin] -= noise[bin] * MathF.Exp((float)((loudness - 20 + slope * bin / (bins - 1)) * 0.23026));
            }
        }
    }

    private static double AtLeastZero(double value) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "An amount of variation is at least 0.");
}
