using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>What hides where the forearm ends: a shirt's cuff and a jacket's sleeve, closed behind.</summary>
internal static class SleeveShape
{
    private const int Sides = 22;

    // Along the forearm (x), how far outside the arm, and how far folds rise and fall; millimetres.
    private static readonly (float Place, float Outside, float Folds)[] Cuff =
        [(60, -1.5f, 0), (55.5f, 1.6f, 0), (55, 2.6f, 0), (56, 3.4f, 0), (64, 3.6f, 0.1f), (76, 3.0f, 0)];

    // Long enough to leave the picture where both hands are seen together; its rings stand closer than its folds.
    private const int Rings = 15;
    private const float FirstRing = 78;
    private const float BetweenRings = 24;

    private static readonly (float Place, float Outside, float Folds)[] Sleeve =
    [
        (74, 2.0f, 0), (68, 4.2f, 0), (67, 5.6f, 0.1f), (68.5f, 6.6f, 0.2f),
        .. Enumerable.Range(0, Rings).Select(i => (FirstRing + BetweenRings * i, 7 + MathF.Min(2.2f, 0.3f * i), MathF.Min(1.6f, 0.4f + 0.25f * i))),
        (428, 7.0f, 0.8f), (440, 1.5f, 0.4f), (448, -8, 0), (452, -22, 0),
    ];

    public static IEnumerable<SkinnedPart> Build(float scale) =>
        [Loft(SurfaceMaterial.Cuff, Cuff, closed: false, scale), Loft(SurfaceMaterial.Sleeve, Sleeve, closed: true, scale)];

    private static SkinnedPart Loft(SurfaceMaterial material, ReadOnlySpan<(float Place, float Outside, float Folds)> rings, bool closed, float scale)
    {
        var (positions, indices) = (new List<Vector3>(), new List<int>());
        foreach (var (place, outside, folds) in rings)
        {
            for (var i = 0; i < Sides; i++)
            {
                var angle = MathF.Tau * i / Sides;
                var (sin, cos) = MathF.SinCos(angle);
                var fold = folds * (MathF.Sin(0.066f * place + 2 * angle) + 0.5f * MathF.Sin(0.1f * place - 3 * angle + 1));
                var (height, width) = PalmShape.ForearmAt(place);
                positions.Add(PalmShape.ForearmMiddle + new Vector3(place, (height + outside + fold) * cos, (width + outside + fold) * sin));
            }
        }

        for (var ring = 0; ring < rings.Length - 1; ring++)
        {
            for (var i = 0; i < Sides; i++)
            {
                var (a, b) = (ring * Sides + i, ring * Sides + (i + 1) % Sides);
                indices.AddRange([a, a + Sides, b + Sides, a, b + Sides, b]);
            }
        }

        if (closed)
        {
            var last = positions.Count - Sides;
            for (var i = 1; i < Sides - 1; i++) indices.AddRange([last, last + i + 1, last + i]);
        }

        TurnOutwards(positions, indices);
        var weights = new float[positions.Count * SkinWeights.Bones];
        for (var i = 0; i < positions.Count; i++) weights[i * SkinWeights.Bones + SkinWeights.Forearm] = 1;
        return HandMesh.Assemble(material, positions, TriangleMesh.NormalsOf(positions, indices), [.. positions.Select(_ => Vector3.One)], weights, indices, scale);
    }

    // The far side of the sleeve tells which way round its triangles are.
    private static void TurnOutwards(List<Vector3> positions, List<int> indices)
    {
        var highest = 3 * Sides;
        var triangle = Enumerable.Range(0, indices.Count / 3).First(i => indices[i * 3] == highest);
        var (a, b, c) = (positions[indices[triangle * 3]], positions[indices[triangle * 3 + 1]], positions[indices[triangle * 3 + 2]]);
        if (Vector3.Cross(b - a, c - a).Y > 0) return;
        for (var i = 0; i < indices.Count; i += 3) (indices[i + 1], indices[i + 2]) = (indices[i + 2], indices[i + 1]);
    }
}
