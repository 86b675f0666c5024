using System.Numerics;
using Duomano.Vision.Hands;

namespace Duomano.Vision.Tests.Hands;

public class HandRegionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1.1f)]
    [InlineData(-2.4f)]
    public void A_region_turns_and_grows_with_its_hand(float turn)
    {
        // A hand that points up, 100 pixels from its wrist to its knuckles.
        Vector2[] upright = [.. Enumerable.Range(0, 21).Select(i => i == 0 ? new Vector2(0, 100) : new Vector2(20 * ((i - 1) / 4) - 40, -30 * ((i - 1) % 4)))];
        var centre = new Vector2(300, 200);
        var region = HandRegion.Around([.. upright.Select(point => centre + 2 * Vector2.Transform(point, Matrix3x2.CreateRotation(turn)))]);
        var straight = HandRegion.Around(upright);
        Assert.Equal(2 * straight.Size, region.Size, 1e-2f);
        Assert.Equal(0, MathF.IEEERemainder(region.Turn - straight.Turn - turn, MathF.Tau), 1e-4f);
        Assert.Equal(centre + 2 * Vector2.Transform(straight.Centre, Matrix3x2.CreateRotation(turn)), region.Centre, (a, b) => Vector2.Distance(a, b) < 0.01f);
        // Upwards in the region is where the hand points.
        var way = Vector2.Normalize(region.ToPicture(new(0.5f, 0)) - region.ToPicture(new(0.5f, 1)));
        Assert.Equal(Vector2.Transform(-Vector2.UnitY, Matrix3x2.CreateRotation(region.Turn)), way, (a, b) => Vector2.Distance(a, b) < 1e-4f);
    }

    [Fact]
    public void A_crop_is_what_is_there_and_black_outside()
    {
        var picture = new Picture(4, 2, [.. Enumerable.Range(0, 24).Select(i => (byte)(10 * i))]);
        var values = new float[4 * 4 * 3];
        picture.Crop(new(new Vector2(2, 1), 4, 0), 4, values);
        for (var y = 0; y < 4; y++)
        {
            for (var x = 0; x < 4; x++)
            {
                var expected = y is 1 or 2 ? 30 * ((y - 1) * 4 + x) / 255f : 0;
                Assert.Equal(expected, values[3 * (y * 4 + x)], 1e-5f);
            }
        }

        // Turned round, the last pixel comes first.
        picture.Crop(new(new Vector2(2, 1), 4, MathF.PI), 4, values);
        Assert.Equal(210 / 255f, values[3 * 4], 1e-4f);
    }
}
