using Duomano.Core.Numerics;

namespace Duomano.Corpus.Sound;

/// <summary>What a microphone and a sound engineer might have done to a recording.</summary>
public sealed record SoundAugmentation
{
    // Where bass and treble part, Hz.
    private const double TiltPivot = 1000;

    /// <summary>Level of the loudest sample before noise, dB below full scale (0 or less).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is above full scale.</exception>
    public double PeakDb { get; init => field = Within(value, -90, 0, "A peak level is −90 to 0 dB."); } = -3;

    /// <summary>How much louder the treble is made than the bass, dB; the pivot is about 1 kHz.</summary>
    public double TiltDb { get; init; }

    /// <summary>Bands that are raised or lowered.</summary>
    public IReadOnlyList<EqualizerBand> Equalizer { get; init; } = [];

    /// <summary>What lies below is taken away, Hz; 0 for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value beyond 1 kHz.</exception>
    public double LowCutHz { get; init => field = Within(value, 0, 1000, "A low cut is at 0 to 1000 Hz."); }

    /// <summary>What lies above is taken away, Hz; 0 for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value that is neither 0 nor 1 kHz to 100 kHz.</exception>
    public double HighCutHz { get; init => field = value == 0 ? 0 : Within(value, 1000, 100_000, "A high cut is at 1000 to 100000 Hz."); }

    /// <summary>By how much what is over a quarter of the peak is made softer: 1 (not at all) to 20 dB for a dB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside.</exception>
    public double CompressionRatio { get; init => field = Within(value, 1, 20, "A compression ratio is 1 to 20."); } = 1;

    /// <summary>How far below the peaks they are cut off, dB (0 to 12).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside.</exception>
    public double ClippingDb { get; init => field = Within(value, 0, 12, "Peaks are cut off by 0 to 12 dB."); }

    /// <summary>Level of added noise, dB below full scale; null for none.</summary>
    public double? NoiseDb { get; init; }

    /// <summary>What the noise sounds like.</summary>
    public NoiseColour NoiseColour { get; init; }

    /// <summary>Level of the mains' hum, dB below full scale; null for none.</summary>
    public double? HumDb { get; init; }

    /// <summary>The mains' frequency, Hz.</summary>
    public double HumHz { get; init; } = 50;

    /// <summary>A treatment; clean recordings are the likeliest.</summary>
    public static SoundAugmentation Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        bool Chance(double share) => random.NextDouble() < share;
        double Uniform(double low, double high, int digits = 2) => Math.Round(random.Uniform(low, high), digits);
        return new()
        {
            PeakDb = Uniform(-16, -0.5),
            TiltDb = Math.Round(Math.Clamp(3 * random.NextGaussian(), -8, 8), 2),
            NoiseDb = Chance(0.4) ? null : Uniform(-78, -48),
            NoiseColour = random.Choose([NoiseColour.White, NoiseColour.Pink, NoiseColour.Brown]),
            Equalizer = Chance(0.5)
                ? []
                : [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => new EqualizerBand(Math.Round(80 * Math.Pow(2, random.Uniform(0, 6.2))), Uniform(-6, 6), Uniform(0.5, 2.5)))],
            LowCutHz = Chance(0.25) ? Uniform(30, 160, 0) : 0,
            HighCutHz = Chance(0.2) ? Uniform(3000, 7500, 0) : 0,
            CompressionRatio = Chance(0.2) ? Uniform(1.5, 4) : 1,
            ClippingDb = Chance(0.06) ? Uniform(0.5, 4) : 0,
            HumDb = Chance(0.1) ? Uniform(-75, -55) : null,
            HumHz = Chance(0.5) ? 50 : 60,
        };
    }

    /// <summary>Applies it in place: filters, compression, clipping, level, then noise.</summary>
    /// <param name="samples">Mono samples; silence stays silence (plus noise).</param>
    /// <param name="sampleRate">Hz.</param>
    /// <param name="random">Makes the noise.</param>
    public void Apply(Span<float> samples, int sampleRate, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (TiltDb != 0) TrebleShelf.Apply(samples, TiltPivot, (float)Amplitude(-TiltDb / 2), (float)Amplitude(TiltDb / 2), sampleRate);
        Filter(samples, sampleRate);
        if (CompressionRatio > 1) Compress(samples, sampleRate);
        var peak = Peak(samples);
        if (ClippingDb > 0)
        {
            peak *= (float)Amplitude(-ClippingDb);
            foreach (ref var sample in samples) sample = Math.Clamp(sample, -peak, peak);
        }

        var gain = peak > 0 ? (float)(Amplitude(PeakDb) / peak) : 1;
        AddNoise(samples, gain, sampleRate, random);
    }

    private void Filter(Span<float> samples, int sampleRate)
    {
        var highest = 0.45 * sampleRate;
        foreach (var band in Equalizer)
        {
            if (band.Hz < highest) Biquad.Peak(band.Hz, band.GainDb, band.Q, sampleRate).Apply(samples);
        }

        if (LowCutHz > 0) Biquad.HighPass(LowCutHz, sampleRate).Apply(samples);
        if (HighCutHz > 0 && HighCutHz < highest) Biquad.LowPass(HighCutHz, sampleRate).Apply(samples);
    }

    // A follower of the loudness that rises within 5 ms and falls within 150 ms decides the gain.
    private void Compress(Span<float> samples, int sampleRate)
    {
        var threshold = Peak(samples) / 4;
        if (threshold == 0) return;
        var (rise, fall) = (1 - Math.Exp(-1 / (0.005 * sampleRate)), 1 - Math.Exp(-1 / (0.15 * sampleRate)));
        var exponent = 1 / CompressionRatio - 1;
        var loudness = 0.0;
        foreach (ref var sample in samples)
        {
            double now = Math.Abs(sample);
            loudness += (now > loudness ? rise : fall) * (now - loudness);
            if (loudness > threshold) sample *= (float)Math.Pow(loudness / threshold, exponent);
        }
    }

    private void AddNoise(Span<float> samples, float gain, int sampleRate, SeededRandom random)
    {
        var (level, hum) = ((float)Amplitude(NoiseDb), Math.Sqrt(2) * Amplitude(HumDb));
        var noise = new Noise(NoiseColour, random);
        for (var i = 0; i < samples.Length; i++)
        {
            var value = samples[i] * gain;
            if (level > 0) value += level * (float)noise.Next();
            if (hum > 0) value += (float)(hum * Math.Sin(2 * Math.PI * HumHz * i / sampleRate));
            samples[i] = Math.Clamp(value, -1, 1);
        }
    }

    private static float Peak(ReadOnlySpan<float> samples)
    {
        var peak = 0f;
        foreach (var sample in samples) peak = Math.Max(peak, Math.Abs(sample));
        return peak;
    }

    private static double Amplitude(double? decibels) => decibels is { } level ? Math.Pow(10, level / 20) : 0;

    private static double Within(double value, double low, double high, string rule) =>
        value >= low && value <= high ? value : throw new ArgumentOutOfRangeException(nameof(value), value, rule);
}

/// <summary>One band of an equalizer.</summary>
/// <param name="Hz">Its middle.</param>
/// <param name="GainDb">How much louder it is made there.</param>
/// <param name="Q">The middle divided by the band's width.</param>
public readonly record struct EqualizerBand(double Hz, double GainDb, double Q);
