using System.Diagnostics;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Corpora made by processes that are killed, or that work side by side.</summary>
public sealed class CorpusProcessTests(CorpusProcessTests.OneRun whole) : IClassFixture<CorpusProcessTests.OneRun>, IDisposable
{
    private static readonly string[] Options = ["--hours", "0.025", "--longest", "10", "--seed", "5", "--threads", "2"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_again_and_again_it_ends_as_if_nothing_had_been()
    {
        var target = _folder.PathOf("killed");
        for (var pieces = 1; pieces <= 3; pieces++)
        {
            using var process = DuomanoProcess.Start(["corpus", target, .. Options]);
            // In the middle of writing: some pieces are there and others are unfinished.
            var patience = Stopwatch.StartNew();
            while (!process.HasExited && (Count(target, "pieces", "*.json") < pieces || Count(target, "", ".unfinished-*") == 0))
            {
                Assert.True(patience.Elapsed < ProgramProcess.Patience, "no piece was finished while another one was begun");
                process.WaitForExit(1);
            }

            process.Kill(); // SIGKILL
            ProgramProcess.End(process);
        }

        Assert.True(Count(target, "pieces", "*.json") < whole.Contents.Count(line => line.StartsWith("pieces", StringComparison.Ordinal)), "all pieces were made before the last kill");
        Assert.Equal(0, Run("killed").Code);
        Assert.Equal(whole.Contents, FolderContents.Of(target));
        Assert.Empty(Directory.GetDirectories(target, ".unfinished-*"));
    }

    [Fact]
    public void Two_shards_at_once_into_one_folder()
    {
        using (var first = DuomanoProcess.Start(["corpus", _folder.PathOf("shared"), "--shard", "1/2", .. Options]))
        using (var second = DuomanoProcess.Start(["corpus", _folder.PathOf("shared"), "--shard", "2/2", .. Options]))
        {
            ProgramProcess.End(first);
            ProgramProcess.End(second);
            Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        }

        Assert.Equal(whole.Contents, FolderContents.Of(_folder.PathOf("shared")));
    }

    [Theory]
    [InlineData(2, "no such instrument", "corpus", "out", "--hours", "0.01", "--soundfont", "missing.sf2")]
    [InlineData(2, "no samples", "corpus", "out", "--hours", "0.01", "--soundfont", ".")]
    [InlineData(2, "--hours is needed", "corpus", "out")]
    [InlineData(2, "I/N", "corpus", "out", "--hours", "0.01", "--shard", "4")]
    [InlineData(2, "1 to 3", "corpus", "out", "--hours", "0.01", "--shard", "4/3")]
    [InlineData(2, "no such folder", "corpus", "out", "--hours", "0.01", "--midi", "missing")]
    [InlineData(2, "no corpus", "corpus", "out", "--merge", "missing")]
    [InlineData(2, "corpus.json: can", "corpus", "file/out", "--hours", "0.01")]
    public void What_cannot_be_done_is_told_in_one_line(int code, string says, params string[] arguments)
    {
        File.WriteAllText(_folder.PathOf("file"), "");
        Directory.CreateDirectory(_folder.PathOf("empty"));
        string[] inFolder = [.. arguments.Select(argument => argument switch
        {
            "." => _folder.PathOf("empty"),
            "out" or "file/out" or "missing" or "missing.sf2" => _folder.PathOf(argument),
            _ => argument,
        })];
        var (made, output, errors) = DuomanoProcess.Run(inFolder);
        Assert.Equal("", output);
        Assert.Contains(says, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(code, made);
        Assert.False(Directory.Exists(_folder.PathOf("out")));
    }

    private (int Code, string Output, string Errors) Run(string name) => DuomanoProcess.Run(["corpus", _folder.PathOf(name), .. Options]);

    /// <summary>The corpus that one run makes, which nothing disturbs.</summary>
    public sealed class OneRun
    {
        private readonly Lazy<List<string>> _contents = new(() =>
        {
            using var folder = new TemporaryFolder();
            Assert.Equal(0, DuomanoProcess.Run(["corpus", folder.PathOf("whole"), .. Options]).Code);
            return FolderContents.Of(folder.PathOf("whole"));
        });

        internal List<string> Contents => _contents.Value;
    }

    private static int Count(string target, string folder, string pattern)
    {
        var path = Path.Combine(target, folder);
        try
        {
            return Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path, pattern, folder.Length > 0 ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).Count() : 0;
        }
        catch (DirectoryNotFoundException)
        {
            return 0; // it was moved while being looked at
        }
    }
}
