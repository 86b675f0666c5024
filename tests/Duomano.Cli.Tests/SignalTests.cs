using System.Diagnostics;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Programs that are told to end in the middle of their work: they do, say what they leave, and leave nothing else.</summary>
public sealed class SignalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    public SignalTests()
    {
        // Work of half a minute at least, of which nothing is written before its end.
        MidiFile.Write(_folder.PathOf("long.mid"), Piece(12_000));
        MidiFile.Write(_folder.PathOf("short.mid"), Piece(400));

        // A row that matches no note: the program says so just before it begins to work.
        File.WriteAllText(_folder.PathOf("row.tsv"), "onset_sec\toffset_sec\tpitch\tvelocity\thand\tfinger\n9999\t9999.5\t60\t80\tR\t1\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT", "perform")]
    [InlineData("TERM", "perform")]
    [InlineData("HUP", "perform")]
    [InlineData("TERM", "generate")]
    public async Task Work_ends_and_nothing_is_written(string signal, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such signals");
        Assert.SkipWhen(signal == "INT" && IgnoresInterrupts(), "the tests were started without Ctrl+C, and programs inherit that");
        using var program = Start(command, "long.mid", "--fingering", "row.tsv", "--threads", "1", "-o", "x.npz", "-o", "y.csv");
        Assert.Contains("the row is passed over", await LineAsync(program), StringComparison.Ordinal);
        Assert.Equal("Stopped; nothing was written.", await EndAsync(program, signal));
        Assert.Equal(["long.mid", "row.tsv", "short.mid"], _folder.Files);
    }

    [Fact]
    public async Task Evaluations_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such signals");
        using var program = Start("evaluate", "--data", ".", "--performer", "--threads", "1", "--json", "x.json");
        Assert.StartsWith("piece", await program.StandardOutput.ReadLineAsync(Limit()), StringComparison.Ordinal);
        Assert.Equal("Stopped; nothing was written.", await EndAsync(program, "TERM"));
        Assert.False(File.Exists(_folder.PathOf("x.json")));
    }

    [Fact]
    public async Task What_is_written_is_told_and_what_is_not_leaves_nothing_hidden()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such signals");
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var program = Start("perform", "short.mid", "--threads", "1", "-o", "a.csv", "-o", "film.mp4", "-o", "b.npz");
        Assert.StartsWith("a.csv: ", await LineAsync(program), StringComparison.Ordinal);
        using var limit = new CancellationTokenSource(Patience);
        while (!program.HasExited && Directory.GetFiles(_folder.PathOf(""), ".film*.mp4").Length == 0) await Task.Delay(5, limit.Token);
        Assert.Equal("Stopped; written: a.csv; not written: film.mp4, b.npz.", (await EndAsync(program, "INT", "INT", "TERM")).Split('\n')[^1]);
        Assert.Equal(["a.csv", "long.mid", "row.tsv", "short.mid"], _folder.Files);
        Assert.Empty(Directory.GetDirectories(_folder.PathOf("")));
    }

    [Fact]
    public async Task Tables_that_are_written_are_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such signals");
        Directory.CreateDirectory(_folder.PathOf("pieces"));
        File.Copy(_folder.PathOf("short.mid"), _folder.PathOf("pieces/a.mid"));
        File.Copy(_folder.PathOf("long.mid"), _folder.PathOf("pieces/b.mid"));
        using var program = Start("fingering", "pieces", "--merge", "-o", "tables");
        using var limit = new CancellationTokenSource(Patience);
        while (!program.HasExited && !File.Exists(_folder.PathOf("tables/a.tsv"))) await Task.Delay(5, limit.Token);
        Assert.EndsWith($"Stopped; written: {Path.Combine("tables", "a.tsv")}; not written: {Path.Combine("tables", "b.tsv")}.", await EndAsync(program, "TERM"), StringComparison.Ordinal);
        Assert.Equal(["a.tsv"], Directory.GetFiles(_folder.PathOf("tables")).Select(Path.GetFileName));
    }

    [Fact]
    public void Reading_is_given_up()
    {
        CancellationToken stopped = new(true);
        FingeringTable.Write(_folder.PathOf("table.tsv"), Piece(4).Notes, TestContext.Current.CancellationToken);
        Assert.ThrowsAny<OperationCanceledException>(() => MidiFile.Read(_folder.PathOf("short.mid"), cancellation: stopped));
        Assert.ThrowsAny<OperationCanceledException>(() => MusicInput.ReadScore(_folder.PathOf("short.mid"), 0, null, cancellation: stopped));
        Assert.ThrowsAny<OperationCanceledException>(() => FingeringTable.Read(_folder.PathOf("table.tsv"), stopped));
    }

    [Fact]
    public void Every_kind_of_file_is_given_up()
    {
        var piece = new PlayedPiece(Piece(8), _folder.PathOf("short.mid"), 0, null, 1);
        foreach (var ending in MotionOutputs.Extensions.Where(ending => (ending != ".mp4" || Capabilities.Ffmpeg) && (ending != ".html" || Formats.Html.HtmlMotion.IsAvailable)))
        {
            Assert.ThrowsAny<OperationCanceledException>(() => MotionOutputs.Write(_folder.PathOf("x" + ending), Clips.Smooth(), piece, cancellation: new(true)));
            Assert.Equal(["long.mid", "row.tsv", "short.mid"], _folder.Files);
        }
    }

    private static Score Piece(int notes) =>
        new(Enumerable.Range(0, notes).Select(i => new Note(i * 0.1, i * 0.1 + 0.09, new PianoKey(40 + i * 7 % 40), 80)));

    // Shells start what runs in their background so.
    private static bool IgnoresInterrupts() =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } line
        && (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0;

    private static CancellationToken Limit() => new CancellationTokenSource(Patience).Token;

    private static async Task<string> LineAsync(Process program) => await program.StandardError.ReadLineAsync(Limit()) ?? "";

    // Sends signals one after the other and reads what is said.
    private static async Task<string> EndAsync(Process program, params string[] signals)
    {
        foreach (var signal in signals)
        {
            using var kill = Process.Start("kill", [$"-{signal}", $"{program.Id}"]);
            await kill.WaitForExitAsync(Limit());
        }

        var said = await program.StandardError.ReadToEndAsync(Limit());
        await program.WaitForExitAsync(Limit());
        Assert.Equal(1, program.ExitCode);
        return said.Trim();
    }

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "duomano.dll"), .. arguments])
    {
        WorkingDirectory = _folder.PathOf(""),
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
