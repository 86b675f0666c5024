namespace Duomano.Networks.Encoders;

/// <summary>Sound as audio encoders want it: mean 0, variance 1.</summary>
public static class SoundNormalization
{
    // Silence is not blown up without bound.
    private const double Epsilon = 1e-7;

    /// <summary>(x − mean) / √(variance + 1e-7), each clip by itself.</summary>
    /// <param name="samples">[batch, samples].</param>
    /// <param name="batch">Clips, equally long.</param>
    /// <param name="together">Whether mean and variance are those of all clips together, as the published code has it (<see cref="Configuration.ReferenceCompatibility.BatchWaveformNormalization"/>).</param>
    /// <returns>[batch, samples].</returns>
    public static float[] Normalize(ReadOnlySpan<float> samples, int batch = 1, bool together = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (samples.Length == 0 || samples.Length % batch != 0) throw new ArgumentException($"{samples.Length} samples are no {batch} equal clips.", nameof(samples));
        var normalized = samples.ToArray();
        var length = together ? samples.Length : samples.Length / batch;
        for (var first = 0; first < normalized.Length; first += length)
        {
            var clip = normalized.AsSpan(first, length);
            double sum = 0, squares = 0;
            foreach (var sample in clip) sum += sample;
            var mean = sum / length;
            foreach (var sample in clip) squares += (sample - mean) * (sample - mean);
            var scale = 1 / Math.Sqrt(squares / length + Epsilon);
            for (var i = 0; i < length; i++) clip[i] = (float)((clip[i] - mean) * scale);
        }

        return normalized;
    }
}
