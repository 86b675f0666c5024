using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Corpus.Sound;
using Duomano.Formats.Audio;

namespace Duomano.Tests.Corpus.Sound;

public sealed class SampledInstrumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("C4", 60, 0)]
    [InlineData("60", 60, 0)]
    [InlineData("A0v1", 21, 1)]
    [InlineData("D#4v16", 63, 16)]
    [InlineData("Ds4_vel064", 63, 64)]
    [InlineData("Piano.mf.Bb3", 58, 5)]
    [InlineData("grand-piano_072_pp", 72, 2)]
    [InlineData("a4", 69, 0)]
    [InlineData("my piano 2012 c#5", 73, 0)]
    public void NamesTellKeyAndLayer(string name, int key, int layer) => Assert.Equal((key, layer), SampleFolder.Parse(name));

    [Theory]
    [InlineData("readme")]
    [InlineData("pedal down")]
    [InlineData("C9")]
    [InlineData("12")]
    [InlineData("v8")]
    public void OtherNamesTellNothing(string name) => Assert.Null(SampleFolder.Parse(name));

    [Fact]
    public void EveryKeyAndVelocityHasTheNearestSample()
    {
        var folder = Folder(("48v1.wav", 48), ("48v2.wav", 48), ("60v1.wav", 60), ("60v2.wav", 60));
        var instrument = SampledInstrument.Of(folder);
        string Chosen(int key, int velocity) => Path.GetFileName(instrument.Find(new(key), velocity).Region.Path);
        Assert.Equal("48v1.wav", Chosen(21, 20));
        Assert.Equal("48v2.wav", Chosen(54, 100));
        Assert.Equal("60v1.wav", Chosen(55, 63));
        Assert.Equal("60v2.wav", Chosen(108, 64));
    }

    [Fact]
    public void ANoteSoundsAtItsTimeAndPitch_HoweverFarFromItsSample()
    {
        // The sample has a quarter of a second of silence before it.
        var folder = Folder(("C4.wav", 60));
        foreach (var midi in (int[])[57, 60, 64])
        {
            var samples = Render(folder, new([new Note(0.5, 1.5, new PianoKey(midi), 127)]), 2);
            Assert.Equal(0, Spectrum.Energy(samples, 0, 0.499));
            Assert.True(Spectrum.Energy(samples, 0.5, 0.52) > 0.1);
            var pitch = 440 * Math.Pow(2, (midi - 69) / 12.0);
            Assert.Equal(0, 1200 * Math.Log2(Spectrum.StrongestNear(samples, pitch) / pitch), 3.0);
        }
    }

    [Fact]
    public void TheTuningIsHeard()
    {
        var folder = Folder(("60.wav", 60));
        var samples = Render(folder, new([new Note(0, 1, new PianoKey(60), 100)]), 1, settings => settings with { DetuneCents = 40 });
        Assert.Equal(40, 1200 * Math.Log2(Spectrum.StrongestNear(samples, 261.6256) / 261.6256), 3.0);
    }

    [Fact]
    public void TheDamperFallsAtTheEnd_UnlessThePedalIsDown_OrThereIsNone()
    {
        var folder = Folder(("60.wav", 60));
        Note note = new(0, 0.5, new PianoKey(60), 100);
        double After(Score score) => Spectrum.Energy(Render(folder, score, 3), 1, 2.5);
        var held = Spectrum.Energy(Render(folder, new([new Note(0, 3, new PianoKey(60), 100)]), 3), 1, 2.5);
        Assert.True(After(new([note])) < 1e-4 * held);
        Assert.Equal(held, After(new([note], [new(0.2, 100)])), 1e-6);
        Assert.True(After(new([note], [new(0.2, 100), new(0.9, 20)])) < 0.02 * held);
        Assert.True(After(new([note], [new(0.1, 100), new(0.4, 0)])) < 1e-4 * held);
        var treble = new PianoKey(95);
        Assert.Equal(
            Render(folder, new([new Note(0, 3, treble, 100)]), 3),
            Render(folder, new([new Note(0, 0.2, treble, 100)]), 3));
    }

    [Fact]
    public void AStringStruckAgainStartsAnew()
    {
        var folder = Folder(("60.wav", 60));
        var twice = Render(folder, new([new Note(0, 0.9, new PianoKey(60), 100), new Note(1, 2, new PianoKey(60), 100)], [new(0, 127)]), 2);
        var second = Render(folder, new([new Note(1, 2, new PianoKey(60), 100)]), 2);
        Assert.Equal(1, Spectrum.Energy(twice, 1.3, 1.9) / Spectrum.Energy(second, 1.3, 1.9), 0.02);
    }

    [Fact]
    public void LouderNotesAreLouder()
    {
        var folder = Folder(("60.wav", 60));
        double Loudness(int velocity) => Spectrum.Energy(Render(folder, new([new Note(0, 1, new PianoKey(60), velocity)]), 1), 0, 1);
        Assert.Equal(40 * Math.Log10(127 / 64.0), Spectrum.Decibels(Loudness(127), Loudness(64)), 0.01);
    }

    [Fact]
    public void AnSfzIsReadAsFarAsPianosNeedIt()
    {
        Folder(("low one.wav", 48), ("high.wav", 60), ("noise.wav", 50));
        var path = Sfz("""
            // a comment
            <control> default_path=samples/
            <global> ampeg_release=0.4 amp_veltrack=50
            <group> lovel=1 hivel=80 volume=-6
            <region> sample=low one.wav lokey=21 hikey=c4 pitch_keycenter=c3 tune=5
            <region> sample=high.wav key=61 /* between */ pitch_keycenter=60
            <group> trigger=release
            <region> sample=noise.wav lokey=21 hikey=108
            <group> lovel=81
            <region> sample=high.wav lokey=21 hikey=108 transpose=-1
            """);
        var regions = SfzFile.Read(path);
        Assert.Equal(3, regions.Count);
        Assert.Equal((21, 60, 48, 1, 80), (regions[0].LowKey, regions[0].HighKey, regions[0].Center, regions[0].LowVelocity, regions[0].HighVelocity));
        Assert.Equal((5, -6, 0.4, 0.5), (regions[0].TuneCents, regions[0].VolumeDb, regions[0].Release, regions[0].VelocityTracking));
        Assert.Equal((61, 61, 60), (regions[1].LowKey, regions[1].HighKey, regions[1].Center));
        Assert.Equal((81, 127, -100, 0), (regions[2].LowVelocity, regions[2].HighVelocity, regions[2].TuneCents, regions[2].VolumeDb));
        Assert.EndsWith("low one.wav", regions[0].Path, StringComparison.Ordinal);
        Assert.NotEqual(0, Spectrum.Energy(Render(path, new([new Note(0, 1, new PianoKey(61), 50)]), 1), 0, 1));
    }

    [Theory]
    [InlineData("", "no region")]
    [InlineData("words that are no sfz", "no region")]
    [InlineData("<region> sample=missing.wav key=60", "missing.wav is missing")]
    [InlineData("<region> sample=60.wav lovel=loud", "lovel is 'loud'")]
    [InlineData("<region> sample=60.wav key=200", "key is '200'")]
    public void BrokenOnesAreTold(string content, string problem)
    {
        File.Move(Path.Combine(Folder(("60.wav", 60)), "60.wav"), _folder.PathOf("60.wav"));
        var error = Assert.Throws<UnreadableFileException>(() => SampledInstrument.Of(Sfz(content)));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FoldersWithoutUsableSamplesAreTold()
    {
        Directory.CreateDirectory(_folder.PathOf("empty"));
        Assert.Throws<UnreadableFileException>(() => SampledInstrument.Of(_folder.PathOf("empty")));
        var folder = Folder(("60.wav", 60));
        File.WriteAllText(Path.Combine(folder, "60.wav"), "RIFFraff");
        Assert.Throws<UnreadableFileException>(() => SampledInstrument.Of(folder).Find(new(60), 60));
        var silent = Directory.CreateDirectory(_folder.PathOf("silent")).FullName;
        WavFile.Write(Path.Combine(silent, "60.wav"), new AudioBuffer(new float[1000], 16000));
        Assert.Throws<UnreadableFileException>(() => SampledInstrument.Of(silent).Find(new(60), 60));
    }

    private static float[] Render(string instrument, Score score, double seconds, Func<SoundSettings, SoundSettings>? change = null)
    {
        var settings = new SoundSettings { SoundFont = instrument };
        return Instruments.Render(score, change?.Invoke(settings) ?? settings, seconds, TestContext.Current.CancellationToken);
    }

    // Steady tones at 44.1 kHz after a quarter of a second of silence.
    private string Folder(params (string Name, int Midi)[] samples)
    {
        var folder = Directory.CreateDirectory(_folder.PathOf("samples")).FullName;
        foreach (var (name, midi) in samples)
        {
            var frequency = 440 * Math.Pow(2, (midi - 69) / 12.0);
            var values = Enumerable.Range(0, 5 * 44100).Select(i => i < 11025 ? 0 : (float)(0.5 * Math.Sin(2 * Math.PI * frequency * (i - 11025) / 44100)));
            WavFile.Write(Path.Combine(folder, name), new AudioBuffer([.. values], 44100));
        }

        return folder;
    }

    private string Sfz(string content) => _folder.WithFile("piano.sfz", System.Text.Encoding.UTF8.GetBytes(content));
}
