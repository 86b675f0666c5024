namespace Duomano.Tests;

/// <summary>Programs of other makers that some tests need; a test that lacks one is skipped by name.</summary>
internal static class Capabilities
{
    private static readonly Lazy<bool> HasFfmpeg = new(() => IsOnPath("ffmpeg"));
    private static readonly Lazy<bool> HasFluidsynth = new(() => IsOnPath("fluidsynth"));
    private static readonly Lazy<bool> HasBlender = new(() => IsOnPath("blender"));
    private static readonly Lazy<bool> HasNode = new(() => IsOnPath("node") && IsOnPath("npm"));
    private static readonly Lazy<bool> HasBrowser = new(() => HasNode.Value && (IsOnPath("chromium") || IsOnPath("chromium-browser") || IsOnPath("google-chrome")));

    /// <summary>ffmpeg decodes and encodes audio and video.</summary>
    public static bool Ffmpeg => HasFfmpeg.Value;

    /// <summary>fluidsynth renders MIDI to sound.</summary>
    public static bool Fluidsynth => HasFluidsynth.Value;

    /// <summary>node and npm run checkers written in JavaScript.</summary>
    public static bool Node => HasNode.Value;

    /// <summary>A browser that opens the pages, and node to lead it.</summary>
    public static bool Browser => HasBrowser.Value;

    /// <summary>blender imports what animators import.</summary>
    public static bool Blender => HasBlender.Value;

    private static bool IsOnPath(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        return folders.Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending))));
    }
}
