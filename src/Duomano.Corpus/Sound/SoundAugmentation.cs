using Duomano.Core.Numerics;

namespace Duomano.Corpus.Sound;

/// <summary>What a microphone and a sound engineer might have done to a recording.</summary>
public sealed record SoundAugmentation
{
    /// <summary>Level of the loudest sample, dB below full scale (0 or less).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is above full scale.</exception>
    public double PeakDb
    {
        get;
        init => field = value is <= 0 and >= -90 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A peak level is −90 to 0 dB.");
    } = -3;

    /// <summary>How much louder the treble is made than the bass, dB; the pivot is about 1 kHz.</summary>
    public double TiltDb { get; init; }

    /// <summary>Level of added noise, dB below full scale; negative infinity for none.</summary>
    public double NoiseDb { get; init; } = double.NegativeInfinity;

    /// <summary>A level, a tilt and a noise floor; clean recordings are the likeliest.</summary>
    public static SoundAugmentation Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new()
        {
            PeakDb = Math.Round(-random.Uniform(0.5, 16), 2),
            TiltDb = Math.Round(Math.Clamp(3 * random.NextGaussian(), -8, 8), 2),
            NoiseDb = random.NextDouble() < 0.4 ? double.NegativeInfinity : Math.Round(random.Uniform(-78, -48), 2),
        };
    }

    /// <summary>Applies it in place: tilt, then level, then noise.</summary>
    /// <param name="samples">Mono samples; silence stays silence (plus noise).</param>
    /// <param name="sampleRate">Hz.</param>
    /// <param name="random">Makes the noise.</param>
    public void Apply(Span<float> samples, int sampleRate, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (TiltDb != 0) Tilt(samples, sampleRate);
        var peak = 0f;
        foreach (var sample in samples) peak = Math.Max(peak, Math.Abs(sample));
        var gain = peak > 0 ? (float)(Amplitude(PeakDb) / peak) : 1;
        var noise = (float)Amplitude(NoiseDb);
        for (var i = 0; i < samples.Length; i++)
        {
            var value = samples[i] * gain;
            if (noise > 0) value += noise * (float)random.NextGaussian();
            samples[i] = Math.Clamp(value, -1, 1);
        }
    }

    // One pole splits the signal into bass and treble, which are weighted in opposite ways.
    private void Tilt(Span<float> samples, int sampleRate)
    {
        const double pivot = 1000;
        var smoothing = (float)(1 - Math.Exp(-2 * Math.PI * pivot / sampleRate));
        var (bass, treble) = ((float)Amplitude(-TiltDb / 2), (float)Amplitude(TiltDb / 2));
        var low = 0f;
        for (var i = 0; i < samples.Length; i++)
        {
            low += smoothing * (samples[i] - low);
            samples[i] = bass * low + treble * (samples[i] - low);
        }
    }

    private static double Amplitude(double decibels) => Math.Pow(10, decibels / 20);
}
