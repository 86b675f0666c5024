using Duomano.Corpus.Sound;

namespace Duomano.Tests.Corpus.Sound;

/// <summary>What there is in a sound.</summary>
internal static class Spectrum
{
    /// <summary>A sine at the corpus's sample rate.</summary>
    public static float[] Sine(double frequency, double seconds = 1, double amplitude = 0.3) =>
        [.. Enumerable.Range(0, (int)(seconds * Instruments.SampleRate)).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / Instruments.SampleRate)))];

    /// <summary>Energy between two times.</summary>
    public static double Energy(float[] samples, double from, double to) =>
        samples[(int)(from * Instruments.SampleRate)..(int)(to * Instruments.SampleRate)].Sum(sample => (double)sample * sample);

    /// <summary>The frequency with the largest Fourier coefficient within a semitone of a guess.</summary>
    public static double StrongestNear(float[] samples, double guess) =>
        Enumerable.Range(-50, 101).Select(step => guess * Math.Pow(2, 2 * step / 1200.0)).MaxBy(frequency => Power(samples, frequency));

    /// <summary>The squared Fourier coefficient at a frequency.</summary>
    public static double Power(float[] samples, double frequency)
    {
        double real = 0, imaginary = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * frequency * i / Instruments.SampleRate);
            real += samples[i] * cos;
            imaginary += samples[i] * sin;
        }

        return real * real + imaginary * imaginary;
    }

    /// <summary>Decibels between two powers.</summary>
    public static double Decibels(double power, double reference) => 10 * Math.Log10(power / reference);
}
