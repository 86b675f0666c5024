using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Listening;

/// <summary>
/// The listening network's front end: how strong each pitch is at each moment. Every bin compares the sound with a
/// Hann-windowed complex oscillation of its own length (constant-Q transform, Brown 1991), which for all frames at once is
/// a strided convolution with constant kernels; here it is a product of hop-long blocks with the kernels, a group of
/// bins with similar window lengths at a time, which both engines do fast.
/// </summary>
public static class ConstantQ
{
    // Kernels take longer to make than to use.
    private static readonly ConditionalWeakTable<ListeningConfig, ConcurrentDictionary<BinGroup, float[]>> Known = [];

    /// <summary>Amplitude that counts as silence; full scale is 1.</summary>
    public const double Floor = 3e-5;

    /// <summary>Natural logarithm of the amplitude ratio that is 1 in the output; silence is 0.</summary>
    public const float NepersOfOne = 4;

    /// <summary>Amplitude of a full-scale sine's bin is 1; this is the value it has in the output.</summary>
    public static float Level(double amplitude) => (float)((Math.Log(amplitude * amplitude + Floor * Floor) / 2 - Math.Log(Floor)) / NepersOfOne);

    /// <summary>The amplitude that a value of the output stands for; the inverse of <see cref="Level"/>.</summary>
    public static double Amplitude(float level) => Floor * Math.Sqrt(Math.Max(0, Math.Exp(2 * NepersOfOne * level) - 1));

    /// <summary>Samples that the front end needs for a number of frames.</summary>
    public static int SamplesFor(ListeningConfig config, int frames)
    {
        ArgumentNullException.ThrowIfNull(config);
        return (frames + 2 * config.ContextHops) * config.HopSamples;
    }

    /// <summary>Computes levels.</summary>
    /// <typeparam name="T">The engine's tensor.</typeparam>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="samples">
    /// [batch, samples] with <see cref="SamplesFor"/> samples; frame t is centred on sample
    /// (<see cref="ListeningConfig.ContextHops"/> + t) · hop.
    /// </param>
    /// <returns>
    /// [batch, frames, 2 · bins], 0 for silence, about 2.6 for a full-scale sine: all bins through the long windows, then all
    /// through the short ones.
    /// </returns>
    public static T Levels<T>(ITensorOps<T> ops, ListeningConfig config, T samples)
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        var shape = ops.Shape(samples);
        var (batch, blocks, hop) = (shape[0], shape[1] / config.HopSamples, config.HopSamples);
        var frames = blocks - 2 * config.ContextHops;
        if (shape[1] % hop != 0 || frames < 1)
        {
            throw new ArgumentException($"{shape[1]} samples are not a whole number of {hop}-sample hops with {2 * config.ContextHops} to spare.", nameof(samples));
        }

        var rows = ops.Reshape(samples, batch, blocks, hop);
        var powers = new List<T>();
        foreach (var group in Groups(config, false).Concat(Groups(config, true)))
        {
            var first = config.ContextHops - group.Hops;
            var span = Enumerable.Range(first, 2 * group.Hops).Select(start => ops.Slice(rows, 1, start, frames)).ToList();
            var kernels = ops.Constant(Known.GetOrCreateValue(config).GetOrAdd(group, each => Kernels(config, each)), 2 * group.Hops * hop, 2 * group.Bins);
            var parts = ops.MatMul(ops.Concat(2, span), kernels);
            var real = ops.Slice(parts, 2, 0, group.Bins);
            var imaginary = ops.Slice(parts, 2, group.Bins, group.Bins);
            powers.Add(ops.Add(ops.Multiply(real, real), ops.Multiply(imaginary, imaginary)));
        }

        var power = powers.Count == 1 ? powers[0] : ops.Concat(2, powers);
        // ln √(p + ε²) − ln ε = ½ ln(p/ε² + 1): exactly 0 in silence.
        return ops.Affine(ops.Log(ops.Affine(power, (float)(1 / (Floor * Floor)), 1)), 0.5f / NepersOfOne);
    }

    // Bins from the bass upwards whose windows fit into the same number of hops on either side; the reach is halved
    // from group to group, so that no bin's kernel is mostly zeros.
    private static IEnumerable<BinGroup> Groups(ListeningConfig config, bool isAttack)
    {
        var bin = 0;
        while (bin < config.Bins)
        {
            var hops = config.HopsToReach(config.WindowSamples(bin, isAttack));
            var count = 1;
            while (bin + count < config.Bins && 2 * config.HopsToReach(config.WindowSamples(bin + count, isAttack)) > hops) count++;
            yield return new BinGroup(bin, count, hops, isAttack);
            bin += count;
        }
    }

    // [samples of the span, real parts of all bins then imaginary parts].
    private static float[] Kernels(ListeningConfig config, BinGroup group)
    {
        var center = group.Hops * config.HopSamples;
        var kernels = new float[2 * center * 2 * group.Bins];
        for (var i = 0; i < group.Bins; i++)
        {
            var window = config.WindowSamples(group.First + i, group.IsAttack);
            var omega = 2 * Math.PI * config.Frequency(group.First + i) / config.SampleRate;
            var reach = Math.Min(center - 1, (int)Math.Floor(window / 2));
            var sum = 0.0;
            for (var n = -reach; n <= reach; n++) sum += Hann(n, window);
            for (var n = -reach; n <= reach; n++)
            {
                var weight = 2 * Hann(n, window) / sum;
                var row = (center + n) * 2 * group.Bins;
                kernels[row + i] = (float)(weight * Math.Cos(omega * n));
                kernels[row + group.Bins + i] = (float)(-weight * Math.Sin(omega * n));
            }
        }

        return kernels;
    }

    private static double Hann(int n, double window) => 0.5 + 0.5 * Math.Cos(2 * Math.PI * n / window);

    private readonly record struct BinGroup(int First, int Bins, int Hops, bool IsAttack);
}
