using Duomano.Core.Keyboard;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Listening;

/// <summary>
/// Hears which keys are struck and held. Copies of the constant-Q levels shifted by the harmonics lie on top of each
/// other, so that one small convolution sees a key's partials wherever the key is (after Bittner et al. 2017, "Deep
/// Salience Representations"); every key is then compared with those whose partials coincide with its own, and followed
/// through time. Nothing is normalised over time, so an output frame depends only on the
/// <see cref="ListeningConfig.ContextFrames"/> around it.
/// </summary>
public static class ListeningNetwork
{
    /// <summary>Outputs a key and frame, in the order of axis 1.</summary>
    public const int Outputs = 4;

    /// <summary>Output: whether the key is struck in this frame.</summary>
    public const int Onset = 0;

    /// <summary>Output: whether the key is down in this frame.</summary>
    public const int Held = 1;

    /// <summary>Output: where the strike lies relative to this frame's moment, in frames; means something near a strike only.</summary>
    public const int OnsetTime = 2;

    /// <summary>Output: the strike's MIDI velocity over 127; means something near a strike only.</summary>
    public const int Velocity = 3;

    /// <summary>Runs the network.</summary>
    /// <typeparam name="T">The engine's tensor.</typeparam>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="levels">[batch, frames, bins] from <see cref="ConstantQ"/>.</param>
    /// <returns>[batch, <see cref="Outputs"/>, frames, 88]: logits of onset and held, onset time, velocity.</returns>
    public static T Logits<T>(ITensorOps<T> ops, ListeningConfig config, T levels)
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        var channels = config.KeyChannels;
        var x = Harmonics(ops, config, levels);
        x = ops.Relu(Convolve(ops, x, "harmonics.0", config.HarmonicChannels, (3, 3), (1, 1), (1, 1)));
        // Steps from bin to key: the kernel's middle lies on the key's middle bin.
        var perKey = config.BinsPerSemitone;
        x = Convolve(ops, x, "harmonics.1", channels, (3, perKey + 2), (1, perKey), (1, 1));
        x = ops.Relu(ops.Add(x, ops.Parameter("keys.embedding", [1, channels, 1, PianoKey.Count], Initialization.Zeros)));
        for (var group = 0; group < config.Dilations.Count; group++)
        {
            x = ops.Add(x, ops.Relu(Mix(ops, x, $"keys.{group}", 3, config.KeyOffsets, channels)));
            for (var i = 0; i < config.Dilations[group].Count; i++)
            {
                var dilation = config.Dilations[group][i];
                var name = $"time.{group}.{i}";
                var hidden = ops.Relu(Mix(ops, x, $"{name}.0", 2, [-dilation, dilation], channels));
                x = ops.Add(x, Convolve(ops, hidden, $"{name}.1", channels, (1, 1), (1, 1), (0, 0), gain: 0.3f));
            }
        }

        return Heads(ops, x, channels);
    }

    /// <summary>Turns logits into probabilities; the other outputs stay.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="logits">From <see cref="Logits"/>.</param>
    public static T Activations<T>(ITensorOps<T> ops, T logits)
    {
        ArgumentNullException.ThrowIfNull(ops);
        return ops.Concat(1, ops.Sigmoid(ops.Slice(logits, 1, Onset, 2)), ops.Slice(logits, 1, OnsetTime, 2));
    }

    // [batch, frames, bins] → [batch, harmonics, frames, 88 · bins a semitone].
    private static T Harmonics<T>(ITensorOps<T> ops, ListeningConfig config, T levels)
    {
        var shape = ops.Shape(levels);
        var width = PianoKey.Count * config.BinsPerSemitone;
        var shifts = config.Harmonics.Select(ratio => (int)Math.Round(12 * config.BinsPerSemitone * Math.Log2(ratio))).ToList();
        var before = Math.Max(0, -shifts.Min());
        var after = Math.Max(0, shifts.Max() + width - config.Bins);
        var padded = ops.Pad(levels, 2, before, after);
        return ops.Concat(1, [.. shifts.Select(shift => ops.Reshape(ops.Slice(padded, 2, before + shift, width), shape[0], 1, shape[1], width))]);
    }

    private static T Convolve<T>(
        ITensorOps<T> ops, T x, string name, int channels, (int Height, int Width) kernel, (int, int) stride, (int, int) padding, float gain = 1)
    {
        var inputs = ops.Shape(x)[1];
        var deviation = gain * MathF.Sqrt(2f / (inputs * kernel.Height * kernel.Width)); // He et al. 2015
        var weight = ops.Parameter($"{name}.weight", [channels, inputs, kernel.Height, kernel.Width], Initialization.Normal(deviation));
        var bias = ops.Parameter($"{name}.bias", [channels], Initialization.Zeros);
        return ops.Conv2d(x, weight, bias, stride, padding);
    }

    // A convolution along an axis whose taps are anywhere: the shifted copies side by side, then a 1×1 convolution.
    private static T Mix<T>(ITensorOps<T> ops, T x, string name, int axis, IReadOnlyList<int> offsets, int channels) =>
        Convolve(ops, ops.Concat(1, [x, .. offsets.Select(offset => Shift(ops, x, axis, offset))]), name, channels, (1, 1), (1, 1), (0, 0));

    // y[i] = x[i + offset], zero beyond the ends.
    private static T Shift<T>(ITensorOps<T> ops, T x, int axis, int offset)
    {
        var length = ops.Shape(x)[axis];
        var reach = Math.Min(Math.Abs(offset), length);
        var kept = length - reach;
        if (kept == 0) return ops.Affine(x, 0);
        return offset < 0 ? ops.Pad(ops.Slice(x, axis, 0, kept), axis, reach, 0) : ops.Pad(ops.Slice(x, axis, reach, kept), axis, 0, reach);
    }

    private static T Heads<T>(ITensorOps<T> ops, T x, int channels)
    {
        // Strikes are rare: starting from small probabilities spares the first hundred steps.
        (string Name, float Bias)[] heads = [("onset", -4), ("held", -2.5f), ("onset_time", 0), ("velocity", 0.5f)];
        var weights = heads.Select(head => ops.Parameter($"{head.Name}.weight", [1, channels, 1, 1], Initialization.FanIn(channels))).ToList();
        var biases = heads.Select(head => ops.Parameter($"{head.Name}.bias", [1], Initialization.Constant(head.Bias))).ToList();
        return ops.Conv2d(x, ops.Concat(0, weights), ops.Concat(0, biases), (1, 1), (0, 0));
    }
}
