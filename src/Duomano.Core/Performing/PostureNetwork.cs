using System.Numerics;
using System.Runtime.InteropServices;

namespace Duomano.Core.Performing;

/// <summary>
/// A small network (two rectified layers) that tells from <see cref="PostureFeatures"/> where a hand's wrist and fingertips
/// are in the plane of the keys, as people's are. It is learned from recorded people by <c>duomano-train posture</c>.
/// </summary>
internal sealed class PostureNetwork
{
    /// <summary>Numbers that it answers: x and z of the wrist and of the five fingertips, thumb first; x from the anchor.</summary>
    public const int Answers = 12;

    /// <summary>Its answers are in this unit, metres.</summary>
    public const float Unit = 0.02f;

    // "pstr" in ASCII, read as a little-endian number: the first bytes of a network's file.
    private const uint Magic = 0x72747370;

    // Features farther from their mean than this many deviations count as this far.
    private const float Farthest = 6;

    private static readonly Lazy<PostureNetwork> Own = new(() =>
    {
        using var stream = typeof(PostureNetwork).Assembly.GetManifestResourceStream("posture.net") ?? throw new InvalidOperationException("The network of postures is missing in the program.");
        return Read(stream);
    });

    /// <summary>Makes a network, all zero.</summary>
    /// <param name="features">How many features it takes.</param>
    /// <param name="hidden">Width of the first layer.</param>
    /// <param name="middle">Width of the second layer.</param>
    public PostureNetwork(int features, int hidden, int middle)
    {
        (Features, Hidden, Middle) = (features, hidden, middle);
        Means = new float[features];
        Scales = new float[features];
        Layers = [new(features, hidden), new(hidden, middle), new(middle, Answers)];
    }

    /// <summary>The one that the program has.</summary>
    public static PostureNetwork Bundled => Own.Value;

    public int Features { get; }

    public int Hidden { get; }

    public int Middle { get; }

    /// <summary>Mean of each feature.</summary>
    public float[] Means { get; }

    /// <summary>One over the deviation of each feature.</summary>
    public float[] Scales { get; }

    /// <summary>The three layers.</summary>
    public PostureLayer[] Layers { get; }

    /// <summary>Brings features to mean 0 and deviation 1.</summary>
    public void Normalize(Span<float> features)
    {
        for (var i = 0; i < features.Length; i++) features[i] = Math.Clamp((features[i] - Means[i]) * Scales[i], -Farthest, Farthest);
    }

    /// <summary>Answers for features, which are normalized in place.</summary>
    public void Answer(Span<float> features, Span<float> answers)
    {
        Span<float> hidden = stackalloc float[Hidden];
        Span<float> middle = stackalloc float[Middle];
        Normalize(features);
        Layers[0].Forward(features, hidden, rectified: true);
        Layers[1].Forward(hidden, middle, rectified: true);
        Layers[2].Forward(middle, answers, rectified: false);
    }

    /// <summary>Reads a network; weights are kept as halves.</summary>
    /// <exception cref="InvalidDataException">It is not a network of this form.</exception>
    public static PostureNetwork Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException("This is no network of postures.");
        var network = new PostureNetwork(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16());
        if (network.Features != PostureFeatures.Count) throw new InvalidDataException($"The network takes {network.Features} features, not {PostureFeatures.Count}.");
        foreach (var values in (float[][])[network.Means, network.Scales])
        {
            foreach (ref var value in values.AsSpan()) value = reader.ReadSingle();
        }

        foreach (var layer in network.Layers)
        {
            foreach (ref var value in layer.Weights.AsSpan()) value = (float)reader.ReadHalf();
            foreach (ref var value in layer.Bias.AsSpan()) value = (float)reader.ReadHalf();
        }

        return network;
    }

    /// <summary>Writes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        foreach (var size in (int[])[Features, Hidden, Middle]) writer.Write((ushort)size);
        foreach (var value in Means.Concat(Scales)) writer.Write(value);
        foreach (var layer in Layers)
        {
            foreach (var value in layer.Weights.Concat(layer.Bias)) writer.Write((Half)value);
        }
    }
}

/// <summary>One layer of a network.</summary>
/// <param name="inputs">Numbers it takes.</param>
/// <param name="outputs">Numbers it gives.</param>
internal sealed class PostureLayer(int inputs, int outputs)
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>[outputs, inputs].</summary>
    public float[] Weights { get; } = new float[inputs * outputs];

    /// <summary>[outputs].</summary>
    public float[] Bias { get; } = new float[outputs];

    /// <summary>Computes the outputs.</summary>
    public void Forward(ReadOnlySpan<float> input, Span<float> output, bool rectified)
    {
        for (var i = 0; i < output.Length; i++)
        {
            var sum = Bias[i] + Dot(Weights.AsSpan(i * inputs, inputs), input);
            output[i] = rectified ? Math.Max(0, sum) : sum;
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var first = MemoryMarshal.Cast<float, Vector4>(a);
        var second = MemoryMarshal.Cast<float, Vector4>(b);
        var sums = Vector4.Zero;
        for (var i = 0; i < second.Length; i++) sums += first[i] * second[i];
        var sum = Vector4.Dot(sums, Vector4.One);
        for (var i = second.Length * 4; i < b.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
