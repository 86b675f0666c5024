using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Corpus.Sound;

namespace Duomano.Tests.Corpus.Sound;

public sealed class FluidsynthRendererTests
{
    internal static readonly string? SoundFont = ((string[])["/usr/share/sounds/sf2/TimGM6mb.sf2", "/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf2/default-GM.sf2"])
        .FirstOrDefault(File.Exists);

    public static bool CanRender => Capabilities.Fluidsynth && SoundFont is not null;

    [Fact(Skip = "fluidsynth or a sound font is missing", SkipUnless = nameof(CanRender))]
    public void ANoteSoundsAtItsTimeAndPitch()
    {
        var score = new Score([new Note(0.5, 1.5, new PianoKey(69), 90)]);
        var samples = FluidsynthRenderer.Render(score, Settings(), 2);
        Assert.Equal(2 * Instruments.SampleRate, samples.Length);
        Assert.True(Spectrum.Energy(samples, 0, 0.48) < 1e-4 * Spectrum.Energy(samples, 0.5, 1));
        Assert.InRange(Spectrum.StrongestNear(samples, 440), 437, 443);
    }

    [Fact(Skip = "fluidsynth or a sound font is missing", SkipUnless = nameof(CanRender))]
    public void DetuningMovesThePitch()
    {
        var score = new Score([new Note(0.1, 1.9, new PianoKey(69), 90)]);
        var plain = Spectrum.StrongestNear(FluidsynthRenderer.Render(score, Settings(), 2), 440);
        var sharp = Spectrum.StrongestNear(FluidsynthRenderer.Render(score, Settings() with { DetuneCents = 50 }, 2), 440);
        Assert.InRange(1200 * Math.Log2(sharp / plain), 40, 60);
    }

    [Fact(Skip = "fluidsynth or a sound font is missing", SkipUnless = nameof(CanRender))]
    public void EachKeyHasItsOwnTuning()
    {
        var settings = Settings() with { KeySpreadCents = 15, StretchCents = 20, Seed = 4 };
        var cents = settings.KeyCents();
        foreach (var key in (PianoKey[])[new(45), new(69), new(81)])
        {
            var score = new Score([new Note(0.1, 1.9, key, 90)]);
            var guess = 440 * Math.Pow(2, (key.Midi - 69) / 12.0);
            var plain = Spectrum.StrongestNear(FluidsynthRenderer.Render(score, Settings(), 2), guess);
            var tuned = Spectrum.StrongestNear(FluidsynthRenderer.Render(score, settings, 2), guess);
            Assert.Equal(cents[key.Index], 1200 * Math.Log2(tuned / plain), 4.0);
        }
    }

    [Fact(Skip = "fluidsynth or a sound font is missing", SkipUnless = nameof(CanRender))]
    public void ThePedalHoldsBothHands()
    {
        Note[] notes = [new(0.2, 0.5, new PianoKey(72), 80) { Hand = Core.Hands.HandSide.Right }, new(0.2, 0.5, new PianoKey(45), 80) { Hand = Core.Hands.HandSide.Left }];
        var settings = Settings() with { ReverbLevel = 0 };
        var dry = FluidsynthRenderer.Render(new(notes), settings, 3);
        var held = FluidsynthRenderer.Render(new(notes, [new(0.3, 127)]), settings, 3);
        Assert.True(Spectrum.Energy(held, 1.5, 2.5) > 20 * Spectrum.Energy(dry, 1.5, 2.5));
        Assert.InRange(Spectrum.StrongestNear(held[24000..40000], 110), 108, 112); // the left hand's A2 is among what is held
    }

    [Fact(Skip = "fluidsynth or a sound font is missing", SkipUnless = nameof(CanRender))]
    public void TheSameSettingsGiveTheSameSamples()
    {
        var score = new Score([new Note(0.1, 0.9, new PianoKey(60), 70), new Note(0.4, 1.2, new PianoKey(67), 50)]);
        var settings = Settings() with { ChorusLevel = 1 };
        Assert.Equal(FluidsynthRenderer.Render(score, settings, 1.5), FluidsynthRenderer.Render(score, settings, 1.5));
    }

    [Fact(Skip = "fluidsynth or a sound font is missing", SkipUnless = nameof(CanRender))]
    public void AFileThatIsNoSoundFontIsNamed()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "not a sound font");
            var error = Assert.Throws<Core.Files.UnreadableFileException>(() => FluidsynthRenderer.Render(new([]), new() { SoundFont = path }, 1));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static SoundSettings Settings() => new() { SoundFont = SoundFont! };
}
