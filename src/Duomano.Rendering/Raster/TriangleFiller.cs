using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Duomano.Rendering.Raster;

/// <summary>
/// Fills triangles into a rectangle of samples with a depth buffer, eight samples at a time, by edge functions (Pineda
/// 1988, "A parallel algorithm for polygon rasterization").
/// </summary>
internal static class TriangleFiller
{
    /// <summary>Samples that are computed together; the width of a rectangle is a multiple of it.</summary>
    public const int Lanes = 8;

    // Neighbours overlap by a thousandth of a sample rather than leave a gap.
    private const float Overlap = 1e-3f;

    /// <summary>Fills one triangle where it is nearest; those that face away are left out.</summary>
    /// <param name="a">Corner: x, y in samples from the rectangle's corner, depth. Seen from the front the corners go counter-clockwise, with y downwards.</param>
    /// <param name="b">Second corner.</param>
    /// <param name="c">Third corner.</param>
    /// <param name="colorA">Colour there, 0 to 255.</param>
    /// <param name="colorB">Colour of the second corner.</param>
    /// <param name="colorC">Colour of the third corner.</param>
    /// <param name="tag">Goes into the highest byte of the colours.</param>
    /// <param name="depths">[height × width] depths.</param>
    /// <param name="colors">[height × width] colours, 0xTTRRGGBB; empty where depths alone are wanted.</param>
    /// <param name="width">The rectangle's width.</param>
    /// <param name="height">Its height.</param>
    public static void Fill(
        Vector3 a, Vector3 b, Vector3 c, Vector3 colorA, Vector3 colorB, Vector3 colorC, uint tag,
        Span<float> depths, Span<uint> colors, int width, int height)
    {
        var area = (c.X - a.X) * (b.Y - a.Y) - (b.X - a.X) * (c.Y - a.Y);
        if (area <= 1e-6f) return;
        var left = Math.Max(0, (int)MathF.Floor(MathF.Min(a.X, MathF.Min(b.X, c.X)) - 0.5f));
        var right = Math.Min(width - 1, (int)MathF.Ceiling(MathF.Max(a.X, MathF.Max(b.X, c.X)) - 0.5f));
        var top = Math.Max(0, (int)MathF.Floor(MathF.Min(a.Y, MathF.Min(b.Y, c.Y)) - 0.5f));
        var bottom = Math.Min(height - 1, (int)MathF.Ceiling(MathF.Max(a.Y, MathF.Max(b.Y, c.Y)) - 0.5f));
        if (left > right || top > bottom) return;
        left &= ~(Lanes - 1);

        // Shares of the corners are linear in x and y; the third one is the rest.
        var inverse = 1 / area;
        var (stepXA, stepYA) = ((c.Y - b.Y) * inverse, (b.X - c.X) * inverse);
        var (stepXB, stepYB) = ((a.Y - c.Y) * inverse, (c.X - a.X) * inverse);
        var (px, py) = (left + 0.5f, top + 0.5f);
        var rowA = (px - b.X) * stepXA + (py - b.Y) * stepYA;
        var rowB = (px - c.X) * stepXB + (py - c.Y) * stepYB;
        var (stepXC, stepYC) = (-stepXA - stepXB, -stepYA - stepYB);
        var (slackA, slackB, slackC) = (Slack(stepXA, stepYA), Slack(stepXB, stepYB), Slack(stepXC, stepYC));

        var laneIndex = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        var lanesA = laneIndex * stepXA;
        var lanesB = laneIndex * stepXB;
        var (jumpA, jumpB) = (Vector256.Create(stepXA * Lanes), Vector256.Create(stepXB * Lanes));
        var (leastA, leastB, leastC) = (Vector256.Create(-slackA), Vector256.Create(-slackB), Vector256.Create(-slackC));
        var (tintA, tintB) = (colorA - colorC, colorB - colorC);
        var colorTag = Vector256.Create(tag << 24);
        var hasColors = !colors.IsEmpty;
        var isFlat = colorA == colorB && colorA == colorC;
        if (isFlat) colorTag |= Vector256.Create((uint)colorA.X << 16 | (uint)colorA.Y << 8 | (uint)colorA.Z);
        for (var y = top; y <= bottom; y++, rowA += stepYA, rowB += stepYB)
        {
            var shareA = Vector256.Create(rowA) + lanesA;
            var shareB = Vector256.Create(rowB) + lanesB;
            var at = y * width + left;
            for (var x = left; x <= right; x += Lanes, at += Lanes, shareA += jumpA, shareB += jumpB)
            {
                var shareC = Vector256<float>.One - shareA - shareB;
                var inside = Vector256.GreaterThanOrEqual(shareA, leastA) & Vector256.GreaterThanOrEqual(shareB, leastB) & Vector256.GreaterThanOrEqual(shareC, leastC);
                if (inside == Vector256<float>.Zero) continue;
                ref var depthAt = ref depths[at];
                var depth = shareA * a.Z + shareB * b.Z + shareC * c.Z;
                var before = Vector256.LoadUnsafe(ref depthAt);
                inside &= Vector256.LessThan(depth, before);
                if (inside == Vector256<float>.Zero) continue;
                Vector256.ConditionalSelect(inside, depth, before).StoreUnsafe(ref depthAt);
                if (!hasColors) continue;
                var color = colorTag;
                if (!isFlat)
                {
                    var red = Byte(Mix(shareA, shareB, tintA.X, tintB.X, colorC.X));
                    var green = Byte(Mix(shareA, shareB, tintA.Y, tintB.Y, colorC.Y));
                    var blue = Byte(Mix(shareA, shareB, tintA.Z, tintB.Z, colorC.Z));
                    color |= red << 16 | green << 8 | blue;
                }

                ref var colorAt = ref colors[at];
                Vector256.ConditionalSelect(inside.AsUInt32(), color, Vector256.LoadUnsafe(ref colorAt)).StoreUnsafe(ref colorAt);
            }
        }
    }

    private static float Slack(float stepX, float stepY) => Overlap * (MathF.Abs(stepX) + MathF.Abs(stepY));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mix(Vector256<float> shareA, Vector256<float> shareB, float a, float b, float rest) => shareA * a + shareB * b + Vector256.Create(rest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Byte(Vector256<float> value) =>
        Vector256.ConvertToInt32(Vector256.Min(Vector256.Max(value, Vector256<float>.Zero), Vector256.Create(255f))).AsUInt32();
}
