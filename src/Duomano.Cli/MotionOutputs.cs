using Duomano.CommandLine;
using Duomano.Core.Motion;
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
        }

        _paths = paths;
    }

    public void Write(TwoHandClip clip)
    {
        foreach (var path in _paths)
        {
            MotionFile.Write(path, clip);
            CommandHost.Say($"{path}: {clip.FrameCount} frames, {clip.Duration:0.0} s");
        }
    }
}
