using Duomano.Core.Keyboard;

namespace Duomano.Core.Tests.Keyboard;

public class PianoKeyTest
{
    [Fact]
    public void Keys_go_strictly_to_the_treble()
    {
        Assert.Equal(88, PianoKey.All.Count);
        Assert.All(PianoKey.All.Zip(PianoKey.All.Skip(1)), pair =>
        {
            Assert.True(pair.First.CenterX < pair.Second.CenterX, $"{pair.First} lies at {pair.First.CenterX}, {pair.Second} at {pair.Second.CenterX}");
            Assert.True(pair.First < pair.Second && pair.Second > pair.First && pair.First.CompareTo(pair.Second) < 0);
        });
    }

    [Fact]
    public void White_keys_tile_the_keyboard_around_its_middle()
    {
        var white = PianoKey.All.Where(key => !key.IsBlack).ToArray();
        Assert.Equal(52, white.Length);
        Assert.All(white.Zip(white.Skip(1)), pair => Assert.Equal(PianoKey.WhiteSpacing, pair.Second.CenterX - pair.First.CenterX, 1e-6f));
        Assert.Equal(0, white[0].CenterX + white[^1].CenterX, 1e-6f);
    }

    [Fact]
    public void Black_keys_lie_between_their_neighbours_and_do_not_touch()
    {
        var black = PianoKey.All.Where(key => key.IsBlack).ToArray();
        Assert.Equal(36, black.Length);
        foreach (var key in black)
        {
            var (below, above) = (new PianoKey(key.Midi - 1), new PianoKey(key.Midi + 1));
            Assert.InRange(key.CenterX, below.CenterX + 0.005f, above.CenterX - 0.005f);
        }

        Assert.All(black.Zip(black.Skip(1)), pair => Assert.True(pair.Second.CenterX - pair.First.CenterX > PianoKey.BlackWidth + 0.01f));
    }

    [Fact]
    public void Tails_of_white_keys_are_equally_wide_within_a_group()
    {
        // C D E share the space that two black keys leave, F G A B that of three.
        foreach (var group in (int[][])[[60, 62, 64], [65, 67, 69, 71]])
        {
            var widths = group.Select(midi => new PianoKey(midi).ExtentX(-0.1f)).Select(extent => extent.Right - extent.Left).ToArray();
            Assert.All(widths, width => Assert.Equal(widths[0], width, 1e-6f));
        }
    }

    [Theory]
    [InlineData(21, "A0", false)]
    [InlineData(22, "A#0", true)]
    [InlineData(60, "C4", false)]
    [InlineData(61, "C#4", true)]
    [InlineData(69, "A4", false)]
    [InlineData(108, "C8", false)]
    public void Names_and_colours(int midi, string name, bool isBlack)
    {
        var key = new PianoKey(midi);
        Assert.Equal((name, isBlack, midi, midi - 21), (key.Name, key.IsBlack, key.Midi, key.Index));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(109)]
    [InlineData(-1)]
    public void Other_numbers_are_no_keys(int midi) => Assert.Throws<ArgumentOutOfRangeException>(() => new PianoKey(midi));

    [Fact]
    public void The_key_under_a_point_is_the_one_that_covers_it()
    {
        for (var x = -0.62f; x < 0.62f; x += 0.0007f)
        {
            for (var z = -0.16f; z < 0.02f; z += 0.013f)
            {
                var covering = PianoKey.All.Where(key => key.Covers(x, z)).ToArray();
                var under = PianoKey.Under(x, z);
                Assert.True(covering.Length <= 1, $"({x}, {z}) lies over {string.Join(" and ", covering)}");
                Assert.Equal(covering.Length == 0 ? (PianoKey?)null : covering[0], under);
            }
        }
    }

    [Fact]
    public void A_black_key_is_found_behind_its_front_only()
    {
        var key = new PianoKey(61);
        Assert.Equal(key, PianoKey.Under(key.CenterX, -0.051f));
        Assert.NotEqual(key, PianoKey.Under(key.CenterX, -0.049f));
        Assert.Null(PianoKey.Under(0, 0.001f));
        Assert.Null(PianoKey.Under(0.62f, -0.01f));
    }
}
