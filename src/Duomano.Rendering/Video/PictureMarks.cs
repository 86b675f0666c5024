using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Rendering.Video;

/// <summary>What is drawn over a picture of a video.</summary>
public sealed class PictureMarks
{
    /// <summary>Lines, in the colour of a hand or, for none, in that of what belongs to nobody; pixels.</summary>
    public IList<(HandSide? Hand, Vector2 From, Vector2 To)> Lines { get; } = [];

    /// <summary>Points.</summary>
    public IList<(HandSide? Hand, Vector2 Place)> Points { get; } = [];

    /// <summary>Short words, such as a finger's number, in the middle of a place.</summary>
    public IList<(HandSide? Hand, Vector2 Place, string Words)> Words { get; } = [];
}
