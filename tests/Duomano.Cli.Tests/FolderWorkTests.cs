using Duomano.Cli.Folders;
using Duomano.CommandLine;
using Duomano.Core.Jobs;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Work on folders, with pieces that are quickly made.</summary>
public sealed class FolderWorkTests : IDisposable
{
    private static readonly string[] Names = ["a.mid", "a.wav", "b c.MXL", "sub/a.mid", "sub/deep/é.kar"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _made = [];

    public FolderWorkTests()
    {
        foreach (var name in Names.Concat(["notes.txt", ".hidden.mid", ".trash/x.mid"]))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf($"in/{name}"))!);
            File.WriteAllText(_folder.PathOf($"in/{name}"), name);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Neither_the_number_of_shards_nor_their_order_changes_a_byte()
    {
        Assert.Equal(0, Run("whole"));
        Assert.Equal(Names, _made);
        foreach (var shard in (string[])["3/4", "1/4", "4/4", "2/4"]) Assert.Equal(0, Run("shards", shard: shard));
        Assert.Equal(Names, _made.Skip(Names.Length).Order(StringComparer.Ordinal));
        Assert.Equal(2 * Names.Length, Outputs("whole").Count);
        Assert.Equal(Outputs("whole"), Outputs("shards"));
        Assert.Contains(Outputs("whole"), line => line.StartsWith("sub/deep/é.kar.npz ", StringComparison.Ordinal));
    }

    [Fact]
    public void One_failure_stops_nothing_and_is_told_with_its_reason()
    {
        Assert.Equal(1, Run("out", fails: "a.wav"));
        Assert.Equal(Names, _made);
        Assert.DoesNotContain(Outputs("out"), line => line.StartsWith("a.wav", StringComparison.Ordinal));
        Assert.Equal(2 * (Names.Length - 1), Outputs("out").Count);
        var failed = Assert.Single(FolderState.Of(_folder.PathOf("out"))!.Failed);
        Assert.Equal(("a.wav", $"half of {_folder.PathOf("out/a.wav.glb")} was written"), (failed.Piece, failed.Reason));

        // It is tried again, and nothing else is.
        Assert.Equal(1, Run("out", resume: true, fails: "a.wav"));
        Assert.Equal(0, Run("out", resume: true));
        Assert.Equal(["a.wav", "a.wav"], _made.Skip(Names.Length));
        Assert.Empty(FolderState.Of(_folder.PathOf("out"))!.Failed);
    }

    [Theory]
    [InlineData("input", "a.wav")]
    [InlineData("output gone", "a.wav")]
    [InlineData("output of the same length", "a.wav")]
    [InlineData("last line cut off", "sub/deep/é.kar")]
    [InlineData("last line lost", "sub/deep/é.kar")]
    [InlineData("option", "")]
    [InlineData("file of an option", "")]
    [InlineData("program", "")]
    [InlineData("another format", "")]
    [InlineData("fewer formats")]
    [InlineData("other shards")]
    [InlineData("nothing")]
    public void What_has_changed_is_made_again_and_nothing_else(string change, params string[] again)
    {
        File.WriteAllText(_folder.PathOf("model"), "weights");
        Assert.Equal(0, Run("out"));
        var before = Outputs("out");
        _made.Clear();
        var (manifest, output) = (_folder.PathOf("out/manifest/1-of-1.jsonl"), _folder.PathOf("out/a.wav.npz"));
        var lines = File.ReadAllLines(manifest);
        if (change == "input") File.WriteAllText(_folder.PathOf("in/a.wav"), "other");
        if (change == "output gone") File.Delete(output);
        if (change == "output of the same length") File.WriteAllText(output, new string('x', (int)new FileInfo(output).Length));
        if (change == "last line cut off") File.WriteAllText(manifest, string.Join('\n', [.. lines[..^1], lines[^1][..40]]));
        if (change == "last line lost") File.WriteAllText(manifest, string.Join('\n', lines[..^1]) + "\n");
        if (change == "file of an option") File.WriteAllText(_folder.PathOf("model"), "other weights");
        string[] shards = change == "other shards" ? ["2/2", "1/2"] : ["1/1"];
        foreach (var shard in shards)
        {
            Assert.Equal(0, Run("out", resume: true, shard: shard, change: work => change switch
            {
                "option" => work with { Chosen = ["--seed 2"] },
                "program" => work with { Program = "2" },
                "another format" => work with { Formats = ["glb", "npz", "csv"] },
                "fewer formats" => work with { Formats = ["npz"] },
                _ => work,
            }));
        }

        Assert.Equal(again is [""] ? Names : again, _made);
        if (change is not ("input" or "another format")) Assert.Equal(before, Outputs("out"));
        Assert.Equal((Names.Length, 0), (FolderState.Of(_folder.PathOf("out"))!.Done.Count, FolderState.Of(_folder.PathOf("out"))!.Missing));
        if (change == "nothing") Assert.Equal(lines.Skip(1), File.ReadAllLines(manifest).Skip(1));
    }

