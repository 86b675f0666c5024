using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Shapes;

namespace Duomano.Rendering.Scene;

/// <summary>What a body that is seen whole sits and stands on: floor, bench and pedal.</summary>
internal static class Room
{
    private static readonly Vector3 Middle = Lighting.ToScreen(new(0.046f, 0.049f, 0.056f)), Edge = new(40, 42, 47);

    // Rings of the floor's disc, which fades into the background, metres.
    private const float Radius = 1.7f, FloorDepth = 0.25f;
    private const int Rings = 36, Sides = 48;

    /// <summary>Adds it while the scene is set.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="body">Who sits there.</param>
    /// <param name="hasPedal">Whether a pedal is to be seen.</param>
    public static void AddTo(SceneRenderer scene, BodyMotion body, bool hasPedal)
    {
        var centre = new Vector3(0, -SeatedPianist.Floor, FloorDepth);
        for (var ring = Rings; ring > 0; ring--)
        {
            // From the rim inwards: the later ones lie over the earlier ones.
            var lift = 0.0004f * (Rings - ring) * Vector3.UnitY;
            var radius = Radius * ring / Rings;
            Vector3[] corners = [.. Enumerable.Range(0, Sides).Select(i => MathF.SinCos(-MathF.Tau * i / Sides)).Select(turn => centre + lift + radius * new Vector3(turn.Cos, 0, turn.Sin))];
            scene.AddPolygon(corners, Vector3.Lerp(Middle, Edge, MathF.Pow((float)ring / Rings, 1.5f)));
        }

        if (BenchShape.Below(body, -SeatedPianist.Floor) is { } bench) scene.AddStill(Body.Of(SurfaceMaterial.Case, bench.Mesh, bench.Place));
        if (hasPedal) scene.AddStill(Body.Of(SurfaceMaterial.Case, KeyShape.BuildPedal(), KeyShape.Pedal));
    }
}
