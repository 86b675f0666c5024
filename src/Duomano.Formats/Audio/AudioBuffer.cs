namespace Duomano.Formats.Audio;

/// <summary>Sound in memory.</summary>
public sealed class AudioBuffer
{
    /// <summary>Wraps samples without copying them.</summary>
    /// <param name="channels">One array a channel, equally long; nominally −1 to 1.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <exception cref="ArgumentException">There is no channel, they differ in length, or the rate is not positive.</exception>
    public AudioBuffer(float[][] channels, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        if (channels.Length == 0) throw new ArgumentException("Sound has at least one channel.", nameof(channels));
        if (channels.Any(channel => channel.Length != channels[0].Length))
        {
            throw new ArgumentException($"The channels have {string.Join(", ", channels.Select(channel => channel.Length))} samples; they must be equally long.", nameof(channels));
        }

        Channels = channels;
        SampleRate = sampleRate;
    }

    /// <summary>Makes sound of one channel.</summary>
    public AudioBuffer(float[] mono, int sampleRate)
        : this([mono ?? throw new ArgumentNullException(nameof(mono))], sampleRate)
    {
    }

    /// <summary>One array a channel.</summary>
    public float[][] Channels { get; }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>Samples of each channel.</summary>
    public int Length => Channels[0].Length;

    /// <summary>Length, seconds.</summary>
    public double Duration => (double)Length / SampleRate;

    /// <summary>The mean of the channels; the only channel itself where there is one.</summary>
    public float[] ToMono()
    {
        if (Channels.Length == 1) return Channels[0];
        var mono = new float[Length];
        foreach (var channel in Channels)
        {
            for (var i = 0; i < mono.Length; i++) mono[i] += channel[i];
        }

        for (var i = 0; i < mono.Length; i++) mono[i] /= Channels.Length;
        return mono;
    }
}
