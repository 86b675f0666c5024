using Duomano.Core.Hands;
using Duomano.Vision.Hands;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Watching;

/// <summary>What was seen in a video, before it is known which notes it has.</summary>
public sealed record SeenVideo
{
    /// <summary>Frames a second.</summary>
    public required double Fps { get; init; }

    /// <summary>Pixels across.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels down.</summary>
    public required int Height { get; init; }

    /// <summary>The hands in each frame; null where one was not seen.</summary>
    public required IReadOnlyList<PerHand<HandLandmarks?>> Hands { get; init; }

    /// <summary>The keyboard.</summary>
    public required SeenKeyboard Keyboard { get; init; }

    /// <summary>In one line, why there are no more frames than these; null where the video was read to its end.</summary>
    public string? Problem { get; init; }

    /// <summary>Length, seconds.</summary>
    public double Duration => Hands.Count / Fps;
}
