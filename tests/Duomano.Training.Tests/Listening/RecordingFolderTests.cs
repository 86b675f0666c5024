using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
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
    public void SoundBesideMidi_IsFound_HoweverDeep()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a.wav", "a.mid", "alone.wav", "deep/b.flac", "deep/b.midi", "deep/c.mid" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(name))!);
            File.WriteAllText(folder.PathOf(name), "");
        }

        Assert.Equal(["a.wav", "deep/b.flac"], RecordingFolder.Find(folder.PathOf("")).Select(found => found.Name.Replace('\\', '/')));
    }

    [Fact]
    public void DataSet_IsReadByItsParts()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("train.txt"), "");
        File.WriteAllText(folder.PathOf("a.wav"), "");
        File.WriteAllText(folder.PathOf("a.mid"), "");
        var problem = Assert.Throws<UnreadableFileException>(() => RecordingFolder.Find(folder.PathOf(""), CorpusSplit.Train, CorpusSplit.Valid));
        Assert.Contains("train, valid", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_GivesSoundAndNotes()
    {
        using var folder = new TemporaryFolder();
        var score = new Score([Note(0.25, 0.75, 69)]);
        WavFile.Write(folder.PathOf("a4.wav"), new AudioBuffer(Render(score, 1), Rate));
        MidiFile.Write(folder.PathOf("a4.mid"), score);
        var config = new ListeningConfig();
        var recording = Assert.Single(RecordingFolder.Load(RecordingFolder.Find(folder.PathOf("")), config));
        Assert.Equal(("a4.wav", 51), (recording.Name, recording.Frames(config)));
        Assert.Equal(score.Notes[0].Key, Assert.Single(recording.Score.Notes).Key);
        var levels = recording.Levels(config, 21).AsSpan(20 * 2 * config.Bins, config.Bins).ToArray();
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
