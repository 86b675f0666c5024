using Duomano.Formats.Html;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>duomano convert, in processes of its own.</summary>
public sealed class ConvertTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_motion_becomes_every_other_format()
    {
        var clip = Clips.Smooth(frames: 20);
        NpzMotion.Write(_folder.PathOf("in.npz"), clip, cancellation: TestContext.Current.CancellationToken);
        string[] endings = [.. MotionOutputs.Extensions.Where(ending => (ending != ".mp4" || Capabilities.Ffmpeg) && (ending != ".html" || HtmlMotion.IsAvailable))];
        var (code, _, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), ["convert", "in.npz", "--threads", "1", .. endings.SelectMany(ending => (string[])["-o", "out" + ending])]);
        Assert.True(code == 0, errors);
        Assert.All(endings, ending => Assert.True(new FileInfo(_folder.PathOf("out" + ending)).Length > 500, ending));
        CsvMotion.Write(_folder.PathOf("direct.csv"), NpzMotion.Read(_folder.PathOf("in.npz")), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllText(_folder.PathOf("direct.csv")), File.ReadAllText(_folder.PathOf("out.csv")));
        Assert.Equal(clip.Notes.Count, MotionFile.Read(_folder.PathOf("out.json")).Notes.Count);
    }

    [Fact]
    public void Notes_are_those_of_the_MIDI_file_with_the_fingers_of_the_motion()
    {
        var clip = Clips.Smooth(frames: 40);
        NpzMotion.Write(_folder.PathOf("in.npz"), clip, cancellation: TestContext.Current.CancellationToken);
        MidiFile.Write(_folder.PathOf("notes.mid"), new(clip.Notes.Take(2).Select(note => note with { Finger = null, Hand = null })));
        var (code, _, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), "convert", "in.npz", "--notes", "notes.mid", "-o", "out.npz");
        Assert.True(code == 0, errors);
        var notes = NpzMotion.Read(_folder.PathOf("out.npz")).Notes;
        Assert.Equal(clip.Notes.Take(2).Select(note => (note.Key, note.Hand, note.Finger)), notes.Select(note => (note.Key, note.Hand, note.Finger)));
    }

    [Theory]
    [InlineData("in.npz: is read as well", "in.npz", "-o", "in.npz")]
    [InlineData("notes.mid: is no motion", "notes.mid", "-o", "x.csv")]
    [InlineData("none.npz: there is no such file", "none.npz", "-o", "x.csv")]
    [InlineData("none.mid: there is no such file", "in.npz", "-o", "x.csv", "--notes", "none.mid")]
    public void What_cannot_be_is_said_in_one_line(string line, params string[] arguments)
    {
        NpzMotion.Write(_folder.PathOf("in.npz"), Clips.Smooth(frames: 2), cancellation: TestContext.Current.CancellationToken);
        MidiFile.Write(_folder.PathOf("notes.mid"), new(Clips.Notes(1)));
        var (code, _, errors) = DuomanoProcess.RunIn(_folder.PathOf(""), ["convert", .. arguments]);
        Assert.Equal(2, code);
        Assert.StartsWith(line, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
