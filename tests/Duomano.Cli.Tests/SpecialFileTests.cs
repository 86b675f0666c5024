using System.Diagnostics;
using System.Net.Sockets;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>
/// Named pipes, devices and sockets where files are needed: opening a pipe would wait for ever, reading a device might never end,
/// and a file that is renamed onto either would take its place.
/// </summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public SpecialFileTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux is asked what a path leads to");
        MidiFile.Write(_folder.PathOf("in.mid"), new Score([new Note(0.2, 0.7, new PianoKey(60), 80)]));
        WavFile.Write(_folder.PathOf("in.wav"), new AudioBuffer(new float[16000], 16000));
        NpzMotion.Write(_folder.PathOf("in.npz"), Clips.Smooth());
        string[] pipes = [.. ((string[])["pipe", "pipe.mid", "pipe.npz", "pipe.json", "pipe.tsv", "pipe.sf2", "old/config.json"]).Select(_folder.PathOf)];
        Directory.CreateDirectory(_folder.PathOf("old"));
        using (var make = Process.Start("mkfifo", pipes)) Assert.True(make.WaitForExit(TimeSpan.FromMinutes(1)));
        File.CreateSymbolicLink(_folder.PathOf("link.mid"), "pipe");
        File.CreateSymbolicLink(_folder.PathOf("zero.mid"), "/dev/zero");
        _socket.Bind(new UnixDomainSocketEndPoint(_folder.PathOf("s.wav")));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("pipe: is a named pipe, where a file is needed", "generate", "pipe", "-o", "x.csv")]
    [InlineData("link.mid: is a named pipe, where a file is needed", "perform", "link.mid", "-o", "x.csv")]
    [InlineData("zero.mid: is a device, where a file is needed", "generate", "zero.mid", "-o", "x.csv")]
    [InlineData("/dev/zero: is a device, where a file is needed", "transcribe", "/dev/zero", "-o", "x.mid")]
    [InlineData("s.wav: is a socket, where a file is needed", "transcribe", "s.wav", "-o", "x.mid")]
    [InlineData("pipe.mid: is a named pipe, where a file is needed", "transcribe", "in.wav", "-o", "x.mid", "--against", "pipe.mid")]
    [InlineData("pipe.mid: is a named pipe, where a file is needed", "fingering", "pipe.mid", "-o", "x.tsv")]
    [InlineData("pipe.npz: is a named pipe, where a file is needed", "convert", "pipe.npz", "-o", "x.csv")]
    [InlineData("pipe.mid: is a named pipe, where a file is needed", "convert", "in.npz", "-o", "x.csv", "--notes", "pipe.mid")]
    [InlineData("pipe.json: is a named pipe, where a file is needed", "measure", "pipe.json")]
    [InlineData("pipe.mid: is a named pipe, where a file is needed", "measure", "in.npz", "pipe.mid")]
    [InlineData("/dev/zero: is a device, where a file is needed", "info", "/dev/zero")]
    [InlineData("pipe.tsv: is a named pipe, where a file is needed", "perform", "in.mid", "-o", "x.csv", "--fingering", "pipe.tsv")]
    [InlineData("pipe: is a named pipe, where a file is needed", "perform", "in.mid", "-o", "x.csv", "--sound", "pipe")]
    [InlineData("pipe.sf2: is a named pipe, where a file is needed", "perform", "in.mid", "-o", "x.csv", "--soundfont", "pipe.sf2")]
    [InlineData("pipe: is a named pipe, where a file is needed", "perform", "in.mid", "-o", "x.csv", "--hand", "mano=pipe")]
    [InlineData("old/config.json: is a named pipe, where a file is needed", "generate", "in.mid", "-o", "x.csv", "--model", "old")]
    [InlineData("pipe.npz: is a named pipe, where a file is needed", "evaluate", "--people", "pipe.npz", "--performer")]
    [InlineData("pipe.sf2: is a named pipe, where a file is needed", "corpus", "x", "--hours", "0.01", "--soundfont", "pipe.sf2")]
    [InlineData("pipe.json: is a named pipe, where the name of a file is needed", "perform", "in.mid", "-o", "pipe.json")]
    [InlineData("link.mid: is a named pipe, where the name of a file is needed", "perform", "in.mid", "-o", "x.csv", "--notes", "link.mid")]
    [InlineData("pipe.tsv: is a named pipe, where the name of a file is needed", "fingering", "in.mid", "-o", "pipe.tsv")]
    [InlineData("/dev/full: is a device, where the name of a file is needed", "evaluate", "--data", ".", "--performer", "--json", "/dev/full")]
    public void They_are_refused_in_one_line(string line, params string[] arguments)
    {
        var before = _folder.Files;
        var (code, output, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(line, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, _folder.Files);
    }

    [Fact]
    public void Among_other_files_of_a_folder_they_are_left_out()
    {
        NpzMotion.Write(_folder.PathOf("old/in.npz"), Clips.Smooth());
        using (var make = Process.Start("mkfifo", [_folder.PathOf("old/pipe.npz")])) Assert.True(make.WaitForExit(TimeSpan.FromMinutes(1)));
        File.Delete(_folder.PathOf("old/config.json"));
        var (code, output, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), "measure", "old", "--threads", "1");
        Assert.True(code == 0, errors);
        Assert.Contains("all 1", output, StringComparison.Ordinal);
        Assert.Equal("left out: old/pipe.npz: is a named pipe, where a file is needed", Assert.Single(errors.Trim().Split('\n')));
    }

    [Fact]
    public void Files_folders_and_nothing_are_nothing_else()
    {
        Assert.All((string[])["in.mid", "old", "none", "in.mid/none", ""], name => Assert.Null(OrdinaryFile.OtherKind(name.Length == 0 ? "" : _folder.PathOf(name))));
        File.WriteAllBytes(_folder.PathOf("empty.npz"), []);
        OutputCheck.Check([_folder.PathOf("empty.npz")]);
    }
}
