using Duomano.CommandLine;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Html;
using Duomano.Formats.Motion;

namespace Duomano.Cli;

/// <summary>The files a command was asked to write, checked before any work is done.</summary>
internal sealed class MotionOutputs
{
    private readonly string[] _paths;

    public MotionOutputs(string[] paths)
    {
        foreach (var path in paths)
        {
            if (!MotionFile.WritableExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"{path}: cannot be written; the name should end in one of {string.Join(" ", MotionFile.WritableExtensions)}.");
            }

            if (IsPage(path)) HtmlMotion.EnsureAvailable(path);
        }

        _paths = paths;
    }

    /// <summary>Writes all of them.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="score">The notes it was made from, with title and pedal.</param>
    /// <param name="source">The MIDI file or recording they came from.</param>
    /// <param name="start">Where in it the motion begins, seconds.</param>
    /// <param name="length">How much of it was taken, seconds, or null for all.</param>
    public void Write(TwoHandClip clip, Score score, string source, double start, double? length)
    {
        foreach (var path in _paths)
        {
            if (IsPage(path)) HtmlMotion.Write(path, clip, Page(score, source, start, length));
            else MotionFile.Write(path, clip);
            CommandHost.Say($"{path}: {clip.FrameCount} frames, {clip.Duration:0.0} s");
        }
    }

    private static HtmlPage Page(Score score, string source, double start, double? length) => new()
    {
        Title = score.Title ?? Path.GetFileNameWithoutExtension(source),
        Pedal = score.Pedal,
        Sound = MusicInput.IsMidi(source) ? null : CompressedSound.FromRecording(source, start, length),
    };

    private static bool IsPage(string path) => Path.GetExtension(path).Equals(".html", StringComparison.OrdinalIgnoreCase);
}
