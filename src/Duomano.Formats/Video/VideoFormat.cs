namespace Duomano.Formats.Video;

/// <summary>Size, rate and length of a video.</summary>
public sealed record VideoFormat
{
    /// <summary>Describes a video.</summary>
    /// <param name="width">Pixels across, even.</param>
    /// <param name="height">Pixels down, even.</param>
    /// <param name="fps">Pictures a second.</param>
    /// <param name="frameCount">Number of pictures, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">No encoder takes such a video.</exception>
    public VideoFormat(int width, int height, double fps, int frameCount)
    {
        if (width is < 16 or > 8192 || width % 2 != 0) throw new ArgumentOutOfRangeException(nameof(width), width, "A video is 16 to 8192 pixels wide, an even number.");
        if (height is < 16 or > 8192 || height % 2 != 0) throw new ArgumentOutOfRangeException(nameof(height), height, "A video is 16 to 8192 pixels high, an even number.");
        if (!(fps is > 0 and <= 240)) throw new ArgumentOutOfRangeException(nameof(fps), fps, "A video has up to 240 pictures a second.");
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        (Width, Height, Fps, FrameCount) = (width, height, fps, frameCount);
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>Pictures a second.</summary>
    public double Fps { get; }

    /// <summary>Number of pictures.</summary>
    public int FrameCount { get; }
}
