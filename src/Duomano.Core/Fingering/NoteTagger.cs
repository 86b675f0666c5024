using System.Text;

namespace Duomano.Core.Fingering;

/// <summary>
/// A recurrent network that scores answers for every note of a sequence after looking at the whole of it: the rows of the
/// features that a note has are added (rectified linear), layers of gated recurrent units (Cho et al. 2014) read the sums
/// forwards and backwards, and a linear layer scores the answers. Gates and their arithmetic are PyTorch's.
/// </summary>
internal sealed class NoteTagger
{
    // "tagr" in ASCII, read as a little-endian number: the first bytes of a network's file.
    private const uint Magic = 0x72676174;
    private const int Gates = 3;
    private const int Directions = 2;

    /// <summary>Makes a network of given sizes, all zero.</summary>
    /// <param name="features">Features there may be.</param>
    /// <param name="width">Numbers a feature's row has.</param>
    /// <param name="hidden">Units of a layer in each direction.</param>
    /// <param name="layers">Recurrent layers.</param>
    /// <param name="answers">What it chooses from.</param>
    public NoteTagger(int features, int width, int hidden, int layers, int answers)
    {
        (Features, Width, Hidden, Layers, Answers) = (features, width, hidden, layers, answers);
        var count = (features + 1) * width;
        for (var layer = 0; layer < layers; layer++) count += Directions * DirectionSize(layer);
        Parameters = new float[count + (Directions * hidden + 1) * answers];
    }

    public int Features { get; }

    public int Width { get; }

    public int Hidden { get; }

    public int Layers { get; }

    public int Answers { get; }

    /// <summary>
    /// All rows and their bias; each layer's and direction's input weights, recurrent weights and both biases; the last layer
    /// (a row an answer) and its bias.
    /// </summary>
    public float[] Parameters { get; }

    /// <summary>The rows of the features.</summary>
    public Span<float> Rows => Parameters.AsSpan(0, Features * Width);

    /// <summary>The bias of the rows.</summary>
    public Span<float> RowBias => Parameters.AsSpan(Features * Width, Width);

    /// <summary>The weights [answers × 2 hidden] of the last layer.</summary>
    public Span<float> LastWeights => Parameters.AsSpan(Parameters.Length - (Directions * Hidden + 1) * Answers, Directions * Hidden * Answers);

    /// <summary>The bias of the last layer.</summary>
    public Span<float> LastBias => Parameters.AsSpan(Parameters.Length - Answers, Answers);

    /// <summary>Numbers that a layer takes in a note.</summary>
    public int Inputs(int layer) => layer == 0 ? Width : Directions * Hidden;

    /// <summary>The parameters of a layer in one direction.</summary>
    /// <param name="layer">Which layer.</param>
    /// <param name="backwards">Whether it reads from the last note to the first.</param>
    public Direction Of(int layer, bool backwards)
    {
        var start = (Features + 1) * Width;
        for (var before = 0; before < layer; before++) start += Directions * DirectionSize(before);
        if (backwards) start += DirectionSize(layer);
        var gates = Gates * Hidden;
        return new(
            Parameters.AsMemory(start, gates * Inputs(layer)),
            Parameters.AsMemory(start + gates * Inputs(layer), gates * Hidden),
            Parameters.AsMemory(start + gates * (Inputs(layer) + Hidden), gates),
            Parameters.AsMemory(start + gates * (Inputs(layer) + Hidden + 1), gates));
    }

    /// <summary>How probable each answer is for each note.</summary>
    /// <param name="features">The features of each note.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>[notes × answers] natural logarithms of probabilities.</returns>
    public float[] LogProbabilities(IReadOnlyList<int[]> features, CancellationToken cancellation = default)
    {
        var scores = Scores(features, cancellation);
        for (var note = 0; note < features.Count; note++) NoteNetwork.Normalize(scores.AsSpan(note * Answers, Answers));
        return scores;
    }

