using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Networks.Listening;
using Duomano.Tests;
using Duomano.Training.Listening;
using static Duomano.Training.Tests.Listening.ToneMaker;

namespace Duomano.Training.Tests.Listening;

public class RecordingFolderTests
{
    [Fact]
    public void Pairs_AreFoundBesideEachOther_AndInSiblingFolders()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a.wav", "a.mid", "alone.wav", "deep/b.wav", "deep/b.midi", "set/audio/x/c.wav", "set/midi/x/c.mid" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(name))!);
            File.WriteAllText(folder.PathOf(name), "");
        }

        Assert.Equal(
            [("a.wav", "a.mid"), ("deep/b.wav", "deep/b.midi"), ("set/audio/x/c.wav", "set/midi/x/c.mid")],
            RecordingFolder.Find(folder.PathOf("")).Select(pair => (Relative(pair.Sound), Relative(pair.Midi))));

        string Relative(string path) => Path.GetRelativePath(folder.PathOf(""), path).Replace('\\', '/');
    }

    [Fact]
    public void Load_GivesLevelsAndNotes()
    {
        using var folder = new TemporaryFolder();
        var score = new Score([Note(0.25, 0.75, 69)]);
        WavFile.Write(folder.PathOf("a4.wav"), new AudioBuffer(Render(score, 1), Rate));
        MidiFile.Write(folder.PathOf("a4.mid"), score);
        var config = new ListeningConfig();
        var recording = Assert.Single(RecordingFolder.Load(folder.PathOf(""), config));
        Assert.Equal(("a4.wav", 51), (recording.Name, recording.Frames));
        Assert.Equal(score.Notes[0].Key, Assert.Single(recording.Notes).Key);
        var levels = new float[config.Bins];
        recording.CopyLevels(20, levels);
        Assert.Equal(config.BinOf(score.Notes[0].Key), Array.IndexOf(levels, levels.Max()));
    }

    [Fact]
    public void FolderWithoutPairs_AndNoFolder_AreNamed()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<UnreadableFileException>(() => RecordingFolder.Find(folder.PathOf("")));
        Assert.Throws<DirectoryNotFoundException>(() => RecordingFolder.Find(folder.PathOf("none")));
    }
}
