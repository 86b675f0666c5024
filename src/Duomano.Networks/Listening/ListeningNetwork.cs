using Duomano.Core.Keyboard;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Listening;

/// <summary>
/// Hears which keys are struck, held and sounding, and the pedal. Copies of the constant-Q levels shifted by the harmonics
/// lie on top of each other, so that one small convolution sees a key's partials wherever the key is (after Bittner et
/// al. 2017, "Deep Salience Representations"). Every key is compared with all others by their distances, and
/// followed through time; the scene, a layer that sees all keys at once, knows chords, loudness, room and pedal, and tells each key. Up to here an
/// output frame depends only on the <see cref="ListeningConfig.ContextFrames"/> around it. Then memories go from frame to
/// frame, one of the scene and one of each key, which sees what was first thought of its onset and its being held: it
/// remembers what was struck for as long as it is held. They only look back, and can be handed on from piece to piece.
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

    // Outputs of a key that are thought of twice: onset, held, sounding, release.
    private const int FirstThoughts = 4;

    // Strikes are rare: starting from small probabilities spares the first hundred steps.
    private static readonly (string Name, float Bias)[] KeyHeads =
        [("onset", -4), ("held", -2.5f), ("sounding", -2), ("release", -4), ("onset_time", 0), ("velocity", 0.5f)];

    // A memory's gate starts open: it keeps most of what it has.
    private const float KeepingBias = 2;

    /// <summary>A memory of silence.</summary>
    /// <typeparam name="T">The engine's tensor.</typeparam>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="batch">Number of recordings.</param>
    public static ListeningMemory<T> Silence<T>(ITensorOps<T> ops, ListeningConfig config, int batch)
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        T Nothing(int rows, int units) => ops.Constant(new float[rows * units], rows, units);
        return new(Nothing(batch, config.SceneMemory), Nothing(batch * PianoKey.Count, config.KeyMemory));
    }

    /// <summary>Runs the network.</summary>
    /// <typeparam name="T">The engine's tensor.</typeparam>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="levels">[batch, frames, 2 · bins] from <see cref="ConstantQ"/>.</param>
    /// <param name="memory">What is remembered of the time before; silence if not given.</param>
    /// <param name="context">Frames at either end that are seen and not told of.</param>
    /// <returns>[batch, <see cref="Outputs"/>, frames, 88], logits of the probabilities, onset time, velocity; and what is remembered after the last of these frames.</returns>
    public static (T Logits, ListeningMemory<T> Memory) Hear<T>(ITensorOps<T> ops, ListeningConfig config, T levels, ListeningMemory<T>? memory = null, int context = 0)
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        var (batch, frames) = (ops.Shape(levels)[0], ops.Shape(levels)[1] - 2 * context);
        memory ??= Silence(ops, config, batch);
        var keys = Keys(ops, config, levels);
        var scene = Scene(ops, config, keys);
        (keys, scene) = (ops.Slice(keys, 0, context, frames), ops.Slice(scene, 0, context, frames));

        var sceneMemory = Remember(ops, scene, "scene.memory", config.SceneMemory, memory.Scene);
        scene = ops.Concat(-1, scene, sceneMemory);
        var told = ops.Reshape(Dense(ops, scene, "scene.out", PianoKey.Count * config.ToldChannels, gain: 0.5f), frames, batch, PianoKey.Count, config.ToldChannels);
        var thoughts = Heads(ops, keys, "first_", KeyHeads.AsSpan(0, FirstThoughts));
        var seen = ops.Concat(-1, keys, ops.Relu(told), ops.Sigmoid(thoughts));
        var inputs = ops.Shape(seen)[3];
        var keyMemory = Remember(ops, ops.Reshape(seen, frames, batch * PianoKey.Count, inputs), "keys.memory", config.KeyMemory, memory.Keys);
        seen = ops.Concat(-1, seen, ops.Reshape(keyMemory, frames, batch, PianoKey.Count, config.KeyMemory));
        var judged = Heads(ops, ops.Relu(Dense(ops, seen, "judge", config.KeyChannels)), "", [.. KeyHeads.Select((head, i) => i < FirstThoughts ? head with { Bias = 0 } : head)]);
        // Judged once more: what was first thought, and what the memory adds.
        var twice = ops.Add(ops.Slice(judged, 3, 0, FirstThoughts), thoughts);
        var pedal = ops.Reshape(Dense(ops, scene, "pedal", 1), frames, batch, 1, 1);
        var everywhere = ops.Add(ops.Constant(new float[PianoKey.Count], 1, 1, PianoKey.Count, 1), pedal);
        var logits = ops.Concat(3, twice, everywhere, ops.Slice(judged, 3, FirstThoughts, KeyHeads.Length - FirstThoughts));
        return (ops.Permute(logits, 1, 3, 0, 2), new(Last(ops, sceneMemory), Last(ops, keyMemory)));
    }

    /// <summary>Turns logits into probabilities; the other outputs stay.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="logits">From <see cref="Hear"/>.</param>
    public static T Activations<T>(ITensorOps<T> ops, T logits)
    {
        ArgumentNullException.ThrowIfNull(ops);
        return ops.Concat(1, ops.Sigmoid(ops.Slice(logits, 1, 0, Probabilities)), ops.Slice(logits, 1, Probabilities, Outputs - Probabilities));
    }

    // What is seen of each key, [frames, batch, 88, channels]: time first, so that what is a moment apart lies a row apart.
    private static T Keys<T>(ITensorOps<T> ops, ListeningConfig config, T levels)
    {
        var channels = config.KeyChannels;
        var x = ops.Concat(
            1, [.. Harmonics(ops, config, ops.Slice(levels, 2, 0, config.Bins), config.Harmonics), .. Harmonics(ops, config, ops.Slice(levels, 2, config.Bins, config.Bins), config.AttackHarmonics)]);
        x = ops.Permute(ops.Relu(Convolve(ops, x, "harmonics.0", config.HarmonicChannels, (3, 3), (1, 1), (1, 1))), 2, 0, 3, 1);
        x = Dense(ops, Moments(ops, OfKeys(ops, x, config.BinsPerSemitone), 1), "harmonics.1", channels);
        x = ops.Relu(ops.Add(x, ops.Parameter("keys.embedding", [1, 1, PianoKey.Count, channels], Initialization.Zeros)));
        for (var group = 0; group < config.Dilations.Count; group++)
        {
            x = Compare(ops, x, group, config.ShownChannels);
            for (var i = 0; i < config.Dilations[group].Count; i++) x = Follow(ops, x, $"time.{group}.{i}", config.Dilations[group][i]);
        }

        return x;
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

    // Every key looks at all keys, each of a few channels weighted by the distance alone: wherever an octave or a fifth is, it is one.
    private static T Compare<T>(ITensorOps<T> ops, T x, int group, int shown)
    {
        var shape = ops.Shape(x);
        var (frames, batch) = (shape[0], shape[1]);
        const int keys = PianoKey.Count;
        var distances = ops.Parameter($"keys.{group}.distances", [shown, 2 * keys - 1], Initialization.Normal(1 / MathF.Sqrt(keys)));
        var matrix = ops.Concat(1, [.. Enumerable.Range(0, keys).Select(source => ops.Reshape(ops.Slice(distances, 1, keys - 1 - source, keys), shown, 1, keys))]);
        var views = ops.Reshape(ops.Permute(Dense(ops, x, $"shown.{group}", shown), 3, 0, 1, 2), shown, frames * batch, keys);
        var compared = ops.Permute(ops.Reshape(ops.MatMul(views, matrix), shown, frames, batch, keys), 1, 2, 3, 0);
        return ops.Add(x, ops.Relu(Dense(ops, compared, $"keys.{group}", shape[3], gain: 0.5f)));
    }

    // What all keys together tell, [frames, batch, channels].
    private static T Scene<T>(ITensorOps<T> ops, ListeningConfig config, T keys)
    {
        var shape = ops.Shape(keys);
        var each = ops.Relu(Dense(ops, keys, "scene.keys", config.ToldChannels));
        var all = ops.Reshape(each, shape[0], shape[1], PianoKey.Count * config.ToldChannels);
        var scene = ops.Relu(Dense(ops, all, "scene.in", config.SceneChannels));
        for (var i = 0; i < config.SceneDilations.Count; i++) scene = Follow(ops, scene, $"scene.{i}", config.SceneDilations[i]);
        return scene;
    }

    // A residual layer that sees three moments; time is axis 0.
    private static T Follow<T>(ITensorOps<T> ops, T x, string name, int dilation)
    {
        var channels = ops.Shape(x)[^1];
        return ops.Add(x, Dense(ops, ops.Relu(Dense(ops, Moments(ops, x, dilation), $"{name}.0", channels)), $"{name}.1", channels, gain: 0.3f));
    }

    // Each frame with one before it and one behind it side by side.
    private static T Moments<T>(ITensorOps<T> ops, T x, int distance)
    {
        var frames = ops.Shape(x)[0];
        var padded = ops.Pad(x, 0, distance, distance);
        return ops.Concat(-1, ops.Slice(padded, 0, 0, frames), x, ops.Slice(padded, 0, 2 * distance, frames));
    }

    // Each key's bins, and one of either neighbour's, side by side: [frames, batch, bins, channels] → [frames, batch, 88, (bins of a key + 2) · channels].
    private static T OfKeys<T>(ITensorOps<T> ops, T x, int perKey)
    {
        var shape = ops.Shape(x);
        var channels = shape[3];
        var padded = ops.Pad(x, 2, 1, perKey - 1);
        T Run(int start) => ops.Reshape(ops.Slice(padded, 2, start, PianoKey.Count * perKey), shape[0], shape[1], PianoKey.Count, perKey * channels);
        return ops.Concat(3, Run(0), ops.Slice(Run(perKey), 3, 0, 2 * channels));
    }

    private static T Remember<T>(ITensorOps<T> ops, T x, string name, int units, T before)
    {
        var inputs = ops.Shape(x)[2];
        var weight = ops.Parameter($"{name}.weight", [2 * units, inputs], Initialization.Normal(1 / MathF.Sqrt(inputs)));
        var bias = ops.Concat(0, ops.Parameter($"{name}.keep", [units], Initialization.Constant(KeepingBias)), ops.Parameter($"{name}.bias", [units], Initialization.Zeros));
        return ops.GatedMemory(x, weight, bias, before);
    }

    private static T Last<T>(ITensorOps<T> ops, T memory)
    {
        var shape = ops.Shape(memory);
        return ops.Reshape(ops.Slice(memory, 0, shape[0] - 1, 1), shape[1], shape[2]);
    }

    private static T Convolve<T>(ITensorOps<T> ops, T x, string name, int channels, (int Height, int Width) kernel, (int, int) stride, (int, int) padding)
    {
        var inputs = ops.Shape(x)[1];
        var deviation = MathF.Sqrt(2f / (inputs * kernel.Height * kernel.Width)); // He et al. 2015
        var weight = ops.Parameter($"{name}.weight", [channels, inputs, kernel.Height, kernel.Width], Initialization.Normal(deviation));
        var bias = ops.Parameter($"{name}.bias", [channels], Initialization.Zeros);
        return ops.Conv2d(x, weight, bias, stride, padding);
    }

    private static T Dense<T>(ITensorOps<T> ops, T x, string name, int channels, float gain = 1)
    {
        var inputs = ops.Shape(x)[^1];
        var weight = ops.Parameter($"{name}.weight", [channels, inputs], Initialization.Normal(gain * MathF.Sqrt(2f / inputs)));
        return ops.Linear(x, weight, ops.Parameter($"{name}.bias", [channels], Initialization.Zeros));
    }

    private static T Heads<T>(ITensorOps<T> ops, T x, string prefix, ReadOnlySpan<(string Name, float Bias)> heads)
    {
        var channels = ops.Shape(x)[^1];
        var (weights, biases) = (new List<T>(), new List<T>());
        foreach (var (name, bias) in heads)
        {
            weights.Add(ops.Parameter($"{prefix}{name}.weight", [1, channels], Initialization.Normal(0.3f / MathF.Sqrt(channels))));
            biases.Add(ops.Parameter($"{prefix}{name}.bias", [1], Initialization.Constant(bias)));
        }

        return ops.Linear(x, ops.Concat(0, weights), ops.Concat(0, biases));
    }
}
