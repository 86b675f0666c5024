using System.Numerics;

namespace Duomano.Vision.Keyboards;

/// <summary>
/// How a lens bends straight lines, by one radial coefficient: a pixel at distance r from the picture's middle belongs at r (1 + coefficient (r / scale)²)
/// (Brown 1966; wide-angle lenses have positive coefficients).
/// </summary>
/// <param name="Centre">The picture's middle, pixels.</param>
/// <param name="Scale">Half of the picture's diagonal, pixels.</param>
/// <param name="Coefficient">How strong it is; 0 for a pinhole camera.</param>
public sealed record LensDistortion(Vector2 Centre, float Scale, double Coefficient)
{
    /// <summary>Where a pixel would be without the lens's distortion.</summary>
    public Vector2 Straighten(Vector2 pixel)
    {
        var away = pixel - Centre;
        return Centre + away * (float)(1 + Coefficient * away.LengthSquared() / (Scale * Scale));
    }

    /// <summary>The way back.</summary>
    public Vector2 Bend(Vector2 straight)
    {
        var (target, away) = (straight - Centre, straight - Centre);
        for (var step = 0; step < 6; step++) away = target / (float)(1 + Coefficient * away.LengthSquared() / (Scale * Scale));
        return Centre + away;
    }
}
