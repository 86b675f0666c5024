using System.Numerics;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Tests.Keyboards;

public class HomographyTests
{
    private static readonly Vector2[] Corners = [new(100, 80), new(1180, 60), new(1100, 400), new(180, 420)];

    private static readonly Vector2[] Keyboard = [new(-0.61f, -0.15f), new(0.61f, -0.15f), new(0.61f, 0), new(-0.61f, 0)];

    [Fact]
    public void Four_corners_are_met_and_the_way_back_too()
    {
        var homography = Homography.Fit(Corners, Keyboard);
        for (var i = 0; i < 4; i++)
        {
            Assert.True(Vector2.Distance(Keyboard[i], homography.Apply(Corners[i])) < 1e-6);
            Assert.True(Vector2.Distance(Corners[i], homography.Inverted().Apply(Keyboard[i])) < 1e-3);
        }

        // Where the diagonals cross stays where they cross.
        Assert.True(Vector2.Distance(new(0, -0.075f), homography.Apply(Crossing(Corners))) < 1e-6);
    }

    [Fact]
    public void Many_places_with_errors_are_met_in_the_mean()
    {
        var truth = Homography.Fit(Corners, Keyboard).Inverted();
        var random = new Random(3);
        Vector2[] places = [.. Enumerable.Range(0, 200).Select(_ => new Vector2(random.NextSingle() * 1.22f - 0.61f, -0.15f * random.NextSingle()))];
        Vector2[] seen = [.. places.Select(place => truth.Apply(place) + new Vector2(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f))];
        var found = Homography.Fit(places, seen);
        Assert.True(places.Max(place => Vector2.Distance(truth.Apply(place), found.Apply(place))) < 0.5);
    }

    [Fact]
    public void One_after_another_is_both()
    {
        var first = Homography.Fit(Corners, Keyboard);
        var second = Homography.FromMatrix([2, 0, 1, 0, 3, -1, 0.1, 0, 1]);
        var place = new Vector2(300, 200);
        Assert.True(Vector2.Distance(second.Apply(first.Apply(place)), second.After(first).Apply(place)) < 1e-5);
    }

    [Fact]
    public void Places_on_a_line_and_odd_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Homography.Fit([new(0, 0), new(1, 1), new(2, 2), new(3, 3)], Keyboard));
        Assert.Throws<ArgumentException>(() => Homography.Fit(Corners, Keyboard[..3]));
        Assert.Throws<ArgumentException>(() => Homography.FromMatrix([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Homography.FromMatrix([1, 0, 0, 0, 0, 0, 0, 0, 1]));
        Assert.Throws<ArgumentException>(() => Homography.FromMatrix([1, 0, 0, 0, double.NaN, 0, 0, 0, 1]));
    }

    private static Vector2 Crossing(Vector2[] corners)
    {
        var (p, r, q, s) = (corners[0], corners[2] - corners[0], corners[1], corners[3] - corners[1]);
        float Cross(Vector2 a, Vector2 b) => a.X * b.Y - a.Y * b.X;
        return p + r * (Cross(q - p, s) / Cross(r, s));
    }
}
