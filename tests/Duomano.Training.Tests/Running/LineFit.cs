using Duomano.Core.Numerics;
using Duomano.Training.Running;
using TorchSharp;
using static TorchSharp.torch;

namespace Duomano.Training.Tests.Running;

/// <summary>The smallest task with everything in it: a straight line with dropout, fitted to noisy points.</summary>
internal sealed class LineFit : ITrainingTask<float[]>, IDisposable
{
    private const int Points = 16;
    private readonly Tensor _slope = zeros([1], requires_grad: true);
    private readonly Tensor _offset = zeros([1], requires_grad: true);
    private readonly Queue<double> _criteria;

    public LineFit(params double[] criteria) => _criteria = new(criteria);

    public IReadOnlyList<KeyValuePair<string, Tensor>> Parameters => [new("slope", _slope), new("offset", _offset)];

    public List<int> Prepared { get; } = [];

    public int? BreaksAt { get; init; }

    public float[] Prepare(int step)
    {
        Prepared.Add(step);
        var random = new SeededRandom(5, $"batch {step}");
        var points = new float[2 * Points];
        for (var i = 0; i < Points; i++)
        {
            points[i] = (float)random.Uniform(-1, 1);
            points[Points + i] = 3 * points[i] - 1 + 0.1f * (float)random.NextGaussian();
        }

        if (step == BreaksAt) points[0] = float.NaN;
        return points;
    }

    public TrainingLoss Loss(float[] batch)
    {
        var points = tensor(batch).reshape(2, Points);
        var dropped = nn.functional.dropout(points[0] * _slope + _offset, 0.1);
        var loss = (dropped - points[1]).square().mean();
        return new TrainingLoss(loss, new KeyValuePair<string, Tensor>("root", loss.sqrt()));
    }

    public ValidationResult Validate()
    {
        // Whatever validation draws must not change the training.
        using var noise = randn(7);
        var criterion = _criteria.Count > 0 ? _criteria.Dequeue() : Math.Abs(_slope.item<float>() - 3) + Math.Abs(_offset.item<float>() + 1);
        return new ValidationResult(criterion, new KeyValuePair<string, double>("slope", _slope.item<float>()));
    }

    public void Dispose()
    {
        _slope.Dispose();
        _offset.Dispose();
    }
}
