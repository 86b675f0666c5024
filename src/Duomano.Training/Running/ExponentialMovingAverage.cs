using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Running;

/// <summary>
/// An exponential moving average of trained tensors: average ← d·average + (1 − d)·value after every step, with
/// d = min(decay, (1 + n)/(10 + n)) at the n-th step, so that the start is forgotten soon.
/// </summary>
public sealed class ExponentialMovingAverage : IDisposable
{
    private readonly IReadOnlyList<KeyValuePair<string, torch.Tensor>> _parameters;
    private readonly List<KeyValuePair<string, torch.Tensor>> _averages = [];
    private readonly double _decay;

    /// <summary>Starts from the present values.</summary>
    /// <param name="parameters">The trained tensors.</param>
    /// <param name="decay">Memory, 0 to 1; 0 follows the values themselves.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is not from 0 to 1.</exception>
    public ExponentialMovingAverage(IReadOnlyList<KeyValuePair<string, torch.Tensor>> parameters, double decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (decay is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "An average's decay is from 0 to 1.");
        _parameters = parameters;
        _decay = decay;
        if (decay == 0)
        {
            // Nothing is kept: a copy of large networks would take as much memory again.
            _averages.AddRange(parameters);
            return;
        }

        using var noGradient = torch.no_grad();
        foreach (var (name, value) in parameters)
        {
            _averages.Add(new(name, value.detach().clone().DetachFromDisposeScope()));
        }
    }

    /// <summary>Number of values averaged so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the present values into the average.</summary>
    public void Update()
    {
        var decay = Math.Min(_decay, (1.0 + Count) / (10 + Count));
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        for (var i = 0; _decay > 0 && i < _averages.Count; i++)
        {
            _averages[i].Value.Blend(decay, _parameters[i].Value, 1 - decay);
        }

        Count++;
    }

    /// <summary>Puts the averages in the parameters' place until the result is disposed, which brings the exact values back.</summary>
    public IDisposable InPlace() => new Exchange(this);

    /// <summary>The averages, to be stored with <see cref="Count"/>.</summary>
    public StateDict Save() => ParameterValues.Read(_averages);

    /// <summary>Goes on from stored averages.</summary>
    public void Restore(StateDict averages, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (_decay > 0) ParameterValues.Write(averages, _averages);
        Count = count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_decay == 0) return;
        foreach (var (_, average) in _averages) average.Dispose();
    }

    private sealed class Exchange : IDisposable
    {
        private readonly ExponentialMovingAverage _owner;
        private readonly List<torch.Tensor> _kept = [];

        public Exchange(ExponentialMovingAverage owner)
        {
            _owner = owner;
            using var noGradient = torch.no_grad();
            for (var i = 0; owner._decay > 0 && i < owner._parameters.Count; i++)
            {
                var parameter = owner._parameters[i].Value;
                _kept.Add(parameter.detach().clone().DetachFromDisposeScope());
                parameter.copy_(owner._averages[i].Value);
            }
        }

        public void Dispose()
        {
            using var noGradient = torch.no_grad();
            for (var i = 0; i < _kept.Count; i++)
            {
                _owner._parameters[i].Value.copy_(_kept[i]);
                _kept[i].Dispose();
            }

            _kept.Clear();
        }
    }
}
