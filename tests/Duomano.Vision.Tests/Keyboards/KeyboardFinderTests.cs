using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Vision.Hands;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Tests.Keyboards;

public class KeyboardFinderTests
{
    private static readonly KeyboardFinder Finder = new();

    private static DrawnKeyboard Frontal => DrawnKeyboard.At(960, 540, new(20, 210), new(940, 210), new(940, 325), new(20, 325));

    [Fact]
    public void All_88_keys_seen_from_above_are_placed()
    {
        var found = Check(Frontal, Finder.Find(Frontal.Draw()));
        Assert.True(found.IsOctaveKnown);
        Assert.True(found.Score > 0.9);
        Assert.Equal(new PianoKey(PianoKey.LowestMidi), found.Lowest);
        Assert.Equal(new PianoKey(PianoKey.HighestMidi), found.Highest);
        Vector2[] corners = [new(20, 210), new(940, 210), new(940, 325), new(20, 325)];
        Assert.True(corners.Zip(found.Corners, Vector2.Distance).Max() < 4);
    }

    [Theory]
    [InlineData("from the front, upside down", 960, 540, 940, 325, 20, 325, 20, 210, 940, 210)]
    [InlineData("oblique from the treble", 960, 540, 60, 150, 900, 260, 930, 400, 30, 205)]
    [InlineData("on its side, bass at the top", 540, 960, 330, 30, 330, 930, 210, 930, 210, 30)]
    [InlineData("from behind the player, flat", 960, 540, 120, 200, 840, 200, 930, 262, 30, 262)]
    [InlineData("aslant", 960, 960, 160, 90, 860, 690, 770, 790, 70, 190)]
    public void Views_from_anywhere_are_placed(string view, int width, int height, params int[] corners)
    {
        var drawn = DrawnKeyboard.At(width, height, new(corners[0], corners[1]), new(corners[2], corners[3]), new(corners[4], corners[5]), new(corners[6], corners[7]));
        var found = Check(drawn, Finder.Find(drawn.Draw()));
        Assert.True(found.IsOctaveKnown, view);
    }

    [Fact]
    public void Three_octaves_have_their_pitch_classes_and_the_octave_that_the_caller_knows()
    {
        // Three octaves from F4 fill the picture; the octave cannot be seen.
        var left = new PianoKey(65).ExtentX(0).Left;
        float Pixel(float x) => (x - left) / (21 * PianoKey.WhiteSpacing) * 960;
        var drawn = DrawnKeyboard.At(960, 540, new(Pixel(-0.611f), 150), new(Pixel(0.611f), 150), new(Pixel(0.611f), 420), new(Pixel(-0.611f), 420));
        var picture = drawn.Draw();
        var found = Finder.Find(picture);
        Assert.NotNull(found);
        Assert.False(found.IsOctaveKnown);
        Assert.Equal(5, found.Lowest.PitchClass);
        Check(drawn, found.Shifted((65 - found.Lowest.Midi) / 12));
        var told = Finder.Find(picture, new() { LowestKey = new PianoKey(65) });
        Assert.Equal(65, told!.Lowest.Midi);
        Assert.True(told.IsOctaveKnown);
        Check(drawn, told);
        Assert.Throws<ArgumentOutOfRangeException>(() => told.Shifted(2));
    }

    [Fact]
    public void Hands_over_a_third_of_the_keys_do_not_matter()
    {
        var drawn = Frontal with { Hands = [(new(250, 300), 75), (new(620, 310), 80)] };
        var picture = drawn.Draw();
        Check(drawn, Finder.Find(picture));
        HandRegion[] covered = [.. drawn.Hands.Select(hand => new HandRegion(hand.Place, 2 * hand.Radius, 0))];
        var told = Check(drawn, Finder.Find(picture, new() { Covered = covered }));
        Assert.True(told.Score > 0.95, $"{told.Score}");
    }

