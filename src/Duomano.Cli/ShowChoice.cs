using Duomano.Formats.Audio;
using Duomano.Rendering.Scene;

namespace Duomano.Cli;

/// <summary>What a command was told about videos and pages.</summary>
/// <param name="View">Where one looks from in a video; null for where most is seen of whoever plays.</param>
/// <param name="SoundFont">Instrument for videos of pieces that have no recording; null for what the system has.</param>
/// <param name="Sound">A recording to play instead of the input; null for none.</param>
internal sealed record ShowChoice(CameraView? View, string? SoundFont, string? Sound)
{
    public static ShowChoice Usual { get; } = new(null, null, null);

    private static CameraView? ParseView(string? name, bool hasAvatar) => name?.ToUpperInvariant() switch
    {
        null => null,
        "TOP" => CameraView.Top,
        "PLAYER" when hasAvatar => throw new ArgumentException("--view player looks from where the avatar's head is; it is top or side with --avatar."),
        "PLAYER" => CameraView.Player,
        "SIDE" when !hasAvatar => throw new ArgumentException("--view side shows a whole body; --avatar says whose."),
        "SIDE" => CameraView.Side,
        _ => throw new ArgumentException($"--view is top, player or side, not '{name}'."),
    };

    /// <summary>What was asked for, checked before any work is done.</summary>
    /// <param name="view">The name of a view, or null.</param>
    /// <param name="soundFont">A sound font, or null.</param>
    /// <param name="sound">A recording, or null.</param>
    /// <param name="hasAvatar">Whether a whole body plays.</param>
    public static ShowChoice Parse(string? view, string? soundFont, string? sound, bool hasAvatar = false)
    {
        return new(ParseView(view, hasAvatar), InputFile.CheckIfGiven(soundFont), CheckSound(sound));
    }

    private static string? CheckSound(string? path)
    {
        if (path is null) return null;
        InputFile.Check(path);
        if (MusicInput.HasNotes(path)) throw new ArgumentException($"--sound is a recording, not a file of notes such as '{path}'.");
        AudioFile.EnsureReadable(path);
        return path;
    }
}
