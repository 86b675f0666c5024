namespace Duomano.Corpus.Sound;

/// <summary>A filter of the second order, by the formulas of Bristow-Johnson's "Cookbook formulae for audio equalizer biquad filter coefficients".</summary>
internal readonly struct Biquad
{
    private readonly double _b0, _b1, _b2, _a1, _a2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2) =>
        (_b0, _b1, _b2, _a1, _a2) = (b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);

    /// <summary>Raises or lowers what lies around a frequency.</summary>
    public static Biquad Peak(double frequency, double gainDb, double q, int sampleRate)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * frequency / sampleRate);
        var (a, alpha) = (Math.Pow(10, gainDb / 40), sin / (2 * q));
        return new(1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a);
    }

    /// <summary>Takes away what lies below a frequency, 12 dB an octave.</summary>
    public static Biquad HighPass(double frequency, int sampleRate)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * frequency / sampleRate);
        var alpha = sin / Math.Sqrt(2);
        return new((1 + cos) / 2, -1 - cos, (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    /// <summary>Takes away what lies above a frequency, 12 dB an octave.</summary>
    public static Biquad LowPass(double frequency, int sampleRate)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * frequency / sampleRate);
        var alpha = sin / Math.Sqrt(2);
        return new((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    /// <summary>Filters in place.</summary>
    public void Apply(Span<float> samples)
    {
        double z1 = 0, z2 = 0;
        foreach (ref var sample in samples)
        {
            var input = sample;
            var output = _b0 * input + z1;
            z1 = _b1 * input - _a1 * output + z2;
            z2 = _b2 * input - _a2 * output;
            // See Room: nothing that is not heard is computed with.
            if (Math.Abs(z1) < 1e-18) z1 = 0;
            if (Math.Abs(z2) < 1e-18) z2 = 0;
            sample = (float)output;
        }
    }
}
