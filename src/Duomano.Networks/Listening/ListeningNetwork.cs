using Duomano.Core.Keyboard;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Listening;

/// <summary>
/// Hears which keys are struck, held and sounding, and the pedal. Copies of the constant-Q levels shifted by the harmonics
/// lie on top of each other, so that one small convolution sees a key's partials wherever the key is (after Bittner et
/// al. 2017, "Deep Salience Representations"); every key is then compared with those whose partials coincide with its
/// own, and followed through time; what all keys together tell of loudness, room and pedal is told to each. Nothing is
/// normalised over time, so an output frame depends only on the <see cref="ListeningConfig.ContextFrames"/> around it.
/// </summary>
public static class ListeningNetwork
{
    /// <summary>Outputs a key and frame, in the order of axis 1.</summary>
    public const int Outputs = 7;

    /// <summary>Output: whether the key is struck in this frame.</summary>
    public const int Onset = 0;

    /// <summary>Output: whether the key is down in this frame.</summary>
    public const int Held = 1;

    /// <summary>Output: whether the key's damper is off its string since the key was struck: the key is down or the pedal keeps it.</summary>
    public const int Sounding = 2;

    /// <summary>Output: whether the key comes up in this frame.</summary>
    public const int Release = 3;

    /// <summary>Output: whether the pedal is down in this frame, the same for all keys.</summary>
    public const int Pedal = 4;

    /// <summary>Output: where the strike lies relative to this frame's moment, in frames; means something near a strike only.</summary>
    public const int OnsetTime = 5;

    /// <summary>Output: the strike's MIDI velocity over 127; means something near a strike only.</summary>
    public const int Velocity = 6;

    // Outputs up to here are logits.
    private const int Probabilities = 5;

    // Strikes are rare: starting from small probabilities spares the first hundred steps.
    private static readonly (string Name, float Bias)[] KeyHeads =
        [("onset", -4), ("held", -2.5f), ("sounding", -2), ("release", -4), ("onset_time", 0), ("velocity", 0.5f)];

    /// <summary>Runs the network.</summary>
    /// <typeparam name="T">The engine's tensor.</typeparam>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="levels">[batch, frames, 2 · bins] from <see cref="ConstantQ"/>.</param>
    /// <returns>[batch, <see cref="Outputs"/>, frames, 88]: logits of the probabilities, onset time, velocity.</returns>
    public static T Logits<T>(ITensorOps<T> ops, ListeningConfig config, T levels)
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        var channels = config.KeyChannels;
        var x = ops.Concat(
            1, [.. Harmonics(ops, config, ops.Slice(levels, 2, 0, config.Bins), config.Harmonics), .. Harmonics(ops, config, ops.Slice(levels, 2, config.Bins, config.Bins), config.AttackHarmonics)]);
        x = ops.Relu(Convolve(ops, x, "harmonics.0", config.HarmonicChannels, (3, 3), (1, 1), (1, 1)));
        // Steps from bin to key: the kernel's middle lies on the key's middle bin.
        var perKey = config.BinsPerSemitone;
        x = Convolve(ops, x, "harmonics.1", channels, (3, perKey + 2), (1, perKey), (1, 1));
        x = ops.Relu(ops.Add(x, ops.Parameter("keys.embedding", [1, channels, 1, PianoKey.Count], Initialization.Zeros)));
        T? scene = default;
        for (var group = 0; group < config.Dilations.Count; group++)
        {
            var shown = Convolve(ops, x, $"shown.{group}", config.ShownChannels, (1, 1), (1, 1), (0, 0));
            x = ops.Add(x, ops.Relu(Mix(ops, shown, $"keys.{group}", 3, config.KeyOffsets, channels, gain: 0.5f)));
            if (group == config.Dilations.Count - 1)
            {
                scene = Scene(ops, config, x);
                x = ops.Add(x, Convolve(ops, scene, "scene.out", channels, (1, 1), (1, 1), (0, 0), gain: 0.3f));
            }

            for (var i = 0; i < config.Dilations[group].Count; i++) x = Follow(ops, x, $"time.{group}.{i}", config.Dilations[group][i], channels);
        }

