namespace Duomano.Formats.Audio;

/// <summary>Something needs the program ffmpeg, and it is not installed. The message says how to help.</summary>
public sealed class FfmpegMissingException : InvalidOperationException
{
    /// <summary>Says what for.</summary>
    /// <param name="purpose">What cannot be done, such as "read song.mp3".</param>
    /// <param name="inner">How it was noticed.</param>
    public FfmpegMissingException(string purpose, Exception? inner = null)
        : base($"cannot {purpose}: it needs ffmpeg, which is not on the PATH; install it (Debian and Ubuntu: apt install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg)", inner)
    {
    }
}
