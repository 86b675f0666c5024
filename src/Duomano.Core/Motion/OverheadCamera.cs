using System.Numerics;

namespace Duomano.Core.Motion;

/// <summary>
/// A camera above the keyboard whose picture is mapped onto the plane of the white keys: what is above that plane appears
/// farther from the point below the camera than it is (parallax).
/// </summary>
/// <param name="X">The point below the camera, metres to the treble from the middle of the keyboard.</param>
/// <param name="Z">The same towards the player, from the white keys' front edge.</param>
/// <param name="Height">Metres above the white keys.</param>
public sealed record OverheadCamera(float X, float Z, float Height)
{
    /// <summary>
    /// The camera of the recorded pianists. The sides of black keys that a video of them shows say that it is 1.1 to 1.65 m
    /// high; solved hands would rather have it higher (wrists 4.6 mm off at 1.2 m, 4.1 at 1.5 m, 3.7 at 2 m, in the median).
    /// </summary>
    public static OverheadCamera Recorded { get; } = new(0, -0.1f, 1.5f);

    /// <summary>Where a point appears in the plane of the white keys: x and z, metres.</summary>
    public Vector2 Project(Vector3 point)
    {
        var scale = Height / (Height - point.Y);
        return new(X + (point.X - X) * scale, Z + (point.Z - Z) * scale);
    }

    /// <summary>Where a point is that appears at a place and is known to be at a height: x and z, metres.</summary>
    public Vector2 PlaceAt(Vector2 seen, float y)
    {
        var scale = 1 - y / Height;
        return new(X + (seen.X - X) * scale, Z + (seen.Y - Z) * scale);
    }

    /// <summary>By how much a point that appears at a place lies nearer to the point below the camera, for each metre that it is higher: x and z.</summary>
    public Vector2 Parallax(Vector2 seen) => new((seen.X - X) / Height, (seen.Y - Z) / Height);

    /// <summary>The same camera as a mirrored keyboard has it.</summary>
    public OverheadCamera Mirrored() => this with { X = -X };
}
