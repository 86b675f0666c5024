namespace Duomano.Corpus.Sound;

/// <summary>One pole splits a signal into bass and treble, which are weighted differently.</summary>
internal static class TrebleShelf
{
    /// <summary>How far a filter of one pole goes towards its input from sample to sample.</summary>
    /// <param name="hertz">What lies above is let through less and less.</param>
    /// <param name="sampleRate">Hz.</param>
    public static float Smoothing(double hertz, int sampleRate) => (float)(1 - Math.Exp(-2 * Math.PI * hertz / sampleRate));

    /// <summary>Weights bass and treble in place.</summary>
    /// <param name="samples">Mono samples.</param>
    /// <param name="hertz">Where they part.</param>
    /// <param name="bass">Factor of what lies below.</param>
    /// <param name="treble">Factor of what lies above.</param>
    /// <param name="sampleRate">Hz.</param>
    public static void Apply(Span<float> samples, double hertz, float bass, float treble, int sampleRate)
    {
        var smoothing = Smoothing(hertz, sampleRate);
        var low = 0f;
        foreach (ref var sample in samples)
        {
            low += smoothing * (sample - low);
            sample = bass * low + treble * (sample - low);
        }
    }
}
