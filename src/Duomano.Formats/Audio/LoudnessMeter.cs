using System.Globalization;
using System.Text.RegularExpressions;
using Duomano.Core.Files;
using FFMpegCore;
using FFMpegCore.Exceptions;
using FFMpegCore.Pipes;

namespace Duomano.Formats.Audio;

/// <summary>How loud a recording is as a whole, by ffmpeg's EBU R128 meter.</summary>
internal static partial class LoudnessMeter
{
    // What the meter tells of silence.
    private const double Silence = -70;

    /// <summary>Measures a recording.</summary>
    /// <param name="path">A file that ffmpeg reads.</param>
    /// <param name="folder">The folder that holds ffmpeg.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The integrated loudness, LUFS; null for silence.</returns>
    /// <exception cref="UnreadableFileException">ffmpeg finds no sound in the file.</exception>
    public static double? Measure(string path, string folder, CancellationToken cancellation = default)
    {
        var told = new List<string>();
        try
        {
            FFMpegArguments
                .FromFileInput(FfmpegInput.Quoted(path), verifyExists: false, input => input.WithCustomArgument(FfmpegInput.Options))
                .OutputToPipe(new StreamPipeSink(Stream.Null), output => output.WithCustomArgument("-map 0:a:0 -af ebur128=framelog=verbose").ForceFormat("null"))
                .NotifyOnStandardError(told.Add)
                .ProcessSynchronously(throwOnError: true, new FFOptions { BinaryFolder = folder }, cancellation);
        }
        catch (FFMpegProcessException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new UnreadableFileException(path, "", "ffmpeg cannot measure how loud it is", error);
        }

        cancellation.ThrowIfCancellationRequested();
        var found = told.Select(line => Integrated().Match(line)).LastOrDefault(match => match.Success);
        return found is not null && double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) is > Silence and var loudness ? loudness : null;
    }

    [GeneratedRegex(@"^\s*I:\s*(-?[0-9.]+) LUFS")]
    private static partial Regex Integrated();
}
