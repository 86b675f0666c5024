using Duomano.CommandLine;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>What is said of wrong words and numbers on the command line: one line, code 2, each thing once.</summary>
public sealed class ArgumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ArgumentTests()
    {
        MidiFile.Write(_folder.PathOf("in.mid"), new Score([new Note(0.2, 0.7, new PianoKey(60), 80), new Note(1, 1.5, new PianoKey(62), 80)]));
        Directory.CreateDirectory(_folder.PathOf("sub"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--steps is a whole number, 1 or more, not 'abc'.", "generate", "in.mid", "-o", "x.npz", "--steps", "abc")]
    [InlineData("--steps is a whole number, 1 or more, not '-3'.", "generate", "in.mid", "-o", "x.npz", "--steps", "-3")]
    [InlineData("--hand-size is a number from 0.7 to 1.4, not '5'.", "generate", "in.mid", "-o", "x.npz", "--hand-size", "5")]
    [InlineData("--temperature is a number from 0 to 1, not 'NaN'.", "generate", "in.mid", "-o", "x.npz", "--temperature", "NaN")]
    [InlineData("--start is a number, 0 or more, not '-1'.", "perform", "in.mid", "-o", "x.npz", "--start", "-1")]
    [InlineData("--length is a number above 0, not '0'.", "transcribe", "in.mid", "-o", "x.mid", "--length", "0")]
    [InlineData("--threads is a whole number, 1 or more, not '0'.", "perform", "in.mid", "-o", "x.npz", "--threads", "0")]
    [InlineData("--hours is a number above 0, at most 10000, not '-1'.", "corpus", "x", "--hours", "-1")]
    [InlineData("--takes is a whole number from 1 to 1000, not '0'.", "corpus", "x", "--takes", "0", "--hours", "1")]
    [InlineData("--port is a whole number from 0 to 65535, not '70000'.", "serve", "--port", "70000")]
    [InlineData("--most-minutes is a number above 0, at most 1440, not '-1'.", "serve", "--most-minutes", "-1")]
    [InlineData("--most-minutes is a number above 0, at most 1440, not '1e308'.", "serve", "--most-minutes", "1e308")]
    [InlineData("--host is a name or an address such as piano.local, without port or path, not '*'.", "serve", "--port", "0", "--host", "*")]
    [InlineData("--host is a name or an address such as piano.local, without port or path, not 'http://piano/'.", "serve", "--port", "0", "--host", "http://piano/")]
    [InlineData("A token is 16 to 256 letters, digits and any of - . _ ~ + / =; this one has 5 characters, or others among them.", "serve", "--port", "0", "--token", "short")]
    [InlineData("--token and --token-file: one of them is enough.", "serve", "--port", "0", "--token", "short", "--token-file", "x")]
    [InlineData("none.txt: there is no such file.", "serve", "--port", "0", "--token-file", "none.txt")]
    [InlineData("x?[31m?y.mid: there is no such file.", "perform", "x\u001b[31m\u202ey.mid", "-o", "x.npz")]
    [InlineData("in.mid: no note begins from 1000 s on: the last one begins at 1.0 s", "perform", "in.mid", "-o", "x.npz", "--start", "1000")]
    [InlineData("in.mid: no note begins from 1000 s on: the last one begins at 1.0 s", "generate", "in.mid", "-o", "x.npz", "--start", "1000")]
    [InlineData("sub: is a folder of pieces; --formats says what to make of each, such as --formats glb,npz.", "generate", "sub", "-o", "x.npz")]
    [InlineData("sub: holds no recording", "transcribe", "sub", "-o", "x.mid")]
    [InlineData("sub: is a folder, where a file is needed.", "convert", "sub", "-o", "x.npz")]
    [InlineData("sub: is a folder, where a file is needed.", "perform", "in.mid", "-o", "x.npz", "--sound", "sub")]
    [InlineData("sub: is a folder, where a file is needed.", "perform", "in.mid", "-o", "x.npz", "--fingering", "sub")]
    [InlineData("sub: is a folder, where a file is needed.", "perform", "in.mid", "-o", "x.npz", "--soundfont", "sub")]
    [InlineData("sub: is a folder, where a file is needed.", "perform", "in.mid", "-o", "x.npz", "--hand", "mano=sub")]
    [InlineData("none.npz: there is no such file.", "measure", "none.npz")]
    [InlineData("'genrate' is no command; did you mean 'generate'? Try 'duomano --help'.", "genrate", "in.mid", "-o", "x.npz")]
    [InlineData("'dance' is no command. Try 'duomano --help'.", "dance")]
    [InlineData("'--outptu' is no option of generate; did you mean '--output'? Try 'duomano generate --help'.", "generate", "in.mid", "--outptu", "x.npz")]
    public void Each_is_told_in_one_line(string line, params string[] arguments)
    {
        var (code, output, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(line, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["in.mid"], _folder.Files);
    }

    [Theory]
    [InlineData("measrue", "measure")]
    [InlineData("fingring", "fingering")]
    [InlineData("INFO", "info")]
    [InlineData("xyz", null)]
    [InlineData("in", null)]
    public void Misspelt_words_are_recognised(string typed, string? meant) => Assert.Equal(meant, NearestWord.Of(typed, ["generate", "measure", "fingering", "info"]));
}
