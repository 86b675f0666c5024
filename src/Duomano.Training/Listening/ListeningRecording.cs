using System.Numerics.Tensors;
using Duomano.Core.Music;
using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Listening;

/// <summary>A recording as training sees it: its constant-Q levels, computed once and kept in half precision, and its notes.</summary>
public sealed class ListeningRecording
{
    private const int FramesAtOnce = 1500;

    private readonly Half[] _levels;
    private readonly int _bins;

    private ListeningRecording(string name, Half[] levels, int bins, IReadOnlyList<Note> notes)
    {
        Name = name;
        _levels = levels;
        _bins = bins;
        Notes = notes;
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Number of frames.</summary>
    public int Frames => _levels.Length / _bins;

    /// <summary>Its notes in the order of their onsets.</summary>
    public IReadOnlyList<Note> Notes { get; }

    /// <summary>Computes a recording's levels, on torch.</summary>
    /// <param name="config">Sizes of the front end.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="samples">Mono, at the front end's sample rate.</param>
    /// <param name="score">Its notes.</param>
    public static ListeningRecording Of(ListeningConfig config, string name, ReadOnlySpan<float> samples, Score score)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(score);
        using var noGradient = torch.no_grad();
        using var parameters = TorchParameters.Create([], 0);
        var ops = new TorchOps(parameters);
        var frames = samples.Length / config.HopSamples + 1;
        var levels = new Half[frames * config.Bins];
        for (var first = 0; first < frames; first += FramesAtOnce)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(FramesAtOnce, frames - first);
            var excerpt = new float[ConstantQ.SamplesFor(config, count)];
            var start = (first - config.ContextHops) * config.HopSamples;
            var from = Math.Max(0, start);
            var until = Math.Min(samples.Length, start + excerpt.Length);
            if (until > from) samples[from..until].CopyTo(excerpt.AsSpan(from - start));
            var result = ConstantQ.Levels(ops, config, TorchTensors.From(new TensorData(excerpt, 1, excerpt.Length)));
            TensorPrimitives.ConvertToHalf(TorchTensors.ToData(result).Values, levels.AsSpan(first * config.Bins));
        }

        return new ListeningRecording(name, levels, config.Bins, score.Notes);
    }

    /// <summary>Copies an excerpt's levels; frames beyond the end are silent.</summary>
    /// <param name="firstFrame">The first frame.</param>
    /// <param name="target">[frames, bins].</param>
    public void CopyLevels(int firstFrame, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstFrame);
        var start = Math.Min(_levels.Length, firstFrame * _bins);
        var count = Math.Min(target.Length, _levels.Length - start);
        TensorPrimitives.ConvertToSingle(_levels.AsSpan(start, count), target);
        target[count..].Clear();
    }
}
