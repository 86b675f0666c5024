using System.Numerics;
using System.Runtime.InteropServices;

namespace Duomano.Core.Fingering;

/// <summary>
/// A small network that judges a note by the features it has, out of many that are there or not: each feature has a row of
/// numbers, the rows of those that are there are added, and two layers follow (rectified linear, as in networks that judge
/// chess positions). Rows of what is the same for all partial solutions of a search are added once.
/// </summary>
internal sealed class NoteNetwork
{
    // "note" in ASCII, read as a little-endian number: the first bytes of a network's file.
    private const uint Magic = 0x65746F6E;

    /// <summary>Makes a network of given sizes, all zero.</summary>
    /// <param name="features">Features there may be.</param>
    /// <param name="hidden">Numbers a feature's row has, a multiple of 8.</param>
    /// <param name="middle">Width of the layer between.</param>
    /// <param name="answers">What it chooses from.</param>
    public NoteNetwork(int features, int hidden, int middle, int answers)
    {
        (Features, Hidden, Middle, Answers) = (features, hidden, middle, answers);
        Parameters = new float[features * hidden + hidden + hidden * middle + middle + middle * answers + answers];
    }

    public int Features { get; }

    public int Hidden { get; }

    public int Middle { get; }

    public int Answers { get; }

    /// <summary>All rows, then bias, middle layer (a row a unit) and its bias, last layer and its bias.</summary>
    public float[] Parameters { get; }

    public Span<float> Row(int feature) => Parameters.AsSpan(feature * Hidden, Hidden);

    public Span<float> Bias => Parameters.AsSpan(Features * Hidden, Hidden);

    public Span<float> MiddleWeights => Parameters.AsSpan((Features + 1) * Hidden, Middle * Hidden);

    public Span<float> MiddleBias => Parameters.AsSpan((Features + 1 + Middle) * Hidden, Middle);

    public Span<float> LastWeights => Parameters.AsSpan((Features + 1 + Middle) * Hidden + Middle, Answers * Middle);

    public Span<float> LastBias => Parameters.AsSpan((Features + 1 + Middle) * Hidden + Middle + Answers * Middle, Answers);

    /// <summary>Adds the rows of features.</summary>
    public void Add(ReadOnlySpan<int> features, Span<float> sum)
    {
        foreach (var feature in features) Add(Row(feature), sum);
    }

    /// <summary>The logarithms of the answers' probabilities.</summary>
    /// <param name="sum">Bias and rows.</param>
    /// <param name="logarithms">One an answer.</param>
    public void Judge(ReadOnlySpan<float> sum, Span<float> logarithms)
    {
        Span<float> hidden = stackalloc float[Hidden];
        Span<float> middle = stackalloc float[Middle];
        Forward(sum, hidden, middle, logarithms);
    }

    /// <summary>The same, keeping what the layers hold.</summary>
    public void Forward(ReadOnlySpan<float> sum, Span<float> hidden, Span<float> middle, Span<float> logarithms)
    {
        for (var i = 0; i < hidden.Length; i++) hidden[i] = Math.Max(0, sum[i]);
        var weights = MiddleWeights;
        var bias = MiddleBias;
        for (var i = 0; i < middle.Length; i++) middle[i] = Math.Max(0, bias[i] + Dot(weights.Slice(i * Hidden, Hidden), hidden));
        weights = LastWeights;
        bias = LastBias;
        for (var i = 0; i < logarithms.Length; i++) logarithms[i] = bias[i] + Dot(weights.Slice(i * Middle, Middle), middle);
        Normalize(logarithms);
    }

    /// <summary>Turns scores into logarithms of probabilities.</summary>
    public static void Normalize(Span<float> scores)
    {
        var most = scores[0];
        foreach (var value in scores) most = Math.Max(most, value);
        float total = 0;
        foreach (var value in scores) total += MathF.Exp(value - most);
        var norm = most + MathF.Log(total);
        foreach (ref var value in scores) value -= norm;
    }

    /// <summary>Reads a network; numbers are kept as halves.</summary>
    /// <exception cref="InvalidDataException">It is not a network of this form.</exception>
    public static NoteNetwork Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException("This is no network of notes.");
        var network = new NoteNetwork(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16());
        foreach (ref var parameter in network.Parameters.AsSpan()) parameter = (float)reader.ReadHalf();
        return network;
    }

    /// <summary>Writes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        foreach (var size in (int[])[Features, Hidden, Middle, Answers]) writer.Write((ushort)size);
        foreach (var parameter in Parameters) writer.Write((Half)parameter);
    }

    /// <summary>Adds one vector to another.</summary>
    public static void Add(ReadOnlySpan<float> row, Span<float> sum)
    {
        var rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (var i = 0; i < sums.Length; i++) sums[i] += rows[i];
        for (var i = sums.Length * Vector<float>.Count; i < sum.Length; i++) sum[i] += row[i];
    }

    /// <summary>The product of two vectors.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var first = MemoryMarshal.Cast<float, Vector<float>>(a);
        var second = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < second.Length; i++) sums += first[i] * second[i];
        var sum = Vector.Sum(sums);
        for (var i = second.Length * Vector<float>.Count; i < b.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