        return Heads(ops, x, scene!, channels);
    }

    /// <summary>Turns logits into probabilities; the other outputs stay.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="logits">From <see cref="Logits"/>.</param>
    public static T Activations<T>(ITensorOps<T> ops, T logits)
    {
        ArgumentNullException.ThrowIfNull(ops);
        return ops.Concat(1, ops.Sigmoid(ops.Slice(logits, 1, 0, Probabilities)), ops.Slice(logits, 1, Probabilities, Outputs - Probabilities));
    }

    // [batch, frames, bins] → for each ratio [batch, 1, frames, 88 · bins a semitone].
    private static IEnumerable<T> Harmonics<T>(ITensorOps<T> ops, ListeningConfig config, T levels, IReadOnlyList<double> ratios)
    {
        var shape = ops.Shape(levels);
        var width = PianoKey.Count * config.BinsPerSemitone;
        var shifts = ratios.Select(ratio => (int)Math.Round(12 * config.BinsPerSemitone * Math.Log2(ratio))).ToList();
        var before = Math.Max(0, -shifts.Min());
        var after = Math.Max(0, shifts.Max() + width - config.Bins);
        var padded = ops.Pad(levels, 2, before, after);
        return shifts.Select(shift => ops.Reshape(ops.Slice(padded, 2, before + shift, width), shape[0], 1, shape[1], width));
    }

    // What all keys together tell, [batch, channels, frames, 1].
    private static T Scene<T>(ITensorOps<T> ops, ListeningConfig config, T x)
    {
        var channels = config.SceneChannels;
        var each = ops.Relu(Convolve(ops, x, "scene.in", channels, (1, 1), (1, 1), (0, 0)));
        var scene = ops.Affine(ops.Sum(each, 3), 1f / PianoKey.Count);
        for (var i = 0; i < config.SceneDilations.Count; i++) scene = Follow(ops, scene, $"scene.{i}", config.SceneDilations[i], channels);
        return scene;
    }

    private static T Follow<T>(ITensorOps<T> ops, T x, string name, int dilation, int channels)
    {
        var hidden = ops.Relu(Mix(ops, x, $"{name}.0", 2, [-dilation, dilation], channels));
        return ops.Add(x, Convolve(ops, hidden, $"{name}.1", channels, (1, 1), (1, 1), (0, 0), gain: 0.3f));
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
    private static T Mix<T>(ITensorOps<T> ops, T x, string name, int axis, IReadOnlyList<int> offsets, int channels, float gain = 1) =>
        Convolve(ops, ops.Concat(1, [x, .. offsets.Select(offset => Shift(ops, x, axis, offset))]), name, channels, (1, 1), (1, 1), (0, 0), gain);

    // y[i] = x[i + offset], zero beyond the ends.
    private static T Shift<T>(ITensorOps<T> ops, T x, int axis, int offset)
    {
        var length = ops.Shape(x)[axis];
        var reach = Math.Min(Math.Abs(offset), length);
        var kept = length - reach;
        if (kept == 0) return ops.Affine(x, 0);
        return offset < 0 ? ops.Pad(ops.Slice(x, axis, 0, kept), axis, reach, 0) : ops.Pad(ops.Slice(x, axis, reach, kept), axis, 0, reach);
    }

    private static T Heads<T>(ITensorOps<T> ops, T x, T scene, int channels)
    {
        var weights = KeyHeads.Select(head => ops.Parameter($"{head.Name}.weight", [1, channels, 1, 1], Initialization.Normal(0.3f / MathF.Sqrt(channels)))).ToList();
        var biases = KeyHeads.Select(head => ops.Parameter($"{head.Name}.bias", [1], Initialization.Constant(head.Bias))).ToList();
        var keys = ops.Conv2d(x, ops.Concat(0, weights), ops.Concat(0, biases), (1, 1), (0, 0));
        var pedal = Convolve(ops, scene, "pedal", 1, (1, 1), (1, 1), (0, 0));
        var frames = ops.Shape(x)[2];
        var everywhere = ops.Add(ops.Constant(new float[PianoKey.Count], 1, 1, 1, PianoKey.Count), pedal);
        return ops.Concat(1, ops.Slice(keys, 1, 0, Pedal), ops.Reshape(everywhere, ops.Shape(x)[0], 1, frames, PianoKey.Count), ops.Slice(keys, 1, Pedal, 2));
    }
}
