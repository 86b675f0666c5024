namespace Duomano.Networks.Autoencoder;

/// <summary>Sizes of the gesture autoencoder; the published ones unless changed.</summary>
public sealed record GestureAutoencoderConfig
{
    /// <summary>Convolutions of the encoder.</summary>
    public const int ConvolutionCount = 4;

    /// <summary>Shortest motion that the convolutions leave something of, frames.</summary>
    public const int ShortestMotion = 12;

    /// <summary>Numbers a frame: 48 of the right hand's pose, then 48 of the left hand's, radians.</summary>
    public int Channels { get; init => field = Positive(value, nameof(Channels)); } = 96;

    /// <summary>Frames of a motion, an even number; 8 seconds.</summary>
    public int Frames
    {
        get;
        init => field = value >= ShortestMotion && value % 2 == 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Frames), value, $"A motion has an even number of frames, at least {ShortestMotion}, not {value}.");
    } = 240;

    /// <summary>Channels of the four convolutions.</summary>
    public IReadOnlyList<int> Convolutions
    {
        get;
        init => field = value is { Count: ConvolutionCount } && value.All(width => width > 0)
            ? value
            : throw new ArgumentException($"There are {ConvolutionCount} convolutions, each with a positive width.", nameof(Convolutions));
    } = [32, 64, 64, 32];

    /// <summary>Width of the widest linear layer.</summary>
    public int Hidden { get; init => field = Positive(value, nameof(Hidden)); } = 512;

    /// <summary>Numbers that a motion becomes.</summary>
    public int Features { get; init => field = Positive(value, nameof(Features)); } = 256;

    /// <summary>Frames that are left of a motion behind the convolutions.</summary>
    internal int EncodedFrames => (Frames - 6) / 2 - 2;

    private static int Positive(int value, string name) => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is at least 1, not {value}.");
}
