using System.Numerics;
using System.Runtime.InteropServices;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;

namespace Duomano.Training.Posture;

/// <summary>Fits a <see cref="PostureNetwork"/> to frames by stochastic gradients (AdamW), a few frames at a time.</summary>
internal sealed class PostureFitter
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.998f;
    private const float Tiny = 1e-8f;

    // Errors larger than this count by their size, smaller ones by their square, in the network's unit: 4 mm.
    private const float Bend = 0.2f;

    private readonly PostureNetwork _network;
    private readonly PostureLayer[] _gradients;
    private readonly float[][] _first;
    private readonly float[][] _second;
    private readonly float[] _hidden;
    private readonly float[] _middle;
    private readonly float[] _answers = new float[PostureNetwork.Answers];
    private readonly float[] _hiddenError;
    private readonly float[] _middleError;
    private int _examples;
    private int _steps;

    public PostureFitter(PostureNetwork network, SeededRandom random)
    {
        _network = network;
        _gradients = [.. network.Layers.Select(layer => new PostureLayer(layer.Inputs, layer.Outputs))];
        _first = [.. Arrays(network.Layers).Select(values => new float[values.Length])];
        _second = [.. Arrays(network.Layers).Select(values => new float[values.Length])];
        (_hidden, _hiddenError) = (new float[network.Hidden], new float[network.Hidden]);
        (_middle, _middleError) = (new float[network.Middle], new float[network.Middle]);
        for (var i = 0; i < network.Layers.Length; i++)
        {
            var layer = network.Layers[i];
            random.FillGaussian(layer.Weights);
            var scale = (i < network.Layers.Length - 1 ? MathF.Sqrt(2) : 0.5f) / MathF.Sqrt(layer.Inputs);
            foreach (ref var weight in layer.Weights.AsSpan()) weight *= scale;
        }
    }

    /// <summary>Learns from a frame.</summary>
    /// <param name="features">Normalized features.</param>
    /// <param name="target">Where the hand is.</param>
    /// <returns>The mean absolute error, in the network's unit.</returns>
    public float Learn(ReadOnlySpan<float> features, ReadOnlySpan<float> target)
    {
        var layers = _network.Layers;
        layers[0].Forward(features, _hidden, rectified: true);
        layers[1].Forward(_hidden, _middle, rectified: true);
        layers[2].Forward(_middle, _answers, rectified: false);
        var loss = 0f;
        for (var i = 0; i < _answers.Length; i++)
        {
            var error = _answers[i] - target[i];
            loss += MathF.Abs(error);
            _answers[i] = Math.Clamp(error / Bend, -1, 1);
        }

        Back(2, _middle, _answers, _middleError);
        Rectify(_middle, _middleError);
        Back(1, _hidden, _middleError, _hiddenError);
        Rectify(_hidden, _hiddenError);
        Back(0, features, _hiddenError, default);
        _examples++;
        return loss / _answers.Length;
    }

    /// <summary>Changes the network by what was learned since the last step.</summary>
    public void Step(double rate, double decay)
    {
        _steps++;
        var (firstScale, secondScale) = (1 - MathF.Pow(FirstDecay, _steps), 1 - MathF.Pow(SecondDecay, _steps));
        var (values, gradients) = (Arrays(_network.Layers), Arrays(_gradients));
        for (var k = 0; k < values.Length; k++)
        {
            var (own, gradient, first, second) = (values[k], gradients[k], _first[k], _second[k]);
            // Biases do not decay.
            var shrink = k % 2 == 0 ? (float)(rate * decay) : 0;
            for (var i = 0; i < own.Length; i++)
            {
                var slope = gradient[i] / _examples;
                first[i] += (1 - FirstDecay) * (slope - first[i]);
                second[i] += (1 - SecondDecay) * (slope * slope - second[i]);
                own[i] -= (float)rate * (first[i] / firstScale) / (MathF.Sqrt(second[i] / secondScale) + Tiny) + shrink * own[i];
            }

            Array.Clear(gradient);
        }

        _examples = 0;
    }

    private static float[][] Arrays(PostureLayer[] layers) => [.. layers.SelectMany(layer => (float[][])[layer.Weights, layer.Bias])];

    private void Back(int index, ReadOnlySpan<float> input, ReadOnlySpan<float> error, Span<float> inputError)
    {
        var (layer, gradient) = (_network.Layers[index], _gradients[index]);
        inputError.Clear();
        for (var i = 0; i < error.Length; i++)
        {
            if (error[i] == 0) continue;
            gradient.Bias[i] += error[i];
            Accumulate(gradient.Weights.AsSpan(i * layer.Inputs, layer.Inputs), input, error[i]);
            if (inputError.Length > 0) Accumulate(inputError, layer.Weights.AsSpan(i * layer.Inputs, layer.Inputs), error[i]);
        }
    }

    private static void Rectify(ReadOnlySpan<float> values, Span<float> errors)
    {
        for (var i = 0; i < values.Length; i++) errors[i] = values[i] > 0 ? errors[i] : 0;
    }

    private static void Accumulate(Span<float> sum, ReadOnlySpan<float> row, float factor)
    {
        var sums = MemoryMarshal.Cast<float, Vector4>(sum);
        var rows = MemoryMarshal.Cast<float, Vector4>(row);
        for (var i = 0; i < sums.Length; i++) sums[i] += rows[i] * factor;
        for (var i = sums.Length * 4; i < sum.Length; i++) sum[i] += row[i] * factor;
    }
}
