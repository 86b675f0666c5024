using System.Numerics;
using Duomano.Rendering.Scene;

namespace Duomano.Rendering.Tests.Scene;

public class ShadowMapTest
{
    // A plate of 10 cm, 5 cm above the plane, under a light that comes from the left.
    private static readonly Vector3[] Plate = [new(-0.05f, 0.05f, 0.05f), new(0.05f, 0.05f, 0.05f), new(0.05f, 0.05f, -0.05f), new(-0.05f, 0.05f, -0.05f)];

    [Fact]
    public void What_is_behind_something_is_dark_and_all_else_is_lit()
    {
        var map = Map();
        Assert.Equal(new Vector2(0.05f, 0), map.Cast(new(0, 0.05f, 0)));
        Assert.InRange(map.Light(new(0.05f, 0, 0)), 0, 0.02f);
        Assert.InRange(map.Light(new(0.02f, 0, 0.03f)), 0, 0.02f);
        Assert.InRange(map.Light(new(-0.03f, 0, 0)), 0.98f, 1);
        Assert.InRange(map.Light(new(0.05f, 0, 0.08f)), 0.98f, 1);

        // Above the plate, and on it.
        Assert.Equal(1, map.Light(new(0, 0.08f, 0)));
        Assert.Equal(1, map.Light(new(0, 0.05f, 0)));
    }

    [Fact]
    public void The_edge_of_a_shadow_is_soft()
    {
        var map = Map();
        var previous = 0f;
        for (var z = 0.04f; z < 0.06f; z += 0.001f)
        {
            var light = map.Light(new(0.05f, 0, z));
            Assert.InRange(light - previous, -0.01f, 0.4f);
            previous = light;
        }

        Assert.InRange(previous, 0.95f, 1);
    }

    [Fact]
    public void What_is_taken_away_leaves_no_shadow_and_what_stays_does()
    {
        var map = Map();
        map.TakeAway();
        Assert.Equal(1, map.Light(new(0.05f, 0, 0)));
        map.Add(Plate, [0, 1, 2, 0, 2, 3]);
        map.Stay();
        map.Add([.. Plate.Select(corner => corner - new Vector3(0.08f, 0.02f, 0))], [0, 1, 2, 0, 2, 3]);
        map.Blur();
        Assert.InRange(map.Light(new(-0.04f, 0, 0)), 0, 0.02f);
        map.TakeAway();
        Assert.InRange(map.Light(new(-0.04f, 0, 0)), 0.98f, 1);
        Assert.InRange(map.Light(new(0.05f, 0, 0)), 0, 0.02f);
    }

    [Fact]
    public void The_matrix_leads_to_the_same_place_of_the_grid()
    {
        var map = Map();
        foreach (var point in new Vector3[] { new(0.05f, 0, 0), new(0.03f, 0.01f, 0.049f), new(-0.1f, -0.02f, 0.1f) })
        {
            var place = Vector3.Transform(point, map.ToGrid);
            Assert.Equal(map.Light(point), map.Light(place.X, place.Y, place.Z), 1e-4f);
        }
    }

    private static ShadowMap Map()
    {
        var map = new ShadowMap(Vector3.Normalize(new(-1, 1, 0)), new(-0.2f), new(0.2f), 0.002f, 1, 0.002f);
        map.Add(Plate, [0, 1, 2, 0, 2, 3]);
        map.Blur();
        return map;
    }
}
