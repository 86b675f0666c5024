using Duomano.Formats.Avatars;
using Duomano.Formats.Video;
using Duomano.Rendering.Scene;

namespace Duomano.Rendering.Video;

/// <summary>How a performance is shown as video.</summary>
public sealed record VideoOptions
{
    /// <summary>What is played.</summary>
    public string Title { get; init; } = "";

    /// <summary>Who made the music, for the file's metadata.</summary>
    public IReadOnlyList<string> Credits { get; init; } = [];

    /// <summary>Where one looks from.</summary>
    public CameraView View { get; init; } = CameraView.Top;

    /// <summary>A camera that films the hands and the keys and nothing else, neither notes nor colours; null for the usual picture from <see cref="View"/>.</summary>
    public Camera? Camera { get; init; }

    /// <summary>Changes each picture after it is drawn, such as into one of a dark room: [height × width] pixels, 0xFFRRGGBB; null for nothing.</summary>
    public Action<uint[]>? Develop { get; init; }

    /// <summary>Who plays; null for hands alone.</summary>
    public AvatarSkin? Avatar { get; init; }

    /// <summary>Its sound; null for a silent video.</summary>
    public VideoSound? Sound { get; init; }

    /// <summary>Pixels across.</summary>
    public int Width { get; init; } = 1920;

    /// <summary>Pixels down.</summary>
    public int Height { get; init; } = 1080;

    /// <summary>Threads to draw with.</summary>
    public int Threads { get; init; } = 1;
}
