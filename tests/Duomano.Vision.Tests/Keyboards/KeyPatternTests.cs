using Duomano.Core.Keyboard;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Tests.Keyboards;

public class KeyPatternTests
{
    [Fact]
    public void Keys_on_the_piano_are_where_it_has_them()
    {
        foreach (var key in PianoKey.All)
        {
            if (!key.IsBlack) Assert.Equal(key.Midi, KeyPattern.WhiteMidi(KeyPattern.WhiteAt(key.CenterX)));
            else Assert.True(Math.Abs(key.CenterX - KeyPattern.BlackX(KeyPattern.BlackFrom(key.Midi))) < 1e-6);
            Assert.Equal(key.IsBlack, KeyPattern.IsBlack(key.Midi));
        }
    }

    [Fact]
    public void Read_backwards_the_black_keys_are_the_same()
    {
        for (var number = -30; number < 30; number++)
        {
            Assert.True(Math.Abs(KeyPattern.Mirrored(KeyPattern.BlackX(number)) - KeyPattern.BlackX(KeyPattern.MirroredBlack(number))) < 1e-6);
        }
    }

    [Theory]
    [InlineData(21, 108, true, true, 21, true)] // all keys
    [InlineData(33, 120, false, false, 21, true)] // all keys, their octave counted from elsewhere
    [InlineData(45, 80, true, false, 21, true)] // only 88 keys begin with an A
    [InlineData(-5, 83, false, false, 21, true)] // a wooden end that looks like two keys
    [InlineData(72, 132, true, true, 36, false)] // 61 keys
    [InlineData(29, 65, false, false, 41, false)] // three octaves in the middle
    public void The_octave_is_told_where_it_shows(int lowest, int highest, bool hasLowEnd, bool hasHighEnd, int expected, bool isKnown)
    {
        var chosen = KeyOctave.Choose(new(1, lowest, highest, hasLowEnd, hasHighEnd), null);
        Assert.Equal((expected, isKnown), (chosen!.Value.Lowest.Midi, chosen.Value.IsKnown));
    }

    [Fact]
    public void A_known_lowest_key_tells_the_octave()
    {
        var chosen = KeyOctave.Choose(new(1, 29, 65, false, false), new PianoKey(54));
        Assert.Equal((53, true), (chosen!.Value.Lowest.Midi, chosen.Value.IsKnown));
        Assert.Null(KeyOctave.Choose(new(1, 0, 120, false, false), null));
    }
}
