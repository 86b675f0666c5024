using Duomano.Formats.Audio;

namespace Duomano.Cli;

/// <summary>The part of a recording between --start and --length, cut from samples as they come.</summary>
internal sealed class AudioStretch
{
    private readonly long _first;
    private readonly long _end;
    private long _passed;

    public AudioStretch(double start, double? length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        if (length is { } given) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(given, nameof(length));
        Start = start;
        _first = Sample(start);
        _end = length is { } wanted ? Sample(start + wanted) : long.MaxValue;
    }

    /// <summary>Where it begins, seconds.</summary>
    public double Start { get; }

    /// <summary>How much of a recording lies inside, seconds.</summary>
    /// <param name="seconds">How long the recording is; null where nobody knows.</param>
    public double? Of(double? seconds) => seconds is { } length ? Math.Min(length, _end / (double)AudioFile.ListeningRate) - Start : null;

    /// <summary>Samples that lay inside so far.</summary>
    public long Taken { get; private set; }

    /// <summary>How long the recording has been so far, seconds.</summary>
    public double Length => _passed / (double)AudioFile.ListeningRate;

    /// <summary>The part of the next samples that lies inside.</summary>
    public ReadOnlySpan<float> Take(ReadOnlySpan<float> samples)
    {
        var from = (int)Math.Clamp(_first - _passed, 0, samples.Length);
        var to = (int)Math.Clamp(_end - _passed, from, samples.Length);
        _passed += samples.Length;
        Taken += to - from;
        return samples[from..to];
    }

    private static long Sample(double seconds) => (long)Math.Min(long.MaxValue / 2, seconds * AudioFile.ListeningRate);
}
