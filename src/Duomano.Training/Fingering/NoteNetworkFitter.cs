using Duomano.Core.Fingering;
using Duomano.Core.Numerics;

namespace Duomano.Training.Fingering;

/// <summary>Fits a <see cref="NoteNetwork"/> to examples by stochastic gradients (Adam), a few examples at a time.</summary>
internal sealed class NoteNetworkFitter
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Tiny = 1e-7f;

    private readonly NoteNetwork _network;
    private readonly NoteNetwork _gradient;
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly float[] _sum;
    private readonly float[] _hidden;
    private readonly float[] _middle;
    private readonly float[] _logarithms;
    private readonly float[] _hiddenError;
    private readonly float[] _middleError;
    private int _examples;
    private int _steps;

    public NoteNetworkFitter(NoteNetwork network, SeededRandom random)
    {
        _network = network;
        _gradient = new(network.Features, network.Hidden, network.Middle, network.Answers);
        _first = new float[network.Parameters.Length];
        _second = new float[network.Parameters.Length];
        _sum = new float[network.Hidden];
        _hidden = new float[network.Hidden];
        _hiddenError = new float[network.Hidden];
        _middle = new float[network.Middle];
        _middleError = new float[network.Middle];
        _logarithms = new float[network.Answers];
        random.FillGaussian(network.Parameters);
        Scale(network.Parameters.AsSpan(0, network.Features * network.Hidden), 0.1f);
        network.Bias.Clear();
        Scale(network.MiddleWeights, MathF.Sqrt(2f / network.Hidden));
        network.MiddleBias.Clear();
        Scale(network.LastWeights, MathF.Sqrt(1f / network.Middle));
        network.LastBias.Clear();
    }

    /// <summary>Natural logarithms of the answers' probabilities of the last example.</summary>
    public ReadOnlySpan<float> Logarithms => _logarithms;

    /// <summary>Asks the network.</summary>
    public void Ask(ReadOnlySpan<int> features)
    {
        _network.Bias.CopyTo(_sum);
        _network.Add(features, _sum);
        _network.Forward(_sum, _hidden, _middle, _logarithms);
    }

    /// <summary>Learns from what was asked last.</summary>
    /// <param name="features">What was asked.</param>
    /// <param name="wanted">Probability that each answer should have.</param>
    /// <param name="weight">How much the example counts.</param>
    public void Learn(ReadOnlySpan<int> features, ReadOnlySpan<float> wanted, float weight = 1)
    {
        Array.Clear(_middleError);
        for (var answer = 0; answer < wanted.Length; answer++)
        {
            var error = weight * (MathF.Exp(_logarithms[answer]) - wanted[answer]);
            _gradient.LastBias[answer] += error;
            Accumulate(_gradient.LastWeights.Slice(answer * _middle.Length, _middle.Length), _middle, error);
            Accumulate(_middleError, _network.LastWeights.Slice(answer * _middle.Length, _middle.Length), error);
        }

        Array.Clear(_hiddenError);
        for (var unit = 0; unit < _middle.Length; unit++)
        {
            if (_middle[unit] <= 0) continue;
            _gradient.MiddleBias[unit] += _middleError[unit];
            Accumulate(_gradient.MiddleWeights.Slice(unit * _hidden.Length, _hidden.Length), _hidden, _middleError[unit]);
            Accumulate(_hiddenError, _network.MiddleWeights.Slice(unit * _hidden.Length, _hidden.Length), _middleError[unit]);
        }

        for (var i = 0; i < _hidden.Length; i++)
        {
            if (_hidden[i] <= 0) _hiddenError[i] = 0;
        }

        NoteNetwork.Add(_hiddenError, _gradient.Bias);
        foreach (var feature in features) NoteNetwork.Add(_hiddenError, _gradient.Row(feature));
        _examples++;
    }

    /// <summary>Takes a step along the mean of what was learned since the last one.</summary>
    public void Step(double rate, double decay)
    {
        if (_examples == 0) return;
        _steps++;
        var correction = (float)(rate * Math.Sqrt(1 - Math.Pow(SecondDecay, _steps)) / (1 - Math.Pow(FirstDecay, _steps)));
        System.Numerics.Tensors.TensorPrimitives.Multiply(_gradient.Parameters, 1f / _examples, _gradient.Parameters);
        var keep = (float)(1 - rate * decay);
        AdamStep(_network.Parameters, _gradient.Parameters, _first, _second, correction, keep);
        Array.Clear(_gradient.Parameters);
        _examples = 0;
    }

    private static void AdamStep(float[] parameters, float[] gradients, float[] first, float[] second, float rate, float keep)
    {
        var width = System.Numerics.Vector<float>.Count;
        var i = 0;
        var tiny = new System.Numerics.Vector<float>(Tiny);
        for (; i <= parameters.Length - width; i += width)
        {
            var gradient = new System.Numerics.Vector<float>(gradients, i);
            var m = FirstDecay * new System.Numerics.Vector<float>(first, i) + (1 - FirstDecay) * gradient;
            var v = SecondDecay * new System.Numerics.Vector<float>(second, i) + (1 - SecondDecay) * gradient * gradient;
            m.CopyTo(first, i);
            v.CopyTo(second, i);
            (keep * new System.Numerics.Vector<float>(parameters, i) - rate * m / (System.Numerics.Vector.SquareRoot(v) + tiny)).CopyTo(parameters, i);
        }

        for (; i < parameters.Length; i++)
        {
            first[i] = FirstDecay * first[i] + (1 - FirstDecay) * gradients[i];
            second[i] = SecondDecay * second[i] + (1 - SecondDecay) * gradients[i] * gradients[i];
            parameters[i] = keep * parameters[i] - rate * first[i] / (MathF.Sqrt(second[i]) + Tiny);
        }
    }

    private static void Accumulate(Span<float> target, ReadOnlySpan<float> values, float factor) =>
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(values, factor, target, target);

    private static void Scale(Span<float> values, float factor) =>
        System.Numerics.Tensors.TensorPrimitives.Multiply(values, factor, values);
}