    [Fact]
    public void The_median_of_frames_has_no_hands()
    {
        Picture[] frames = [.. Enumerable.Range(0, 5).Select(i => (Frontal with { Hands = [(new(100 + 180 * i, 290), 85)] }).Draw(i))];
        var found = Check(Frontal, Finder.Find(frames));
        Assert.True(found.Score > 0.97, $"{found.Score}");
        Assert.Throws<ArgumentException>(() => Finder.Find([]));
        Assert.Throws<ArgumentException>(() => Finder.Find([frames[0], new(10, 10, new byte[300])]));
    }

    [Fact]
    public void Dark_rooms_and_coloured_light_are_seen_through()
    {
        Check(Frontal, Finder.Find((Frontal with { Light = new(0.25f, 0.2f, 0.2f), Noise = 3 }).Draw()));
        Check(Frontal, Finder.Find((Frontal with { Light = new(0.1f, 0.15f, 0.9f) }).Draw()));
    }

    [Fact]
    public void A_lens_that_bends_lines_is_straightened()
    {
        LensDistortion lens = new(new(480, 270), new Vector2(480, 270).Length(), 0.08);
        Assert.True(Vector2.Distance(new(900, 100), lens.Bend(lens.Straighten(new(900, 100)))) < 0.01);
        var drawn = Frontal with { Lens = lens };
        var found = Check(drawn, Finder.Find(drawn.Draw()));
        Assert.NotNull(found.Lens);
        Assert.InRange(found.Lens.Coefficient, 0.06, 0.1);
        Assert.Null(Finder.Find(Frontal.Draw())!.Lens);
    }

    [Fact]
    public void Where_there_is_no_keyboard_none_is_found()
    {
        var noise = new byte[3 * 640 * 360];
        new Random(2).NextBytes(noise);
        Assert.Null(Finder.Find(new Picture(640, 360, noise)));
        Assert.Null(Finder.Find(new Picture(640, 360, new byte[3 * 640 * 360])));
        Assert.Null(Finder.Find(Stripes((x, y) => x % 24 < 10)));
        Assert.Null(Finder.Find(Stripes((x, y) => (x + y / 3) % 30 < 15 && y is > 100 and < 250)));

        // Groups of black keys, but always three.
        Assert.Null(Finder.Find(Stripes((x, y) => y is > 100 and < 200 && x % 80 is var part && part % 20 < 11 && part < 60)));
    }

    private static Picture Stripes(Func<int, int, bool> isDark)
    {
        var random = new Random(3);
        var rgb = new byte[3 * 640 * 360];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = (byte)((isDark(i / 3 % 640, i / 3 / 640) ? 30 : 210) + random.Next(-5, 6));
        return new(640, 360, rgb);
    }

    // The keys in sight are where they were drawn, to a few millimetres, and no others are told.
    private static KeyboardSighting Check(DrawnKeyboard drawn, KeyboardSighting? found)
    {
        Assert.NotNull(found);
        List<float> x = [], z = [];
        foreach (var key in PianoKey.All)
        {
            foreach (var depth in (float[])[-0.14f, -0.1f, -0.05f, -0.01f])
            {
                var pixel = drawn.InPicture(new(key.CenterX, depth));
                if (pixel.X < 0 || pixel.Y < 0 || pixel.X > drawn.Width || pixel.Y > drawn.Height) continue;
                var error = found.OnKeys(pixel) - new Vector2(key.CenterX, depth);
                x.Add(Math.Abs(error.X) * 1000);
                z.Add(Math.Abs(error.Y) * 1000);
            }
        }

        x.Sort();
        z.Sort();
        Assert.True(x[x.Count / 2] < 1.5 && x[^1] < 5, $"x is {x[x.Count / 2]:F1} mm wrong in the median, {x[^1]:F1} mm at most");
        Assert.True(z[z.Count / 2] < 2.5 && z[^1] < 6, $"z is {z[z.Count / 2]:F1} mm wrong in the median, {z[^1]:F1} mm at most");
        return found;
    }
}
