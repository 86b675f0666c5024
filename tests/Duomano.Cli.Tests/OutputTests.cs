using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>What is said of outputs before any work: none destroys an input, and none turns out too late to be impossible.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutputTests()
    {
        MidiFile.Write(_folder.PathOf("in.mid"), new Score([new Note(0.2, 0.7, new PianoKey(60), 80)]));
        WavFile.Write(_folder.PathOf("in.wav"), new AudioBuffer(new float[16000], 16000));
        File.Copy(_folder.PathOf("in.wav"), _folder.PathOf("rec.mp4"));
        File.Copy(_folder.PathOf("in.mid"), _folder.PathOf("true.mid"));
        File.WriteAllText(_folder.PathOf("table.json"), "onset_sec\toffset_sec\tpitch\tvelocity\thand\tfinger\n");
        File.Copy(_folder.PathOf("table.json"), _folder.PathOf("table.tsv"));
        Directory.CreateDirectory(_folder.PathOf("sub"));
        Directory.CreateDirectory(_folder.PathOf("tables"));
        File.Copy(_folder.PathOf("table.json"), _folder.PathOf("tables/in.tsv"));
        Directory.CreateDirectory(_folder.PathOf("old"));
        File.WriteAllText(_folder.PathOf("old/card.md"), "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rec.mp4", "generate", "rec.mp4", "-o", "rec.mp4")]
    [InlineData("rec.mp4", "generate", "in.mid", "-o", "x.csv", "-o", "sub/../rec.mp4", "--sound", "rec.mp4")]
    [InlineData("in.mid", "generate", "in.mid", "-o", "x.csv", "--notes", "in.mid")]
    [InlineData("table.json", "generate", "in.mid", "-o", "table.json", "--fingering", "table.json")]
    [InlineData("rec.mp4", "perform", "in.mid", "-o", "rec.mp4", "--sound", "rec.mp4")]
    [InlineData("table.json", "perform", "in.mid", "-o", "table.json", "--fingering", "table.json")]
    [InlineData("table.json", "perform", "in.mid", "-o", "table.json", "--hand", "mano=table.json")]
    [InlineData("true.mid", "transcribe", "in.wav", "-o", "true.mid", "--against", "true.mid")]
    [InlineData("in.mid", "fingering", "in.mid", "-o", "in.mid")]
    [InlineData("table.tsv", "fingering", "in.mid", "-o", "table.tsv", "--fingering", "table.tsv")]
    [InlineData("table.tsv", "fingering", "in.mid", "-o", "sub/../table.tsv", "--against", "table.tsv")]
    [InlineData("tables", "fingering", ".", "-o", "tables", "--against", "tables")]
    [InlineData("in.mid", "evaluate", "--data", ".", "--performer", "--json", "in.mid")]
    [InlineData("card.md", "import", "old", "--out", "old")]
    [InlineData("sub", "corpus", "sub/new", "--hours", "0.01", "--midi", "sub")]
    [InlineData("sub", "corpus", "sub", "--hours", "0.01", "--midi", "sub")]
    public void No_input_is_written_over(string input, params string[] arguments)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var before = FolderContents.Of(_folder.PathOf(""));
        Assert.Contains(input, Refused(arguments), StringComparison.Ordinal);
        Assert.Equal(before, FolderContents.Of(_folder.PathOf("")));
    }

    [Fact]
    public void Links_hide_no_input()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateSymbolicLink(_folder.PathOf("other"), _folder.PathOf("sub"));
        File.CreateSymbolicLink(_folder.PathOf("link.npz"), _folder.PathOf("sub/real.npz"));
        File.WriteAllText(_folder.PathOf("sub/real.npz"), "");
        foreach (var name in (string[])["sub/real.npz", "other/real.npz", "link.npz"])
        {
            Assert.Throws<ArgumentException>(() => OutputCheck.Check([_folder.PathOf(name)], _folder.PathOf("sub/real.npz")));
            Assert.Throws<ArgumentException>(() => OutputCheck.Check([_folder.PathOf(name)], _folder.PathOf("link.npz")));
            Assert.Throws<ArgumentException>(() => OutputCheck.Check([_folder.PathOf(name)], _folder.PathOf("sub")));
        }

        OutputCheck.Check([_folder.PathOf("other/real.npz.npz"), null], _folder.PathOf("sub"), _folder.PathOf("link.npz"), null);
    }

    [Theory]
    [InlineData("sub", "is a folder")]
    [InlineData("sub/", "is a folder")]
    [InlineData("in.wav/x.npz", "is a file and no folder")]
    [InlineData("in.wav/deep/x.npz", "is a file and no folder")]
    [InlineData("/proc/x.npz", "nothing can be written in the folder /proc")]
    [InlineData("/proc/none/x.npz", "nothing can be written in the folder /proc")]
    [InlineData("", "needs a name")]
    public void What_cannot_be_made_is_said_with_the_users_name_for_it(string output, string problem)
    {
        Assert.SkipWhen(output.StartsWith('/') && !OperatingSystem.IsLinux(), "there is no such folder elsewhere");
        var named = output.Length == 0 || output[0] == '/' ? output : _folder.PathOf(output);
        var error = Assert.Throws<ArgumentException>(() => OutputCheck.Check([named]));
        Assert.StartsWith(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", 251, 4)]
    [InlineData("é", 125, 2)]
    public void Names_are_as_long_as_they_may_be_and_no_longer(string letter, int most, int more)
    {
        string Name(int count) => _folder.PathOf(string.Concat(Enumerable.Repeat(letter, count)) + ".npz");
        OutputCheck.Check([Name(most)]);
        WholeFile.Write(Name(most), stream => stream.WriteByte(1), TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Name(most)));
        Assert.Contains("is longer than 255 bytes", Assert.Throws<ArgumentException>(() => OutputCheck.Check([Name(most + more)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_not_made_before_there_is_something_to_put_there()
    {
        OutputCheck.Check([_folder.PathOf("new/folder/x.npz")]);
        Assert.False(Directory.Exists(_folder.PathOf("new")));
        Assert.Empty(Directory.GetFiles(_folder.PathOf(""), ".*"));
    }

    [Theory]
    [InlineData("sub.npz: is a folder", "in.mid", "-o", "sub.npz")]
    [InlineData("x.gif: cannot be written", "in.mid", "-o", "x.gif")]
    [InlineData("in.mid/x.npz: cannot be made", "in.mid", "-o", "in.mid/x.npz")]
    [InlineData("./x.npz: is to be written twice", "in.mid", "-o", "x.npz", "-o", "./x.npz")]
    [InlineData("none.sf2: there is no such file", "in.mid", "-o", "x.npz", "--soundfont", "none.sf2")]
    [InlineData("table.json: ffmpeg finds no sound in it", "in.mid", "-o", "x.npz", "--sound", "table.json")]
    public void Nothing_is_worked_on_before_outputs_are_sure(string problem, params string[] arguments)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        Directory.CreateDirectory(_folder.PathOf("sub.npz"));
        var said = Refused(["perform", .. arguments]);
        Assert.StartsWith(problem, said.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("x.npz")));
    }

    [Theory]
    [InlineData("in.wav/x.tsv: cannot be made", "fingering", "in.mid", "-o", "in.wav/x.tsv")]
    [InlineData("in.wav/in.tsv: cannot be made", "fingering", ".", "-o", "in.wav")]
    [InlineData("in.tsv: is to be written twice", "fingering", "twice", "-o", ".")]
    [InlineData("sub.mid: is a folder", "transcribe", "in.wav", "-o", "sub.mid")]
    [InlineData("in.wav/position.safetensors: cannot be made", "import", "old", "--out", "in.wav")]
    [InlineData("in.wav/corpus.json: cannot be made", "corpus", "in.wav", "--hours", "0.01")]
    [InlineData("in.wav/x.json: cannot be made", "evaluate", "--data", ".", "--performer", "--json", "in.wav/x.json")]
    public void Every_command_looks_first(string problem, params string[] arguments)
    {
        Directory.CreateDirectory(_folder.PathOf("sub.mid"));
        foreach (var part in (string[])["one", "two"])
        {
            Directory.CreateDirectory(_folder.PathOf($"twice/{part}"));
            File.Copy(_folder.PathOf("in.mid"), _folder.PathOf($"twice/{part}/in.mid"));
        }

        var before = FolderContents.Of(_folder.PathOf(""));
        var said = Refused(arguments).Replace('\\', '/');
        Assert.StartsWith(problem, said.StartsWith("./", StringComparison.Ordinal) ? said[2..] : said, StringComparison.Ordinal);
        Assert.Equal(before, FolderContents.Of(_folder.PathOf("")));
    }

    // The program's one line, with names in its own folder.
    private string Refused(string[] arguments)
    {
        var (code, output, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), arguments);
        Assert.Equal((2, ""), (code, output));
        return Assert.Single(errors.Trim().Split('\n'));
    }
}
