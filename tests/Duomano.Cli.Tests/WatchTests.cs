using System.Diagnostics;
using System.Text.Json;
using Duomano.Core.Music;
using Duomano.Evaluation;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;
using Duomano.Vision.Hands;

namespace Duomano.Cli.Tests;

/// <summary>A film of a performance that is known, watched as a user would.</summary>
public sealed class WatchTests : IDisposable
{
    private const double Seconds = 3;

    private static readonly string Minuet = Repository.PathOf("samples", "minuet-in-g.mid");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Motion_fingers_and_hand_size_come_back_from_a_film()
    {
        Film("--hand-size", "0.93");
        var (code, output, errors) = DuomanoProcess.Run(
            "watch", _folder.PathOf("film.mp4"), "--notes", _folder.PathOf("played.mid"), "-o", _folder.PathOf("seen.npz"), "-o", _folder.PathOf("seen.tsv"), "-o", _folder.PathOf("seen.mid"), "--overlay", _folder.PathOf("over.mp4"));
        Assert.True(code == 0, errors);
        var (truth, seen) = (MotionFile.Read(_folder.PathOf("truth.npz")), MotionFile.Read(_folder.PathOf("seen.npz")));
        var apart = MedianDifference.Measure(truth, seen).Fingertips;
        Assert.True(apart is { X: < 0.006f, Y: < 0.010f, Z: < 0.008f }, $"fingertips are {apart} m off");
        Assert.InRange(seen.Skeletons.Right.Size, 0.89f, 0.97f);
        var played = truth.Notes.ToList();
        foreach (var written in new[] { FingeringTable.Read(_folder.PathOf("seen.tsv")).Notes, MidiFile.Read(_folder.PathOf("seen.mid")).Score.Notes })
        {
            Assert.Equal(played.Count, written.Count);
            var right = HandFingerAgreement.Measure([.. Times(played)], [.. Times(written)]);
            // MIDI files tell hands alone.
            if (written.Any(note => note.Finger is not null)) Assert.True(right.Fingers.Share >= 0.92, $"{right.Fingers}");
            Assert.True(right.Hands.Share >= 0.97, $"{right.Hands}");
        }

        Assert.Contains("left hand:", output, StringComparison.Ordinal);
        Assert.Contains($"{played.Count} with a finger", output, StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder.PathOf("over.mp4")).Length > 10_000);
        PictureAndRefusals();
        Corpus();
        Folder();
    }

    // The same two videos as a folder of pieces; the notes of the film stand beside it.
    private void Folder()
    {
        var watched = _folder.PathOf("watched");
        var (code, output, errors) = DuomanoProcess.Run("watch", _folder.PathOf("videos"), "-o", watched, "--formats", "npz,tsv", "--length", "1");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("bars.mp4: failed: ", errors, StringComparison.Ordinal);
        Assert.Equal(["a film.mp4.npz", "a film.mp4.tsv"], Directory.GetFiles(watched).Select(Path.GetFileName).Order());
        Assert.Equal(1, MotionFile.Read(Path.Combine(watched, "a film.mp4.npz")).Duration, 0.1);
        var lines = File.ReadAllLines(Path.Combine(watched, "manifest", "1-of-1.jsonl"));
        Assert.Equal(3, lines.Length);
        Assert.Contains("{\"file\":\"a film.mid\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("with a finger", lines[1], StringComparison.Ordinal);
        Assert.Contains("no keyboard is found in it", lines[2], StringComparison.Ordinal);
    }

    // A corpus of the film and of a video without a piano.
    private void Corpus()
    {
        var (videos, corpus) = (_folder.PathOf("videos"), _folder.PathOf("corpus"));
        Directory.CreateDirectory(videos);
        File.Move(_folder.PathOf("film.mp4"), Path.Combine(videos, "a film.mp4"));
        File.Move(_folder.PathOf("played.mid"), Path.Combine(videos, "a film.mid"));
        Bars(Path.Combine(videos, "bars.mp4"));
        Refused("--hours is needed", "corpus", corpus);
        Assert.Equal((0, ""), Codes(DuomanoProcess.Run("corpus", corpus, "--videos", videos, "--performer", "Somebody")));
        Assert.Equal(["a_film_seq_0000.json"], Directory.GetFiles(Path.Combine(corpus, "annotation"), "*.json", SearchOption.AllDirectories).Select(Path.GetFileName));
        Assert.Equal(["videos a_film"], File.ReadAllLines(Path.Combine(corpus, "train.txt")).Concat(File.ReadAllLines(Path.Combine(corpus, "valid.txt"))).Concat(File.ReadAllLines(Path.Combine(corpus, "test.txt"))));
        using var film = JsonDocument.Parse(File.ReadAllText(Path.Combine(corpus, "pieces", "videos", "a_film.json")));
        Assert.True(film.RootElement.GetProperty("quality")[0].GetProperty("hands_seen").GetDouble() > 0.95);
        Assert.True(film.RootElement.GetProperty("quality")[0].GetProperty("confidence").GetDouble() > 0.6);
        Assert.Equal("Somebody", film.RootElement.GetProperty("performer").GetString());
        using var bars = JsonDocument.Parse(File.ReadAllText(Path.Combine(corpus, "pieces", "videos", "bars.json")));
        Assert.StartsWith("bars.mp4: no keyboard is found in it", bars.RootElement.GetProperty("left_out").GetString(), StringComparison.Ordinal);
    }

    // What needs the film, too.
    private void PictureAndRefusals()
    {
        var (film, picture, json) = (_folder.PathOf("film.mp4"), _folder.PathOf("one picture.png"), _folder.PathOf("seen.json"));
        var (made, _, words) = ProgramProcess.Run(new ProcessStartInfo("ffmpeg", ["-v", "error", "-ss", "2", "-i", film, "-frames:v", "1", picture]));
        Assert.True(made == 0, words);
        Assert.Equal((0, ""), Codes(DuomanoProcess.Run("watch", picture, "--json", json)));
        using (var told = JsonDocument.Parse(File.ReadAllText(json)))
        {
            Assert.Equal(4, told.RootElement.GetProperty("keyboard").GetArrayLength());
            var hands = told.RootElement.GetProperty("hands");
            Assert.Equal(["left", "right"], hands.EnumerateArray().Select(hand => hand.GetProperty("side").GetString()).Order());
            Assert.All(hands.EnumerateArray(), hand => Assert.Equal(21, hand.GetProperty("points").GetArrayLength()));
        }

        File.Delete(json);
        Refused("is a picture", "watch", picture, "-o", _folder.PathOf("x.npz"));
        Refused("--json is for pictures", "watch", film, "--json", json);
        Refused("--highest-key", "watch", film, "--highest-key", "C6", "-o", _folder.PathOf("x.npz"));
        Refused("--lowest-key is a key of the piano", "watch", film, "--lowest-key", "H2", "-o", _folder.PathOf("x.npz"));
        Refused("not those of a keyboard", "watch", film, "--corners", "100,100", "50,100", "50,200", "100,200", "-o", _folder.PathOf("x.npz"));
        Refused("MusicXML", "watch", film, "-o", _folder.PathOf("x.musicxml"));
        Assert.False(File.Exists(_folder.PathOf("x.npz")));
    }

    [Fact]
    public void A_video_without_a_piano_and_a_file_that_is_none_are_refused_in_a_line()
    {
        Needed();
        var path = _folder.PathOf("bars.mp4");
        Bars(path);
        Refused("no keyboard is found in it", "watch", path, "-o", _folder.PathOf("x.npz"));
        File.WriteAllText(path, "words");
        Refused("ffmpeg finds no pictures in it", "watch", path, "-o", _folder.PathOf("x.npz"));
        Assert.False(File.Exists(_folder.PathOf("x.npz")));
    }

    private static void Bars(string path)
    {
        var (made, _, words) = ProgramProcess.Run(new ProcessStartInfo("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=10", "-t", "1", path]));
        Assert.True(made == 0, words);
    }

    private static void Needed()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        Assert.SkipUnless(BundledNetworks.AreAvailable, "the networks were not there when this was built (npm)");
    }

    private void Film(params string[] options)
    {
        Needed();
        var (code, _, errors) = DuomanoProcess.Run(["perform", Minuet, "--length", $"{Seconds}", "--view", "top", "-o", _folder.PathOf("film.mp4"), "-o", _folder.PathOf("truth.npz"), "--notes", _folder.PathOf("played.mid"), .. options]);
        Assert.True(code == 0, errors);
    }

    private static IEnumerable<Note> Times(IEnumerable<Note> notes) => notes.Select(note => new Note(Math.Round(note.Onset, 2), Math.Round(note.Offset, 2), note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger });

    private static (int, string) Codes((int Code, string Output, string Errors) ran) => (ran.Code, ran.Code == 0 ? "" : ran.Errors);

    private static void Refused(string because, params string[] arguments)
    {
        var (code, _, errors) = DuomanoProcess.Run(arguments);
        Assert.Equal(2, code);
        Assert.Contains(because, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
