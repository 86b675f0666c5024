using Duomano.Core.Files;

namespace Duomano.Formats.Audio;

/// <summary>The sound of a video as a file of its own, so that the video need not be kept for it.</summary>
public static class SoundTrack
{
    /// <summary>What <see cref="Write"/> makes.</summary>
    public const string Ending = ".flac";

    /// <summary>Writes the first sound track without loss, from its first sample on, as it is listened to.</summary>
    /// <param name="path">Anything with sound that ffmpeg reads.</param>
    /// <param name="output">The FLAC file to write; one that is there is written over.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">There is no sound in it.</exception>
    /// <exception cref="FfmpegMissingException">There is no ffmpeg.</exception>
    public static void Write(string path, string output, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(output);
        var folder = FfmpegDecoder.FindFolder(Environment.GetEnvironmentVariable("PATH") ?? "") ?? throw new FfmpegMissingException($"read {path}");
        FfmpegDecoder.Run(path, folder, input => input
            .OutputToFile(FfmpegInput.Quoted(output), overwrite: true, arguments => arguments.WithCustomArgument("-map 0:a:0 -map_metadata -1 -bitexact -c:a flac -sample_fmt s16").ForceFormat("flac")), cancellation);
    }
}
