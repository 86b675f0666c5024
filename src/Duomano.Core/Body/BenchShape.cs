using System.Numerics;
using Duomano.Core.Shapes;

namespace Duomano.Core.Body;

/// <summary>A piano bench.</summary>
public static class BenchShape
{
    // Half its width and depth, how thick the seat and the legs are, and how round the seat's edges, metres.
    private const float HalfWidth = 0.32f, HalfDepth = 0.16f, Seat = 0.09f, Leg = 0.04f, Roundness = 0.02f;

    // How far the bench's middle is behind the hips, metres, and how far below their joint one sits, times the thigh's length.
    private const float Behind = 0.03f, SittingDepth = 0.2f;

    /// <summary>The bench that somebody sits on, and where its middle is above the floor; none where nobody sits.</summary>
    /// <param name="motion">Who sits there.</param>
    /// <param name="floor">Where it stands.</param>
    public static (TriangleMesh Mesh, Vector3 Place)? Below(BodyMotion motion, float floor)
    {
        ArgumentNullException.ThrowIfNull(motion);
        var humanoid = motion.Humanoid;
        if (motion.FrameCount == 0 || !humanoid.Has("hips")) return null;
        var thigh = Vector3.Distance(humanoid["leftUpperLeg"], humanoid["leftLowerLeg"]);
        Vector3[] hips = [.. Enumerable.Range(0, motion.FrameCount).Select(frame => motion.Root("hips", frame))];
        var seat = hips.Aggregate(Vector3.Zero, (sum, place) => sum + place) / hips.Length;
        return (Build(hips.Min(place => place.Y) - SittingDepth * thigh, floor), new(seat.X, 0, seat.Z + Behind));
    }

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
