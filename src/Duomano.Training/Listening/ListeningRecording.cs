using System.Numerics.Tensors;
using Duomano.Core.Music;
using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Listening;

/// <summary>A recording as training sees it: its sound, kept at 16 bit, and what is played.</summary>
public sealed class ListeningRecording
{
    private const int FramesAtOnce = 1500;

    private readonly short[] _samples;
    private readonly double _seconds;

    /// <summary>Keeps a recording.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="samples">Mono, full scale is 1.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="score">Its notes and pedal.</param>
    public ListeningRecording(string name, ReadOnlySpan<float> samples, int sampleRate, Score score)
    {
        ArgumentNullException.ThrowIfNull(score);
        Name = name;
        Score = score;
        SoundingUntil = Damping.Of(score);
        _seconds = samples.Length / (double)sampleRate;
        _samples = new short[samples.Length];
        for (var i = 0; i < samples.Length; i++) _samples[i] = (short)MathF.Round(Math.Clamp(samples[i], -1, 1) * short.MaxValue);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>What is played.</summary>
    public Score Score { get; }

    /// <summary>Seconds of sound.</summary>
    public double Seconds => _seconds;

    /// <summary>Of each note of <see cref="Score"/>, when a damper falls on its string, seconds.</summary>
    public IReadOnlyList<double> SoundingUntil { get; }

    /// <summary>Number of frames.</summary>
    /// <param name="config">How long a frame is.</param>
    public int Frames(ListeningConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return _samples.Length / config.HopSamples + 1;
    }

    /// <summary>Copies samples; before the beginning and beyond the end is silence.</summary>
    /// <param name="first">The first sample; may be negative.</param>
    /// <param name="target">How many, and where to.</param>
    public void CopySamples(int first, Span<float> target)
    {
        target.Clear();
        var from = Math.Max(0, first);
        var until = Math.Min(_samples.Length, first + target.Length);
        if (until <= from) return;
        var part = target[(from - first)..(until - first)];
        TensorPrimitives.ConvertTruncating<short, float>(_samples.AsSpan(from, until - from), part);
        TensorPrimitives.Multiply(part, 1f / short.MaxValue, part);
    }

    /// <summary>Its constant-Q levels, [frames, 2 · bins], computed on torch.</summary>
    /// <param name="config">Sizes of the front end.</param>
    /// <param name="frames">How many frames from the beginning.</param>
    public float[] Levels(ListeningConfig config, int frames)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var noGradient = torch.no_grad();
        using var parameters = TorchParameters.Create([], 0);
        var ops = new TorchOps(parameters);
        var levels = new float[frames * 2 * config.Bins];
        for (var first = 0; first < frames; first += FramesAtOnce)
        {
            using var scope = torch.NewDisposeScope();
            var excerpt = new float[ConstantQ.SamplesFor(config, Math.Min(FramesAtOnce, frames - first))];
            CopySamples((first - config.ContextHops) * config.HopSamples, excerpt);
            var result = ConstantQ.Levels(ops, config, TorchTensors.From(new TensorData(excerpt, 1, excerpt.Length)));
            TorchTensors.ToData(result).Values.CopyTo(levels, first * 2 * config.Bins);
        }

        return levels;
    }
}
