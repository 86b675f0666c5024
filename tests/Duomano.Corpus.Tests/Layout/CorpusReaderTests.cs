using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Formats.Midi;

namespace Duomano.Tests.Corpus.Layout;

public sealed class CorpusReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Root => Directory.CreateDirectory(_folder.PathOf("set")).FullName;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APublishedFolderIsReadWithItsGaps()
    {
        WriteList("train", "111 BVa", "222 BVb", "333 BVc");
        WriteAnnotation("111", "BVa", 0, [1, 1, 0.5f, 0]);
        WriteAnnotation("111", "BVa", 1, [1]);
        WriteAnnotation("222", "BVb", 0, [1, 1]);
        Directory.CreateDirectory(Path.Combine(Root, "audio", "111", "BVa"));
        File.WriteAllBytes(Path.Combine(Root, "audio", "111", "BVa", "BVa_seq_0000.mp3"), [0]);

        var reader = new CorpusReader(Root);
        var items = reader.List(CorpusSplit.Train);
        Assert.Equal(["BVa_seq_0000.json", "BVa_seq_0001.json", "BVb_seq_0000.json"], items.Select(item => Path.GetFileName(item.AnnotationPath)));
        Assert.EndsWith("BVa_seq_0000.mp3", items[0].AudioPath, StringComparison.Ordinal);
        Assert.Null(items[1].AudioPath);

        var sequence = CorpusReader.Load(items[0]);
        Assert.Equal(25, sequence.Annotation.Fps);
        Assert.Equal(7, sequence.Annotation.StartFrame);
        Assert.Equal(2, sequence.ValidFrames(HandSide.Left));
        Assert.False(sequence.IsValid(HandSide.Right, 2)); // a fractional flag is not valid
        Assert.Empty(sequence.Notes);
        Assert.Equal(4, sequence.ToClip().FrameCount);

        var report = reader.Inspect(thorough: true);
        Assert.Equal(new CorpusReport.SplitReport(3, 3, 1, 7 / 25.0 / 3600, 5 / 7.0), report.Splits[CorpusSplit.Train]);
        Assert.Contains(report.Problems, problem => problem.Contains("333 BVc", StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.StartsWith("valid.txt", StringComparison.Ordinal));
    }

    [Fact]
    public void ASequence_HasTheNotesAndThePedalOfItsPartOfTheVideo()
    {
        WriteList("train", "111 BVa");
        WriteAnnotation("111", "BVa", 0, [1, 1, 1, 1, 1]); // 0.2 s from 0.28 s on
        Directory.CreateDirectory(Path.Combine(Root, "midi", "111"));
        var video = new Score([new Note(0.1, 0.2, new PianoKey(50), 80), new Note(0.3, 0.4, new PianoKey(60), 80)], [new(0.05, 127), new(0.36, 0), new(0.9, 127)]);
        MidiFile.Write(Path.Combine(Root, "midi", "111", "BVa.mid"), video);
        var score = CorpusReader.LoadScore(new CorpusReader(Root).List(CorpusSplit.Train)[0]);
        Assert.Equal(60, Assert.Single(score.Notes).Key.Midi);
        Assert.Equal([true, false], score.Pedal.Select(change => change.IsDown));
        Assert.Equal(0, score.Pedal[0].Time);
        Assert.Equal(0.08, score.Pedal[1].Time, 2e-3);
    }

    [Fact]
    public void WhatHasNoPairIsTold()
    {
        WriteList("train", "1 BVa", "2 BVb");
        WriteList("test", "1 BVa");
        WriteAnnotation("1", "BVa", 0, [1]);
        WriteAnnotation("2", "BVb", 0, [1]);
        WriteAnnotation("9", "BVz", 0, [1]);
        foreach (var name in (string[])["BVa_seq_0000.mp3", "BVa_seq_0007.mp3"])
        {
            Directory.CreateDirectory(Path.Combine(Root, "audio", "1", "BVa"));
            File.WriteAllBytes(Path.Combine(Root, "audio", "1", "BVa", name), [0]);
        }

        var problems = new CorpusReader(Root).Inspect().Problems;
        Assert.Contains("test.txt: 1 BVa: is in train.txt, too", problems);
        Assert.Contains("annotation/9/BVz: is in none of the lists", problems);
        Assert.Contains("audio/1/BVa/BVa_seq_0007.mp3: has no annotation", problems);
        Assert.Contains(problems, problem => problem.Contains("BVb_seq_0000.json: has no sound", StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.Contains("BVa_seq_0000.json", StringComparison.Ordinal));
    }

    [Fact]
    public void ABrokenAnnotationIsAProblemOfItsOwn()
    {
        WriteList("test", "1 BVx");
        var path = WriteAnnotation("1", "BVx", 0, [1]);
        File.WriteAllText(path, "{ \"left\": [");
        Assert.Contains(new CorpusReader(Root).Inspect(thorough: true).Problems, problem => problem.Contains(path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("onlyone")]
    [InlineData("one two three")]
    [InlineData("up ../../elsewhere")]
    [InlineData("up ..")]
    public void ALineThatNamesNoVideoIsRefusedWithItsNumber(string line)
    {
        WriteList("train", "1 BVx", line);
        var error = Assert.Throws<UnreadableFileException>(() => new CorpusReader(Root).List(CorpusSplit.Train));
        Assert.Equal("line 2", error.Place);
    }

    [Fact]
    public void AFolderThatIsNoDataSetIsRefused() => Assert.Throws<UnreadableFileException>(() => new CorpusReader(Root));

    private void WriteList(string split, params string[] lines) => File.WriteAllLines(Path.Combine(Root, $"{split}.txt"), lines);

    private string WriteAnnotation(string uploader, string video, int number, float[] flags)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "annotation", uploader, video)).FullName;
        var rows = string.Join(",", flags.Select(flag => $"[{flag},0.1,0.2,20,{string.Join(",", Enumerable.Repeat("0", 58))}]"));
        var path = Path.Combine(folder, $"{video}_seq_{number:D4}.json");
        File.WriteAllText(path, $"{{\"left\":[{rows}],\"right\":[{rows}],\"fps\":25,\"adjust\":[0,0.1,0.2],\"start_frame\":7,\"bv\":\"{video}\"}}");
        return path;
    }
}
