using System.Numerics;
using CsCheck;
using Duomano.Core.Hands;

namespace Duomano.Core.Tests.Hands;

public sealed class SegmentsTest
{
    [Fact]
    public void The_distance_is_the_least_of_many_samples()
    {
        var point = Gen.Select(Gen.Float[-1, 1], Gen.Float[-1, 1], Gen.Float[-1, 1], (x, y, z) => new Vector3(x, y, z));
        Gen.Select(point, point, point, point).Sample((a, b, c, d) =>
        {
            var least = float.PositiveInfinity;
            for (var i = 0; i <= 100; i++)
            {
                for (var j = 0; j <= 100; j++) least = MathF.Min(least, Vector3.Distance(Vector3.Lerp(a, b, i / 100f), Vector3.Lerp(c, d, j / 100f)));
            }

            Assert.InRange(Segments.Distance(a, b, c, d), least - 0.03f, least + 1e-4f);
        }, iter: 100);
    }

    [Fact]
    public void The_distance_of_points_is_theirs()
    {
        Assert.Equal(2, Segments.Distance(Vector3.Zero, Vector3.Zero, new(2, 0, 0), new(2, 0, 0)), 5);
        Assert.Equal(1, Segments.Distance(new(-1, 0, 0), new(1, 0, 0), new(0.5f, 1, 0), new(0.5f, 1, 0)), 5);
        Assert.Equal(1, Segments.Distance(new(0, 1, 0), new(0, 1, 0), new(-1, 0, 0), new(1, 0, 0)), 5);
        Assert.Equal(1, Segments.Distance(new(0, 0, 0), new(1, 0, 0), new(0, 1, 0), new(1, 1, 0)), 5);
    }
}
