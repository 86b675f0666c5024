using Duomano.Core.Keyboard;
using Duomano.Core.Numerics;
using Duomano.Corpus.Sound;

namespace Duomano.Tests.Corpus.Sound;

public sealed class SoundSettingsTests
{
    [Fact]
    public void TuningIsTheInstrumentsAndEachKeysOwn()
    {
        var settings = new SoundSettings { SoundFont = "none", DetuneCents = 10 };
        Assert.All(settings.KeyCents(), cents => Assert.Equal(10, cents));
        var stretched = (settings with { StretchCents = 8 }).KeyCents();
        Assert.Equal(10, stretched[new PianoKey(69).Index], 9);
        Assert.Equal((18, 2), (stretched[^1], stretched[0]));
        Assert.Equal(stretched, stretched.Order());

        var untuned = (settings with { KeySpreadCents = 5, Seed = 3 }).KeyCents();
        Assert.Equal(untuned, (settings with { KeySpreadCents = 5, Seed = 3 }).KeyCents());
        Assert.InRange(Math.Sqrt(untuned.Average(cents => (cents - 10) * (cents - 10))), 3.5, 6.5);
    }

    [Fact]
    public void DrawnPianosAreTunedBetween435And446()
    {
        var drawn = Enumerable.Range(0, 500).Select(seed => SoundSettings.Draw(new SeededRandom(seed), ["a.sf2", "b", "c.sfz"])).ToArray();
        var pitches = drawn.Select(settings => 440 * Math.Pow(2, settings.DetuneCents / 1200)).ToArray();
        Assert.All(pitches, pitch => Assert.InRange(pitch, 434.99, 446.01));
        Assert.True(pitches.Min() < 436 && pitches.Max() > 445);
        Assert.Equal(3, drawn.Select(settings => settings.SoundFont).Distinct().Count());
        Assert.Equal(500, drawn.Select(settings => settings.Seed).Distinct().Count());
    }
}
