using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Audio;

public class MidiSoundTest
{
    [Fact]
    public void Notes_sound_when_they_are_played()
    {
        Assert.SkipUnless(Capabilities.Fluidsynth, "fluidsynth is not installed");
        var font = MidiSound.FindSoundFont();
        Assert.SkipWhen(font is null, "no sound font is installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("piece.wav");
        Assert.True(MidiSound.TryWrite(path, new Score([new(1, 1.5, new PianoKey(69), 100)]), font));
        var samples = AudioFile.ReadMono16k(path);
        Assert.InRange(samples.Length / 16_000.0, 2, 8);
        Assert.InRange(samples[..15_500].Max(MathF.Abs), 0, 0.002f);
        Assert.InRange(samples[16_300..20_000].Max(MathF.Abs), 0.01f, 1);
    }

    [Fact]
    public void A_sound_font_that_is_none_is_said()
    {
        Assert.SkipUnless(Capabilities.Fluidsynth, "fluidsynth is not installed");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("font.sf2"), "no sound font");
        var score = new Score([new(0, 1, new PianoKey(69), 100)]);
        Assert.Throws<UnreadableFileException>(() => MidiSound.TryWrite(folder.PathOf("piece.wav"), score, folder.PathOf("font.sf2")));
        Assert.Throws<UnreadableFileException>(() => MidiSound.TryWrite(folder.PathOf("piece.wav"), score, folder.PathOf("missing.sf2")));
        Assert.False(File.Exists(folder.PathOf("piece.wav")));
    }
}
