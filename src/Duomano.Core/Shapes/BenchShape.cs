namespace Duomano.Core.Shapes;

/// <summary>A piano bench.</summary>
public static class BenchShape
{
    // Half its width and depth, how thick the seat and the legs are, and how round the seat's edges, metres.
    private const float HalfWidth = 0.32f, HalfDepth = 0.16f, Seat = 0.09f, Leg = 0.04f, Roundness = 0.02f;

    /// <summary>A bench whose middle is at x = z = 0.</summary>
    /// <param name="top">Where one sits on it, metres.</param>
    /// <param name="floor">Where it stands; one that would have no legs is a cushion.</param>
    public static TriangleMesh Build(float top, float floor)
    {
        var mesh = new TriangleMesh();
        mesh.AddBlock(new(-HalfWidth, top - Seat, -HalfDepth), new(HalfWidth, top, HalfDepth), Roundness);
        if (top - Seat - Leg < floor) return mesh;
        foreach (var x in (ReadOnlySpan<float>)[Leg - HalfWidth, HalfWidth - 2 * Leg])
        {
            foreach (var z in (ReadOnlySpan<float>)[Leg - HalfDepth, HalfDepth - 2 * Leg]) mesh.AddBlock(new(x, floor, z), new(x + Leg, top - Seat / 2, z + Leg), 0.004f);
        }

        return mesh;
    }
}