    /// <summary>Scores all notes of a sequence.</summary>
    /// <param name="features">The features of each note.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>[notes × answers] scores.</returns>
    public float[] Scores(IReadOnlyList<int[]> features, CancellationToken cancellation = default)
    {
        var sequence = new float[features.Count * Width];
        for (var note = 0; note < features.Count; note++)
        {
            var sum = sequence.AsSpan(note * Width, Width);
            RowBias.CopyTo(sum);
            foreach (var feature in features[note]) NoteNetwork.Add(Parameters.AsSpan(feature * Width, Width), sum);
            foreach (ref var value in sum) value = Math.Max(0, value);
        }

        for (var layer = 0; layer < Layers; layer++)
        {
            var output = new float[features.Count * Directions * Hidden];
            Read(sequence, output, layer, false, cancellation);
            Read(sequence, output, layer, true, cancellation);
            sequence = output;
        }

        var scores = new float[features.Count * Answers];
        var inputs = Directions * Hidden;
        var weights = LastWeights;
        var bias = LastBias;
        for (var note = 0; note < features.Count; note++)
        {
            var own = scores.AsSpan(note * Answers, Answers);
            for (var answer = 0; answer < Answers; answer++) own[answer] = bias[answer] + NoteNetwork.Dot(weights.Slice(answer * inputs, inputs), sequence.AsSpan(note * inputs, inputs));
        }

        return scores;
    }

    /// <summary>Reads a network; numbers are kept as halves.</summary>
    /// <exception cref="InvalidDataException">It is not a network of this form.</exception>
    public static NoteTagger Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException("This is no network that tags notes.");
        var network = new NoteTagger(reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16());
        foreach (ref var parameter in network.Parameters.AsSpan()) parameter = (float)reader.ReadHalf();
        return network;
    }

    /// <summary>Writes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        foreach (var size in (int[])[Features, Width, Hidden, Layers, Answers]) writer.Write((ushort)size);
        foreach (var parameter in Parameters) writer.Write((Half)parameter);
    }

    private int DirectionSize(int layer) => Gates * Hidden * (Inputs(layer) + Hidden + 2);

    private void Read(float[] sequence, float[] output, int layer, bool backwards, CancellationToken cancellation)
    {
        var direction = Of(layer, backwards);
        var (inputs, notes) = (Inputs(layer), sequence.Length / Math.Max(1, Inputs(layer)));
        var state = new float[Hidden];
        var fromInput = new float[Gates * Hidden];
        var fromState = new float[Gates * Hidden];
        for (var step = 0; step < notes; step++)
        {
            if ((step & 255) == 0) cancellation.ThrowIfCancellationRequested();
            var note = backwards ? notes - 1 - step : step;
            Multiply(direction.InputWeights.Span, direction.InputBias.Span, sequence.AsSpan(note * inputs, inputs), fromInput);
            Multiply(direction.StateWeights.Span, direction.StateBias.Span, state, fromState);
            for (var unit = 0; unit < Hidden; unit++)
            {
                var reset = Sigmoid(fromInput[unit] + fromState[unit]);
                var update = Sigmoid(fromInput[Hidden + unit] + fromState[Hidden + unit]);
                var candidate = MathF.Tanh(fromInput[2 * Hidden + unit] + reset * fromState[2 * Hidden + unit]);
                state[unit] = candidate + update * (state[unit] - candidate);
            }

            state.CopyTo(output, (note * Directions + (backwards ? 1 : 0)) * Hidden);
        }
    }

    private static void Multiply(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> input, Span<float> output)
    {
        for (var i = 0; i < output.Length; i++) output[i] = bias[i] + NoteNetwork.Dot(weights.Slice(i * input.Length, input.Length), input);
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    /// <summary>The parameters of a layer in one direction; the gates are reset, update and candidate.</summary>
    /// <param name="InputWeights">[3 hidden × inputs].</param>
    /// <param name="StateWeights">[3 hidden × hidden].</param>
    /// <param name="InputBias">[3 hidden].</param>
    /// <param name="StateBias">[3 hidden].</param>
    public readonly record struct Direction(Memory<float> InputWeights, Memory<float> StateWeights, Memory<float> InputBias, Memory<float> StateBias);
}
