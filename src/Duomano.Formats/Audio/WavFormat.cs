namespace Duomano.Formats.Audio;

/// <summary>How samples are written in a WAV file.</summary>
public enum WavEncoding
{
    /// <summary>16-bit integers; values beyond ±1 are clipped.</summary>
    Pcm16,

    /// <summary>32-bit floating point numbers.</summary>
    Float32,
}

/// <summary>What a file's "fmt " chunk says.</summary>
internal readonly record struct WavFormat(int Tag, int Channels, int SampleRate, int BlockAlign, int Bits)
{
    public const int Pcm = 1;
    public const int Float = 3;
    public const int Extensible = 0xFFFE;

    public const int LowestRate = 1000;
    public const int HighestRate = 768_000;
    public const int MostChannels = 64;

    public int BytesPerSample => Bits / 8;

    /// <summary>Whether the samples are plain numbers; others (A-law, ADPCM, MP3 …) are for ffmpeg.</summary>
    public bool IsPlain => Tag is Pcm or Float;

    /// <summary>What is wrong with the format, or null.</summary>
    public string? Problem => this switch
    {
        { Channels: < 1 or > MostChannels } => $"{Channels} channels, expected 1 to {MostChannels}",
        { SampleRate: < LowestRate or > HighestRate } => $"a sample rate of {SampleRate} Hz, expected {LowestRate} to {HighestRate}",
        { IsPlain: false } => $"encoding 0x{Tag:X4}, expected 0x0001 (PCM) or 0x0003 (floating point)",
        { Tag: Pcm, Bits: not (8 or 16 or 24 or 32) } => $"integers of {Bits} bits, expected 8, 16, 24 or 32",
        { Tag: Float, Bits: not (32 or 64) } => $"floating point numbers of {Bits} bits, expected 32 or 64",
        _ when BlockAlign != 0 && BlockAlign != Channels * BytesPerSample => $"frames of {BlockAlign} bytes, expected {Channels * BytesPerSample} ({Channels} channels of {Bits} bits)",
        _ => null,
    };
}
