namespace Duomano.Networks.Layers;

/// <summary>Numbers added to attention scores before their softmax.</summary>
public static class AttentionMasks
{
    /// <summary>Frame i sees the frames j ≤ i: [frames, frames], 0 or −∞.</summary>
    public static float[] Causal(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        var mask = new float[frames * frames];
        for (var i = 0; i < frames; i++) mask.AsSpan(i * frames + i + 1, frames - i - 1).Fill(float.NegativeInfinity);
        return mask;
    }

    /// <summary>
    /// Causal, and the further back a frame, the less it weighs: −slope·⌊(i − j)/period⌋ with slope 2^(−8(h + 1)/heads) of
    /// head h (Press et al. 2022), which for four heads is ¼, 1/16, 1/64, 1/256.
    /// </summary>
    /// <returns>[heads, frames, frames].</returns>
    public static float[] BiasedCausal(int frames, int period, int heads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        var causal = Causal(frames);
        var mask = new float[heads * causal.Length];
        for (var h = 0; h < heads; h++)
        {
            var slope = MathF.Pow(2, -8f * (h + 1) / heads);
            var head = mask.AsSpan(h * causal.Length, causal.Length);
            causal.CopyTo(head);
            for (var i = 0; i < frames; i++)
            {
                for (var j = 0; j < i; j++) head[i * frames + j] = -slope * ((i - j) / period);
            }
        }

        return mask;
    }
}
