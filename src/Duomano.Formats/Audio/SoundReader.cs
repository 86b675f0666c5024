namespace Duomano.Formats.Audio;

/// <summary>Sound that is read front to back.</summary>
internal abstract class SoundReader
{
    private readonly List<string> _warnings = [];
    private long _notFinite;

    public abstract int ChannelCount { get; }

    public abstract int SampleRate { get; }

    /// <summary>Seconds that are left to read, or null where only reading tells.</summary>
    public abstract double? SecondsLeft { get; }

    /// <summary>What was wrong and was read all the same, a line each.</summary>
    public IEnumerable<string> Warnings => _notFinite == 0 ? _warnings : _warnings.Append($"{_notFinite} samples are no finite numbers and are read as silence");

    /// <summary>Reads frames of interleaved samples; 0 at the end.</summary>
    /// <param name="samples">Receives whole frames; room for at least one.</param>
    /// <returns>Frames read.</returns>
    public abstract int Read(Span<float> samples);

    protected void Warn(string line) => _warnings.Add(line);

    /// <summary>Makes silence of samples that are no numbers.</summary>
    /// <param name="samples">Interleaved.</param>
    /// <param name="frame">Number of the first frame.</param>
    protected void Silence(Span<float> samples, long frame)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            if (float.IsFinite(samples[i])) continue;
            if (_notFinite++ == 0) Warn($"the first sample that is no finite number is in frame {frame + i / ChannelCount}");
            samples[i] = 0;
        }
    }
}
