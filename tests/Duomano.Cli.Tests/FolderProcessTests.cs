using System.Diagnostics;
using Duomano.Cli.Folders;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Folders of pieces, worked on by the programs that users start.</summary>
public sealed class FolderProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FolderProcessTests() => Directory.CreateDirectory(_folder.PathOf("in/sub"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_it_ends_as_if_nothing_had_been()
    {
        for (var i = 0; i < 3; i++) Write($"in/{i}.mid", 20 + 40 * i);
        Write("in/sub/1.mid", 60);
        string[] options = ["perform", "in", "--formats", "npz,csv", "--threads", "1"];
        Assert.Equal(0, Run([.. options, "-o", "whole"]).Code);
        using (var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "duomano.dll"), .. options, "-o", "killed"]) { WorkingDirectory = _folder.PathOf(""), RedirectStandardError = true })!)
        {
            // In the middle of a piece, with one that is done and told; its files are in place a little before that.
            var patience = Stopwatch.StartNew();
            while (!process.HasExited && (FolderManifest.ReadAll(_folder.PathOf("killed")).Pieces.Count == 0 || Unfinished().Length == 0))
            {
                Assert.True(patience.Elapsed < ProgramProcess.Patience, "no piece was finished while another one was begun");
                process.WaitForExit(1);
            }

            process.Kill(); // SIGKILL
            ProgramProcess.End(process);
        }

        var (code, _, errors) = Run([.. options, "-o", "killed", "--resume"]);
        Assert.True(code == 0, errors);
        Assert.Contains("there before", errors, StringComparison.Ordinal);
        Assert.Equal(Outputs("whole"), Outputs("killed"));
        Assert.Equal(8, Outputs("whole").Count);
        var (told, output, _) = Run("info", "killed");
        Assert.Equal(0, told);
        Assert.Matches(@"done: +4\n(.|\n)*not made yet: +0\n", output.ReplaceLineEndings("\n"));

        string[] Unfinished() => Directory.Exists(_folder.PathOf("killed")) ? Directory.GetDirectories(_folder.PathOf("killed"), ".unfinished-*") : [];
    }

    [Fact]
    public void Pieces_are_generated_as_they_are_one_by_one()
    {
        // The network is asked twice; two pieces are called alike.
        Write("in/sub/a.mid", 6);
        File.WriteAllText(_folder.PathOf("in/sub/broken.mid"), "words");
        Sound("in/sub/a.wav", 330);
        Sound("in/b.wav", 220);
        string[] options = ["--threads", "1", "--length", "1"];
        var (code, output, errors) = Run(["generate", "in/sub", "--formats", "npz,mid", "--steps", "2", "-o", "out", .. options]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("broken.mid: failed: ", errors, StringComparison.Ordinal);
        Assert.Contains("2 pieces made, 1 failed", errors, StringComparison.Ordinal);
        Assert.Equal(["a.mid.mid", "a.mid.npz", "a.wav.mid", "a.wav.npz"], Outputs("out").Select(line => line.Split(' ')[0]));
        Assert.Equal(0, Run(["generate", "in/sub/a.wav", "-o", "one.npz", "--notes", "one.mid", "--steps", "2", .. options]).Code);
        foreach (var ending in (string[])["npz", "mid"]) Assert.Equal(File.ReadAllBytes(_folder.PathOf($"one.{ending}")), File.ReadAllBytes(_folder.PathOf($"out/a.wav.{ending}")));

        Assert.Equal(0, Run(["transcribe", "in", "-o", "heard", "--shard", "1/1", .. options]).Code);
        Assert.Equal(["b.wav.mid", "sub/a.wav.mid"], Outputs("heard").Select(line => line.Split(' ')[0]));
        MidiFile.Write(_folder.PathOf("one.mid"), MusicInput.Read(_folder.PathOf("in/sub/a.wav"), 0, 1, Repository.PathOf("models/duomano-small"), 1).Notes, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(_folder.PathOf("one.mid")), File.ReadAllBytes(_folder.PathOf("heard/sub/a.wav.mid")));
    }

    [Theory]
    [InlineData("'foo' cannot be written", "generate", "in", "-o", "out", "--formats", "npz,foo")]
    [InlineData("give one -o", "perform", "in", "-o", "out", "-o", "out2", "--formats", "npz")]
    [InlineData("lies in", "perform", "in", "-o", "in/sub/out", "--formats", "npz")]
    [InlineData("is a file and no folder", "perform", "in", "-o", "file", "--formats", "npz")]
    [InlineData("--against belongs to a single piece", "transcribe", "in", "-o", "out", "--against", "x.mid")]
    [InlineData("--resume is for a folder", "perform", "in/a.mid", "-o", "x.npz", "--resume")]
    [InlineData("1 to 3", "perform", "in", "-o", "out", "--formats", "npz", "--shard", "4/3")]
    [InlineData("holds no video among its 2 files", "watch", "in", "-o", "out", "--formats", "npz")]
    public void What_cannot_be_done_is_told_in_one_line(string says, params string[] arguments)
    {
        Write("in/a.mid", 4);
        Sound("in/a.wav", 220);
        File.WriteAllText(_folder.PathOf("file"), "");
        var (code, output, errors) = Run(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("out")));
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments) => DuomanoProcess.RunIn(_folder.PathOf(""), arguments);

    private void Write(string name, int notes) =>
        MidiFile.Write(_folder.PathOf(name), new Score(Enumerable.Range(0, notes).Select(i => new Note(i * 0.1, i * 0.1 + 0.09, new PianoKey(40 + i * 7 % 40), 80))));

    private void Sound(string name, double hertz) =>
        WavFile.Write(_folder.PathOf(name), new AudioBuffer([.. Enumerable.Range(0, 16_000).Select(i => 0.3f * MathF.Sin((float)(i * hertz * Math.Tau / 16_000)) * MathF.Exp(-i / 8000f))], 16_000));

    // All that is there but the manifests.
    private List<string> Outputs(string output) => [.. FolderContents.Of(_folder.PathOf(output)).Where(line => !line.StartsWith("manifest", StringComparison.Ordinal))];
}