    [Fact]
    public void What_a_killed_run_was_at_comes_last_and_leaves_nothing()
    {
        // Of a run that was killed while it made this piece.
        var left = "";
        Run("out", during: (piece, names) => left = piece == "a.wav" ? Path.GetDirectoryName(names[0])! : left);
        Directory.CreateDirectory(left);
        Directory.CreateDirectory(left + "2");
        File.WriteAllText(Path.Combine(left, "a.wav.glb"), "half");
        _made.Clear();
        Assert.Equal(0, Run("out", during: (piece, _) => Assert.True(piece == "a.wav" || Directory.Exists(left))));
        Assert.Equal([.. Names.Except(["a.wav"]), "a.wav"], _made);
        Assert.Empty(Directory.GetDirectories(_folder.PathOf("out"), ".*"));
    }

    [Fact]
    public void Whoever_stops_it_keeps_what_is_done()
    {
        using var stop = new CancellationTokenSource();
        var stopped = Assert.Throws<StoppedException>(() => Run("out", cancellation: stop.Token, during: (piece, _) =>
        {
            if (piece == "b c.MXL") stop.Cancel();
        }));
        Assert.Contains("2 pieces of", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(["a.mid.glb", "a.mid.npz", "a.wav.glb", "a.wav.npz"], Outputs("out").Select(line => line.Split(' ')[0]));
        Assert.Equal(0, Run("out", resume: true));
        Assert.Equal([.. Names[..3], .. Names[2..]], _made);
    }

    [Fact]
    public void The_manifests_of_all_shards_tell_the_whole()
    {
        Assert.Null(FolderState.Of(_folder.PathOf("out")));
        Run("out", shard: "1/3", fails: "a.mid");
        Run("out", shard: "3/3", fails: "a.mid");
        var state = FolderState.Of(_folder.PathOf("out"))!;
        Assert.Equal(["2/3"], state.NotBegun);
        Assert.Equal((Names.Length, Names.Length), (state.Pieces, state.Done.Count + state.Failed.Count + state.Missing));
        Assert.True(state.Missing > 0);
        Run("out", shard: "2/3", fails: "a.mid");
        state = FolderState.Of(_folder.PathOf("out"))!;
        Assert.Equal((Names.Length - 1, 0), (state.Done.Count, state.Missing));
        Assert.Equal(["a.mid"], state.Failed.Select(line => line.Piece));

        // An output that somebody has removed is not there.
        File.Delete(_folder.PathOf("out/a.wav.glb"));
        Assert.Equal(["a.wav"], FolderState.Of(_folder.PathOf("out"))!.Waiting);
    }

    [Fact]
    public void Links_are_followed_but_not_in_circles()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take rights there");
        Directory.CreateSymbolicLink(_folder.PathOf("in/sub/up"), _folder.PathOf("in"));
        Directory.CreateSymbolicLink(_folder.PathOf("in/aside"), _folder.PathOf("in/sub/deep"));
        var (pieces, others) = FolderPiece.In(_folder.PathOf("in"), PieceKinds.Notes | PieceKinds.Recordings);
        Assert.Equal(Names.Append("aside/é.kar").Order(StringComparer.Ordinal), pieces.Select(piece => piece.Name));
        Assert.Equal(1, others);
    }

    [Theory]
    [InlineData((int)PieceKinds.Notes, "a.mid", "b c.MXL", "sub/a.mid", "sub/deep/é.kar")]
    [InlineData((int)PieceKinds.Recordings, "a.wav", "f.MP4", "g.flac")]
    [InlineData((int)PieceKinds.Videos, "f.MP4")]
    public void Each_command_takes_what_it_reads(int kinds, params string[] names)
    {
        File.WriteAllText(_folder.PathOf("in/f.MP4"), "");
        File.WriteAllText(_folder.PathOf("in/g.flac"), "");
        var (pieces, others) = FolderPiece.In(_folder.PathOf("in"), (PieceKinds)kinds);
        Assert.Equal(names, pieces.Select(piece => piece.Name));
        Assert.Equal(Names.Length + 3 - names.Length, others);
    }

    // Files whose content depends on the piece and the format.
    private int Run(string output, string shard = "1/1", bool resume = false, string? fails = null, Action<string, string[]>? during = null, Func<FolderWork, FolderWork>? change = null, CancellationToken cancellation = default)
    {
        var (pieces, others) = FolderPiece.In(_folder.PathOf("in"), PieceKinds.Notes | PieceKinds.Recordings);
        var work = new FolderWork
        {
            Command = "test",
            Folder = _folder.PathOf("in"),
            Output = _folder.PathOf(output),
            Pieces = pieces,
            Others = others,
            Formats = ["glb", "npz"],
            Shard = Shard.Parse(shard, _ => null),
            Resume = resume,
            Program = "1",
            Chosen = ["--seed 1"],
            Files = File.Exists(_folder.PathOf("model")) ? [_folder.PathOf("model")] : [],
        };
        return (change?.Invoke(work) ?? work).Run((piece, names, _) =>
        {
            _made.Add(piece.Name);
            during?.Invoke(piece.Name, names);
            foreach (var name in names)
            {
                File.WriteAllText(name, $"{Path.GetExtension(name)} of {File.ReadAllText(piece.Path)}");
                if (piece.Name == fails) throw new IOException($"half of {name} was written");
            }
        }, cancellation);
    }

    // All that is there but the manifests.
    private List<string> Outputs(string output) => [.. FolderContents.Of(_folder.PathOf(output)).Where(line => !line.StartsWith(FolderManifest.FolderName, StringComparison.Ordinal))];
}
