using Duomano.Core.Files;
using Duomano.Corpus.Layout;

namespace Duomano.Tests.Corpus.Layout;

/// <summary>However a corpus is divided, interrupted and put together again, its bytes are those of one run.</summary>
public sealed class CorpusMergerTests(CorpusMergerTests.OneRun oneRun) : IClassFixture<CorpusMergerTests.OneRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ShardsIntoOneFolder_TheLastOneWritesTheLists()
    {
        var options = Options("shared");
        foreach (var index in (int[])[2, 3])
        {
            Assert.False(CorpusBuilder.Build(options with { Shard = new(index, 3) }).Complete);
            Assert.False(File.Exists(Path.Combine(options.Folder, "train.txt")));
        }

        Assert.True(CorpusBuilder.Build(options with { Shard = new(1, 3) }).Complete);
        Assert.Equal(oneRun.Contents, FolderContents.Of(options.Folder));
    }

    [Fact]
    public void ShardsIntoOneFolderAtTheSameTime()
    {
        var options = Options("at once");
        Parallel.For(1, 5, index => CorpusBuilder.Build(options with { Shard = new(index, 4), Threads = 1 }));
        Assert.Equal(oneRun.Contents, FolderContents.Of(options.Folder));
    }

    [Fact]
    public void ShardsIntoFoldersOfTheirOwn_AreMerged()
    {
        string[] folders = [.. Enumerable.Range(1, 3).Select(index =>
        {
            var options = Options($"own {index}") with { Shard = new(index, 3) };
            CorpusBuilder.Build(options);
            return options.Folder;
        })];
        var error = Assert.Throws<InvalidOperationException>(() => CorpusMerger.Merge(_folder.PathOf("merged"), folders[..2]));
        Assert.Matches(@"has \d+ of its \d+ pieces", error.Message);
        Assert.True(CorpusMerger.Merge(_folder.PathOf("merged"), folders[2..]).Complete);
        Assert.Equal(oneRun.Contents, FolderContents.Of(_folder.PathOf("merged")));
        // Into one of them, and once more: nothing changes.
        Assert.True(CorpusMerger.Merge(folders[0], folders[1..]).Complete);
        Assert.True(CorpusMerger.Merge(folders[0], []).Complete);
        Assert.Equal(oneRun.Contents, FolderContents.Of(folders[0]));
    }

    [Fact]
    public void AnotherDivisionGoesOnWithTheFirst()
    {
        var options = Options("divided again");
        CorpusBuilder.Build(options with { Shard = new(1, 2) });
        for (var index = 1; index <= 5; index++) CorpusBuilder.Build(options with { Shard = new(index, 5) });
        Assert.Equal(oneRun.Contents, FolderContents.Of(options.Folder));
    }

    [Fact]
    public void WhatIsNoShardOfItIsRefused()
    {
        var other = Options("other") with { Seed = 8, Shard = new(1, 3) };
        CorpusBuilder.Build(other);
        Assert.Throws<UnreadableFileException>(() => CorpusMerger.Merge(oneRun.Folder, [other.Folder]));
        Assert.Throws<UnreadableFileException>(() => CorpusMerger.Merge(oneRun.Folder, [oneRun.Music]));
        Assert.Throws<UnreadableFileException>(() => CorpusMerger.Merge(oneRun.Music, [oneRun.Folder]));
        Assert.Throws<UnreadableFileException>(() => CorpusMerger.Merge(_folder.PathOf("nowhere"), []));
        Assert.Equal(oneRun.Contents, FolderContents.Of(oneRun.Folder));
    }

    [Theory]
    [InlineData("annotation", "")] // emptied by a power cut
    [InlineData("annotation", null)] // killed before the annotation was moved into place
    [InlineData("midi", "")]
    [InlineData("midi", null)]
    [InlineData("pieces", "")]
    [InlineData("pieces", "{ \"uploader\": ")]
    [InlineData("pieces", null)]
    public void APieceThatLacksSomethingIsMadeAgain(string kind, string? content)
    {
        var whole = Options("whole");
        FolderContents.Copy(oneRun.Folder, whole.Folder);
        foreach (var list in Directory.EnumerateFiles(whole.Folder, "*.txt")) File.Delete(list);
        var files = Directory.EnumerateFiles(Path.Combine(whole.Folder, kind), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        foreach (var broken in files.Where((_, i) => i % 2 == 0))
        {
            if (content is not null) File.WriteAllText(broken, content);
            else if (kind == "annotation") Directory.Delete(Path.GetDirectoryName(broken)!, recursive: true);
            else File.Delete(broken);
        }

        // Half-written files of a killed run.
        File.WriteAllText(Path.Combine(whole.Folder, ".train.77-0123.txt"), "half");
        Directory.CreateDirectory(Path.Combine(whole.Folder, ".unfinished-scales-0001-0123", "annotation"));
        Assert.Throws<InvalidOperationException>(() => CorpusMerger.Merge(whole.Folder, []));
        CorpusBuilder.Build(whole);
        Assert.Equal(oneRun.Contents, FolderContents.Of(whole.Folder));
        Assert.Empty(Directory.EnumerateDirectories(whole.Folder, ".unfinished-*"));
    }

    [Fact]
    public void AShardLeavesAloneWhatOthersAreMaking()
    {
        var options = Options("neighbours");
        var shards = Enumerable.Range(1, 2).Select(index => options with { Shard = new(index, 2), Folder = _folder.PathOf($"alone {index}") }).ToArray();
        foreach (var shard in shards) CorpusBuilder.Build(shard);
        string Made(int shard) => Path.GetFileName(Directory.EnumerateDirectories(Path.Combine(shards[shard].Folder, "annotation", "composed")).First());
        var own = Directory.CreateDirectory(Path.Combine(options.Folder, $".unfinished-{Made(0)}-{Guid.NewGuid():N}"));
        var others = Directory.CreateDirectory(Path.Combine(options.Folder, $".unfinished-{Made(1)}-{Guid.NewGuid():N}"));
        File.Copy(Path.Combine(shards[0].Folder, "corpus.json"), Path.Combine(options.Folder, "corpus.json"));
        CorpusBuilder.Build(options with { Shard = new(1, 2) });
        Assert.False(Directory.Exists(own.FullName));
        Assert.True(Directory.Exists(others.FullName));
    }

    private CorpusOptions Options(string name) => Options(_folder.PathOf(name), oneRun.Music);

    private static CorpusOptions Options(string folder, string music) => new()
    {
        Folder = folder,
        Hours = 0.025,
        MidiFolder = music,
        Seed = 7,
        LongestPiece = 14,
        LongestSequence = 10,
        Threads = 2,
    };

    /// <summary>A corpus made by one run; the tests leave it as it is.</summary>
    public sealed class OneRun : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public OneRun()
        {
            Music = SmallMusic.Write(_folder, 4);
            File.WriteAllText(Path.Combine(Music, "broken.mid"), "MThd");
            Folder = _folder.PathOf("whole");
            CorpusBuilder.Build(Options(Folder, Music));
            Contents = FolderContents.Of(Folder);
        }

        public string Music { get; }

        public string Folder { get; }

        public List<string> Contents { get; }

        public void Dispose() => _folder.Dispose();
    }
}
