using Duomano.Training.Running;
using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>
/// Computes the loss of a batch in equal parts at the same time, a thread each: operations of a small network keep a thread
/// of its own busier than many threads share one of them. The parts must not draw from torch's common random numbers.
/// </summary>
public sealed class ParallelGradients : IDisposable
{
    private readonly TorchParameters _parameters;
    private readonly TorchParameters[] _shared;

    /// <summary>Prepares parts.</summary>
    /// <param name="parameters">What is trained; each part sees the same numbers and has gradients of its own.</param>
    /// <param name="parts">How many.</param>
    public ParallelGradients(TorchParameters parameters, int parts)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        _parameters = parameters;
        _shared = [.. Enumerable.Range(0, parts).Select(_ => parameters.Share())];
    }

    /// <summary>How many parts.</summary>
    public int Parts => _shared.Length;

    /// <summary>The mean loss of all parts. Its backward pass hands every parameter the mean of the parts' gradients, which are known by then.</summary>
    /// <param name="part">The loss of a part, with the parameters to compute it with.</param>
    public TrainingLoss Mean(Func<int, TorchParameters, TrainingLoss> part)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (Parts == 1) return part(0, _parameters);
        var values = new (float Total, KeyValuePair<string, float>[] Named)[Parts];
        Parallel.For(0, Parts, new() { MaxDegreeOfParallelism = Parts }, i =>
        {
            using var scope = torch.NewDisposeScope();
            foreach (var (_, parameter) in _shared[i].All) parameter.grad?.zero_();
            var loss = part(i, _shared[i]);
            loss.Total.backward();
            values[i] = (loss.Total.item<float>(), [.. loss.Parts.Select(named => new KeyValuePair<string, float>(named.Key, named.Value.item<float>()))]);
        });

        // Linear in the parameters, so that their gradients are the parts'; its own value does not matter.
        var linear = torch.zeros(1, device: _parameters.Device);
        for (var i = 0; i < _parameters.All.Count; i++)
        {
            foreach (var shared in _shared)
            {
                if (shared.All[i].Value.grad is { } gradient) linear = linear.Plus((_parameters.All[i].Value * gradient).sum().Times(1.0 / Parts));
            }
        }

        var total = (linear - linear.detach()).Plus(values.Average(value => value.Total)).sum();
        return new TrainingLoss(total, [.. values[0].Named.Select((named, i) => KeyValuePair.Create(named.Key, torch.tensor(values.Average(value => value.Named[i].Value))))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shared in _shared) shared.Dispose();
    }
}
