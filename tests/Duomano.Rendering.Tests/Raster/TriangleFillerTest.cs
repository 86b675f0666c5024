using System.Numerics;
using CsCheck;
using Duomano.Rendering.Raster;

namespace Duomano.Rendering.Tests.Raster;

public class TriangleFillerTest
{
    private const int Size = 32;

    private static readonly Gen<Vector3> Corners = Gen.Select(Gen.Float[-10, Size + 10], Gen.Float[-10, Size + 10], Gen.Float[0, 1]).Select((x, y, z) => new Vector3(x, y, z));

    [Fact]
    public void Samples_whose_middles_are_inside_are_filled_and_no_others() => Gen.Select(Corners, Corners, Corners).Sample((a, b, c) =>
    {
        var (depths, colors) = Empty();
        Fill(depths, colors, a, b, c, new(200, 100, 50), 7);
        var area = Cross(a, b, c);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var middle = new Vector3(x + 0.5f, y + 0.5f, 0);
                var (ab, bc, ca) = (Cross(a, b, middle), Cross(b, c, middle), Cross(c, a, middle));
                var deepest = MathF.Min(ab / Side(a, b), MathF.Min(bc / Side(b, c), ca / Side(c, a)));
                var filled = colors[y * Size + x] != 0;
                if (area < 1) Assert.False(filled && area < 0);
                else if (deepest > 0.01f) Assert.True(filled, $"({x}, {y}) is {deepest} inside");
                else if (deepest < -0.01f) Assert.False(filled, $"({x}, {y}) is {-deepest} outside");
                if (!filled || area < 1) continue;
                Assert.InRange((int)(colors[y * Size + x] >> 16 & 255), 199, 200);
                Assert.Equal(7u, colors[y * Size + x] >> 24);
                Assert.Equal((bc * a.Z + ca * b.Z + ab * c.Z) / area, depths[y * Size + x], 2e-3f);
            }
        }
    });

    [Fact]
    public void Two_triangles_of_a_square_leave_no_gap() => Gen.Select(Gen.Float[2, 14], Gen.Float[18, 30], Gen.Float[0, 3]).Sample((low, high, angle) =>
    {
        Vector3 Turned(float x, float y) => new(16 + MathF.Cos(angle) * x - MathF.Sin(angle) * y, 16 + MathF.Sin(angle) * x + MathF.Cos(angle) * y, 0.5f);
        var half = (high - low) / 2;
        var (a, b, c, d) = (Turned(-half, -half), Turned(-half, half), Turned(half, half), Turned(half, -half));
        var (depths, colors) = Empty();
        Fill(depths, colors, a, b, c, new(255), 1);
        Fill(depths, colors, a, c, d, new(255), 1);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var offset = new Vector2(x + 0.5f - 16, y + 0.5f - 16);
                var (u, v) = (offset.X * MathF.Cos(angle) + offset.Y * MathF.Sin(angle), offset.Y * MathF.Cos(angle) - offset.X * MathF.Sin(angle));
                if (MathF.Max(MathF.Abs(u), MathF.Abs(v)) < half - 0.01f) Assert.NotEqual(0u, colors[y * Size + x]);
            }
        }
    });

    [Fact]
    public void Depths_alone_are_those_of_what_has_colours() => Gen.Select(Corners, Corners, Corners).Sample((a, b, c) =>
    {
        var ((depths, colors), (alone, _)) = (Empty(), Empty());
        TriangleFiller.Fill(a, b, c, new(200, 100, 50), new(10, 250, 0), new(255, 0, 120), 1, depths, colors, Size, Size);
        TriangleFiller.Fill(a, b, c, default, default, default, 0, alone, [], Size, Size);
        Assert.Equal(depths, alone);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_nearer_triangle_is_seen_whichever_comes_first(bool nearFirst)
    {
        var (depths, colors) = Empty();
        foreach (var near in new[] { nearFirst, !nearFirst })
        {
            var depth = near ? 0.2f : 0.8f;
            Fill(depths, colors, new(0, 0, depth), new(0, Size * 2, depth), new(Size * 2, 0, depth), near ? new(255, 0, 0) : new(0, 255, 0), 1);
        }

        Assert.All(colors, color => Assert.Equal(0x01FF0000u, color));
    }

    private static (float[] Depths, uint[] Colors) Empty()
    {
        var depths = new float[Size * Size];
        Array.Fill(depths, 1.5f);
        return (depths, new uint[Size * Size]);
    }

    private static void Fill(float[] depths, uint[] colors, Vector3 a, Vector3 b, Vector3 c, Vector3 color, uint tag) =>
        TriangleFiller.Fill(a, b, c, color, color, color, tag, depths, colors, Size, Size);

    // Twice the area; positive where the corners go counter-clockwise with y downwards.
    private static float Cross(Vector3 a, Vector3 b, Vector3 c) => (c.X - a.X) * (b.Y - a.Y) - (b.X - a.X) * (c.Y - a.Y);

    private static float Side(Vector3 a, Vector3 b) => MathF.Max(1e-3f, Vector2.Distance(new(a.X, a.Y), new(b.X, b.Y)));
}
