using System.Numerics;

namespace Duomano.Corpus.Sound;

/// <summary>Halves a sample rate with a linear-phase low-pass filter (a windowed sinc, Hamming window).</summary>
internal static class HalfBandFilter
{
    private const int Reach = 31;
    private static readonly float[] Taps = MakeTaps();

    /// <summary>Every second sample of the filtered signal, in phase with the input.</summary>
    /// <param name="samples">The signal at the higher rate.</param>
    /// <param name="length">How many samples to return; zeros follow where the signal has ended.</param>
    public static float[] Halve(ReadOnlySpan<float> samples, int length)
    {
        var halved = new float[length];
        for (var i = 0; i < length; i++)
        {
            var from = Math.Max(0, 2 * i - Reach);
            var to = Math.Min(samples.Length, 2 * i + Reach + 1);
            if (from >= to) continue;
            var taps = Taps.AsSpan(from - (2 * i - Reach), to - from);
            halved[i] = Dot(samples[from..to], taps);
        }

        return halved;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count) sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        var sum = Vector.Sum(sums);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static float[] MakeTaps()
    {
        // The edge is placed a little below the new Nyquist frequency, so that what folds back is well damped.
        const double cutoff = 0.46;
        var taps = new double[2 * Reach + 1];
        for (var i = -Reach; i <= Reach; i++)
        {
            var sinc = i == 0 ? cutoff : Math.Sin(Math.PI * cutoff * i) / (Math.PI * i);
            taps[i + Reach] = sinc * (0.54 + 0.46 * Math.Cos(Math.PI * i / (Reach + 1)));
        }

        var sum = taps.Sum();
        return Array.ConvertAll(taps, tap => (float)(tap / sum));
    }
}
