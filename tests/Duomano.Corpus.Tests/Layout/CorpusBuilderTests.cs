using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;

namespace Duomano.Tests.Corpus.Layout;

public sealed class CorpusBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static bool CanRender => Sound.FluidsynthRendererTests.CanRender;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheSameSeedGivesTheSameBytesHoweverManyThreads()
    {
        var music = SmallMusic.Write(_folder, 4);
        var one = Options("one") with { MidiFolder = music, Threads = 1 };
        var two = Options("two") with { MidiFolder = music, Threads = 2 };
        CorpusBuilder.Build(one);
        CorpusBuilder.Build(two);
        Assert.Equal(FolderContents.Of(one.Folder), FolderContents.Of(two.Folder));
        var other = Options("other") with { MidiFolder = music, Seed = 8 };
        CorpusBuilder.Build(other);
        Assert.NotEqual(FolderContents.Of(one.Folder), FolderContents.Of(other.Folder));
    }

    [Fact]
    public void AnInterruptedRunIsGoneOnWith()
    {
        var whole = Options("whole");
        CorpusBuilder.Build(whole);

        var broken = Options("broken");
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => CorpusBuilder.Build(broken, new Progress(step => stop.Cancel()), stop.Token));
        Assert.False(File.Exists(Path.Combine(broken.Folder, "train.txt")));
        Assert.False(CorpusDescription.Read(broken.Folder)!.Complete);
        Assert.Throws<Core.Files.UnreadableFileException>(() => new CorpusReader(broken.Folder));
        var finished = Directory.GetFiles(Path.Combine(broken.Folder, "annotation"), "*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(finished);
        var written = finished.ToDictionary(path => path, File.GetLastWriteTimeUtc);
        // What a killed process leaves behind.
        var left = Directory.CreateDirectory(Path.Combine(broken.Folder, ".unfinished-piece-1"));
        File.WriteAllText(Path.Combine(left.FullName, "half.json"), "[");

        CorpusBuilder.Build(broken);
        Assert.Equal(FolderContents.Of(whole.Folder), FolderContents.Of(broken.Folder));
        Assert.All(written, entry => Assert.Equal(entry.Value, File.GetLastWriteTimeUtc(entry.Key)));
    }

    [Fact]
    public void AFolderOfSomethingElseIsLeftAlone()
    {
        var options = Options("mine");
        CorpusBuilder.Build(options);
        var error = Assert.Throws<InvalidOperationException>(() => CorpusBuilder.Build(options with { Seed = 99 }));
        Assert.Contains("other options", error.Message, StringComparison.Ordinal);
        var letters = Directory.CreateDirectory(_folder.PathOf("letters")).FullName;
        File.WriteAllText(Path.Combine(letters, "letter.txt"), "Dear");
        Assert.Throws<InvalidOperationException>(() => CorpusBuilder.Build(options with { Folder = letters }));
        Assert.Equal(["letter.txt"], Directory.GetFileSystemEntries(letters).Select(Path.GetFileName));
    }

    [Fact]
    public void MovementsAndTakesOfAWorkStayTogether()
    {
        var music = SmallMusic.Write(_folder, 12, movements: 3);
        var options = Options("split") with { MidiFolder = music, Takes = 2, Hours = 0.2, ComposedShare = 0, ValidShare = 0.3, TestShare = 0.3 };
        CorpusBuilder.Build(options);
        var splitOf = CorpusSplits.All
            .SelectMany(split => File.ReadLines(Path.Combine(options.Folder, $"{split.Name()}.txt")).Select(line => (Split: split, Video: line.Split(' ')[1])))
            .Where(entry => entry.Video.StartsWith("work", StringComparison.Ordinal))
            .ToLookup(entry => entry.Video.Split('_')[0], entry => entry.Split);
        Assert.Equal(12, splitOf.Count);
        Assert.All(splitOf, splits => Assert.Equal(6, splits.Count()));
        Assert.All(splitOf, splits => Assert.Single(splits.Distinct()));
        Assert.Equal(3, splitOf.Select(splits => splits.First()).Distinct().Count());
    }

    [Fact]
    public void RowsAndNotesAreAsTheLoaderWantsThem()
    {
        var options = Options("rows") with { LongestSequence = 10 };
        var made = CorpusBuilder.Build(options);
        var reader = new CorpusReader(options.Folder);
        var items = CorpusSplits.All.SelectMany(reader.List).ToArray();
        Assert.Equal(made.Pieces, items.Select(item => (item.Uploader, item.Video)).Distinct().Count());
        Assert.True(items.Length > made.Pieces);
        foreach (var piece in items.GroupBy(item => item.Video))
        {
            var expected = 0;
            foreach (var item in piece)
            {
                var sequence = CorpusReader.Load(item);
                Assert.Equal($"{item.Video}_seq_{expected / 300:D4}.json", Path.GetFileName(item.AnnotationPath));
                Assert.Equal(expected, sequence.Annotation.StartFrame);
                Assert.Equal(30, sequence.Annotation.Fps);
                Assert.InRange(sequence.Annotation.FrameCount, 1, 300);
                Assert.All(HandSides.Both, side => Assert.Equal(sequence.Annotation.FrameCount, sequence.ValidFrames(side)));
                Assert.All(sequence.Notes, note => Assert.True(note.Hand is not null && note.Finger is not null && note.Offset <= sequence.Seconds + 1e-6));
                expected += sequence.Annotation.FrameCount;
            }

            var midi = MidiFile.Read(piece.First().MidiPath!).Score;
            Assert.InRange(midi.Duration, expected / 30.0 - 3, expected / 30.0);
        }

        Assert.Empty(reader.Inspect(thorough: true).Problems);
        Assert.Equal(made.Hours, reader.Inspect(thorough: true).Splits.Values.Sum(split => split.Hours!.Value), 3);
    }

    [Fact(Skip = "fluidsynth or a sound font is missing", SkipUnless = nameof(CanRender))]
    public void SoundIsAsLongAsTheMotion()
    {
        var options = Options("sound") with { SoundFonts = [Sound.FluidsynthRendererTests.SoundFont!], LongestSequence = 20, Hours = 0.015 };
        var made = CorpusBuilder.Build(options);
        Assert.Equal(made.Hours, made.HoursWithSound);
        var reader = new CorpusReader(options.Folder);
        foreach (var item in CorpusSplits.All.SelectMany(reader.List))
        {
            var frames = CorpusReader.Load(item).Annotation.FrameCount;
            var sound = WavFile.Read(item.AudioPath!);
            Assert.Equal(16000, sound.SampleRate);
            Assert.InRange(sound.Length, frames * 16000 / 30.0 - 1, frames * 16000 / 30.0 + 1);
            Assert.Equal(sound.Length, CorpusReader.LoadSound(item)!.Length);
        }
    }

    [Fact]
    public void FilesThatCannotBeUsedAreNamedAndLeftOut()
    {
        var music = SmallMusic.Write(_folder, 2);
        File.WriteAllText(Path.Combine(music, "broken.mid"), "MThd");
        var made = CorpusBuilder.Build(Options("broken music") with { MidiFolder = music });
        Assert.Contains("broken.mid", Assert.Single(made.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public void TheManifestTellsWorksAndLicences()
    {
        var music = SmallMusic.Write(_folder, 6);
        File.WriteAllLines(
            Path.Combine(music, "manifest.tsv"),
            ["file\twork\tlicence", .. Enumerable.Range(0, 6).Select(i => $"work{i}_1.mid\tthe one work\tPublic Domain")]);
        var options = Options("manifest") with { MidiFolder = music, Hours = 0.02, ComposedShare = 0 };
        var made = CorpusBuilder.Build(options);
        Assert.Contains("Public Domain", made.LicenceHours.Keys);
        var records = Directory.GetFiles(Path.Combine(options.Folder, "pieces", "midi")).Select(PieceRecord.Read).ToArray();
        Assert.All(records, record => Assert.Equal("the one work", record.Work));
        Assert.Single(records.Select(record => record.Split).Distinct());
    }

    private CorpusOptions Options(string name) => new() { Folder = _folder.PathOf(name), Hours = 0.03, Seed = 7, LongestPiece = 30, Threads = 2 };

    private sealed class Progress(Action<CorpusProgress> report) : IProgress<CorpusProgress>
    {
        public void Report(CorpusProgress value) => report(value);
    }
}
