using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Rendering.Scene;

namespace Duomano.Rendering.Tests.Scene;

public class ClipStageTest
{
    private const int Width = 320;
    private const int Height = 200;

    [Theory]
    [InlineData(CameraView.Top)]
    [InlineData(CameraView.Player)]
    public void Hands_are_seen_where_the_clip_has_them(CameraView view)
    {
        var clip = Clips.Smooth(frames: 30);
        var camera = CameraViews.Camera(view, CameraViews.Stretch(clip, 0, 30), Width, Height);
        var picture = Draw(clip, camera, 10, 1);
        foreach (var side in HandSides.Both)
        {
            // The middle of the back of the hand.
            var points = clip.Points(side).AsSpan(10 * HandJoint.PointCount, HandJoint.PointCount);
            var place = camera.Project(Vector3.Lerp(points[HandJoint.Wrist], points[4], 0.6f));
            Assert.InRange(place.X, 0, Width - 1);
            Assert.InRange(place.Y, 0, Height - 1);
            var color = picture[(int)place.Y * Width + (int)place.X];
            var (red, green, blue) = (color >> 16 & 255, color >> 8 & 255, color & 255);
            Assert.True(red > green + 15 && green > blue, $"{side}: {color:X8} is not skin");
        }
    }

    [Fact]
    public void A_picture_does_not_depend_on_what_was_drawn_before_or_on_threads()
    {
        var clip = Clips.Smooth(frames: 60);
        var camera = CameraViews.Camera(CameraView.Top, CameraViews.Stretch(clip, 0, 60), Width, Height);
        var fresh = Draw(clip, camera, 40, 1);
        var stage = new ClipStage(clip, camera, 3);
        var picture = new uint[Width * Height];
        foreach (var frame in new[] { 0, 13, 59, 40 }) stage.Draw(frame, picture);
        Assert.Equal(fresh, picture);
    }

    [Fact]
    public void A_pressed_key_shows_whose_it_is()
    {
        var key = new PianoKey(64);
        var far = new HandTrack(30);
        for (var frame = 0; frame < 30; frame++) far.Translations[frame * 3 + 2] = 1;
        var camera = CameraViews.Camera(CameraView.Top, (key.CenterX - 0.3f, key.CenterX + 0.3f), Width, Height);
        uint[] Colors(HandSide? hand)
        {
            var clip = new TwoHandClip(new(far, far), TwoHandClip.SkeletonsOfSize(1), 30, [new(0.5, 0.9, key, 80) { Hand = hand }]);
            var place = camera.Project(new(key.CenterX, -0.008f, -0.02f));
            return [.. new[] { 5, 20 }.Select(frame => Draw(clip, camera, frame, 1)[(int)place.Y * Width + (int)place.X])];
        }

        var (left, right, unknown) = (Colors(HandSide.Left), Colors(HandSide.Right), Colors(null));
        Assert.Equal(left[0], right[0]);
        Assert.True((left[1] & 255) > (left[1] >> 16 & 255) + 20, $"{left[1]:X8} is not blue");
        Assert.True((right[1] >> 16 & 255) > (right[1] & 255) + 20, $"{right[1]:X8} is not orange");
        Assert.InRange(Math.Abs((int)(unknown[1] >> 16 & 255) - (int)(unknown[1] & 255)), 0, 20);
    }

    private static uint[] Draw(TwoHandClip clip, Camera camera, int frame, int threads)
    {
        var picture = new uint[Width * Height];
        new ClipStage(clip, camera, threads).Draw(frame, picture);
        return picture;
    }
}
