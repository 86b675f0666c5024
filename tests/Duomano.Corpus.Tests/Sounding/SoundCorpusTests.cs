using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Corpus.Sounding;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;

namespace Duomano.Tests.Corpus.Sounding;

public sealed class SoundCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SoundCorpusTests()
    {
        foreach (var name in (string[])["midi", "instrument"]) Directory.CreateDirectory(_folder.PathOf(name));
        for (var piece = 0; piece < 3; piece++)
        {
            var notes = Enumerable.Range(0, 40).Select(i => new Note(0.25 * i, 0.25 * i + 0.2, new PianoKey(50 + piece + i * 5 % 24), 60 + i % 40));
            MidiFile.Write(_folder.PathOf($"midi/piece{piece}.mid"), new Score(notes));
        }

        var tone = Enumerable.Range(0, 16000).Select(i => (float)(0.5 * Math.Exp(-i / 5000.0) * Math.Sin(2 * Math.PI * 261.6256 * i / 16000))).ToArray();
        WavFile.Write(_folder.PathOf("instrument/C4.wav"), new AudioBuffer(tone, 16000));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryFileBecomesSoundWithItsNotes_TheSameEveryTime()
    {
        var (hours, leftOut) = new SoundCorpus(Options("a")).Make(cancellation: TestContext.Current.CancellationToken);
        new SoundCorpus(Options("b") with { Threads = 3 }).Make(cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(leftOut);
        Assert.InRange(hours * 3600, 3 * 5, 3 * 12);
        var names = Directory.EnumerateFiles(_folder.PathOf("a")).Select(Path.GetFileName).Order().ToList();
        Assert.Equal(6, names.Count);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(_folder.PathOf($"a/{name}")), File.ReadAllBytes(_folder.PathOf($"b/{name}"))));
        foreach (var midi in names.Where(name => name!.EndsWith(".mid", StringComparison.Ordinal)))
        {
            var score = MidiFile.Read(_folder.PathOf($"a/{midi}")).Score;
            var sound = AudioFile.ReadMono16k(Directory.EnumerateFiles(_folder.PathOf("a"), Path.GetFileNameWithoutExtension(midi) + ".*").Single(path => !path.EndsWith(".mid", StringComparison.Ordinal)));
            Assert.Equal(0, sound.Take((int)(16000 * (score.Notes[0].Onset - 0.05))).Select(MathF.Abs).Max(), 0.01f);
            Assert.Equal(0.7f, sound.Select(MathF.Abs).Max(), 0.05f);
        }
    }

    [Fact]
    public void WhatIsThere_IsKept()
    {
        new SoundCorpus(Options("a")).Make(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, new SoundCorpus(Options("a")).Make(cancellation: TestContext.Current.CancellationToken).Hours);
    }

    [Fact]
    public void HeldOutFiles_AreTheOthers()
    {
        string[] Names(string folder, bool heldOut)
        {
            new SoundCorpus(Options(folder) with { HeldOutShare = 0.5, OnlyHeldOut = heldOut }).Make(cancellation: TestContext.Current.CancellationToken);
            return [.. Directory.EnumerateFiles(_folder.PathOf(folder), "*.mid").Select(path => Path.GetFileName(path)!)];
        }

        var (kept, heldOut) = (Names("a", false), Names("b", true));
        Assert.Equal(3, kept.Length + heldOut.Length);
        Assert.Empty(kept.Intersect(heldOut));
    }

    [Fact]
    public void BrokenMidi_IsNamedAndLeftOut_AndNoInstrumentIsRefused()
    {
        File.WriteAllText(_folder.PathOf("midi/broken.mid"), "no");
        var (_, leftOut) = new SoundCorpus(Options("a")).Make(cancellation: TestContext.Current.CancellationToken);
        Assert.Contains("broken.mid", Assert.Single(leftOut), StringComparison.Ordinal);
        Assert.Throws<UnreadableFileException>(() => new SoundCorpus(Options("b") with { Instruments = [_folder.PathOf("none")] }).Make());
        Assert.Throws<ArgumentOutOfRangeException>(() => Options("a") with { Takes = 0 });
    }

    private SoundCorpusOptions Options(string folder) => new()
    {
        Folder = _folder.PathOf(folder),
        MidiFolder = _folder.PathOf("midi"),
        Instruments = [_folder.PathOf("instrument")],
        ExcerptSeconds = 6,
        ExercisesPerTen = 0,
        HeldOutShare = 0,
    };
}
