using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Tests.Keyboards;

public class KeyboardTrackerTests
{
    private static DrawnKeyboard Still => DrawnKeyboard.At(960, 540, new(20, 210), new(940, 200), new(930, 325), new(30, 330));

    [Fact]
    public void A_camera_that_stands_still_has_one_homography()
    {
        var picture = Still.Draw();
        var sighting = new KeyboardFinder().Find(picture);
        Assert.NotNull(sighting);
        KeyboardTracker tracker = new(sighting, picture);
        for (var frame = 0; frame < 3; frame++)
        {
            var next = (Still with { Hands = [(new(200 + 150 * frame, 320), 70), (new(700, 330), 60)] }).Draw(10 + frame);
            Assert.Equal(KeyboardMotion.Still, tracker.Follow(next));
            Assert.Same(sighting, tracker.Sighting);
        }
    }

    [Fact]
    public void A_camera_that_shakes_and_turns_is_followed()
    {
        var picture = Still.Draw();
        KeyboardTracker tracker = new(new KeyboardFinder().Find(picture)!, picture);
        foreach (var (turn, shift) in ((float, Vector2)[])[(0.002f, new(2, -3)), (0.005f, new(6, 1)), (-0.003f, new(0, 5)), (0, Vector2.Zero)])
        {
            // The camera moves: what was at a pixel is now at another.
            var (sine, cosine) = MathF.SinCos(turn);
            var moved = Still with { ToKeys = Still.ToKeys.After(Homography.FromMatrix([cosine, -sine, shift.X + 480 * (1 - cosine) + 270 * sine, sine, cosine, shift.Y + 270 * (1 - cosine) - 480 * sine, 0, 0, 1]).Inverted()) };
            Assert.Equal(KeyboardMotion.Moved, tracker.Follow((moved with { Hands = [(new(300, 320), 80)] }).Draw(3)));
            var toPicture = moved.ToKeys.Inverted();
            foreach (var key in PianoKey.All)
            {
                var place = new Vector2(key.CenterX, -0.03f);
                Assert.True(Vector2.Distance(place, tracker.Sighting.ToKeys.Apply(toPicture.Apply(place))) < 0.004);
            }
        }
    }

    [Fact]
    public void A_cut_to_another_scene_is_told()
    {
        var picture = Still.Draw();
        var sighting = new KeyboardFinder().Find(picture)!;
        KeyboardTracker tracker = new(sighting, picture);
        var noise = new byte[3 * 960 * 540];
        new Random(4).NextBytes(noise);
        Assert.Equal(KeyboardMotion.Lost, tracker.Follow(new(960, 540, noise)));
        Assert.Equal(KeyboardMotion.Lost, tracker.Follow(new(960, 540, new byte[3 * 960 * 540])));
        Assert.Same(sighting, tracker.Sighting);
        Assert.Equal(KeyboardMotion.Still, tracker.Follow(picture));
        Assert.Throws<ArgumentException>(() => new KeyboardTracker(sighting, new(960, 540, noise)));
    }
}
