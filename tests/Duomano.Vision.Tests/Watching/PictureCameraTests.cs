using System.Numerics;
using Duomano.Vision.Keyboards;
using Duomano.Vision.Watching;

namespace Duomano.Vision.Tests.Watching;

/// <summary>Cameras whose place is known.</summary>
public class PictureCameraTests
{
    [Theory]
    [InlineData(0.1f, 0.9f, 0.55f, 0.8)]
    [InlineData(-0.2f, 1.2f, -0.6f, 1.3)]
    [InlineData(0.3f, 0.7f, 0.7f, 0.6)]
    public void An_oblique_view_tells_where_the_camera_is(float x, float y, float z, double focal)
    {
        var camera = PictureCamera.Find(Film(new(x, y, z), Vector3.UnitY, focal), 1280, 720);
        // The farther from usual a lens is, the less it is believed.
        Assert.True(Vector3.Distance(new(x, y, z), new(camera.X, camera.Height, camera.Z)) < 0.2f * y, $"{camera}");
    }

    [Fact]
    public void From_straight_above_usual_cameras_decide_how_high_it_is()
    {
        var camera = PictureCamera.Find(Film(new(0, 1.3f, 0), -Vector3.UnitZ, 0.95), 1280, 720);
        Assert.True(Vector3.Distance(new(0, 1.3f, 0), new(camera.X, camera.Height, camera.Z)) < 0.03f, $"{camera}");
        // Its height is guessed, what is below it is not.
        camera = PictureCamera.Find(Film(new(0.2f, 2, 0.1f), -Vector3.UnitZ, 1.4, new(0.2f, 0, 0.1f)), 1280, 720);
        Assert.InRange(camera.Height, 1.2f, 2.1f);
        Assert.True(Vector2.Distance(new(0.2f, 0.1f), new(camera.X, camera.Z)) < 0.01f, $"{camera}");
    }

    // Four places of the keys as a camera sees them that looks at a place between them.
    private static Homography Film(Vector3 eye, Vector3 up, double focal, Vector3 target = default)
    {
        var ahead = Vector3.Normalize(target - eye);
        var right = Vector3.Normalize(Vector3.Cross(ahead, up));
        var down = Vector3.Cross(ahead, right);
        Vector2[] keys = [new(-0.6f, -0.15f), new(0.6f, -0.15f), new(0.6f, 0), new(-0.6f, 0)];
        return Homography.Fit([.. keys.Select(place => Pixel(new(place.X, 0, place.Y)))], keys);

        Vector2 Pixel(Vector3 place)
        {
            var seen = place - eye;
            return new Vector2(640, 360) + (float)(1280 * focal) / Vector3.Dot(seen, ahead) * new Vector2(Vector3.Dot(seen, right), Vector3.Dot(seen, down));
        }
    }
}
