using System.Net.Http.Headers;
using System.Text.Json;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;
using Duomano.Vision.Hands;

namespace Duomano.Cli.Tests;

/// <summary>A video goes into the server, and the motion of its hands comes out.</summary>
public class ServeVideoTests
{
    // Between the onset of a note and that of the same note as it was heard, seconds.
    private const double Apart = 0.1;

    [Fact]
    public async Task A_films_hands_and_fingers_are_seen()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg && Capabilities.Fluidsynth, "ffmpeg or fluidsynth is not installed");
        Assert.SkipUnless(MidiSound.FindSoundFont() is not null, "there is no sound font");
        Assert.SkipUnless(BundledNetworks.AreAvailable, "this build has no networks that see hands (no Node when it was built)");
        using var folder = new TemporaryFolder();
        var (code, _, errors) = DuomanoProcess.RunIn(
            folder.PathOf(""), "perform", Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "2", "-o", "film.mp4", "--view", "top", "--notes", "played.mid", "--threads", "1");
        Assert.True(code == 0, errors);
        var played = MidiFile.Read(folder.PathOf("played.mid")).Score.Notes;

        var temporary = Directory.CreateDirectory(folder.PathOf("tmp")).FullName;
        using var server = ServeTests.Start(temporary);
        try
        {
            using var client = new HttpClient { BaseAddress = new(await server.StandardOutput.ReadLineAsync(ServeTests.Limit()) ?? ""), Timeout = TimeSpan.FromMinutes(5) };
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(folder.PathOf("film.mp4"))) { Headers = { ContentType = new MediaTypeHeaderValue("video/mp4") } };
            using var created = JsonDocument.Parse(await (await client.PostAsync("/api/jobs?name=A%20film.mp4", content)).EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            Assert.Equal("watch", created.RootElement.GetProperty("video").GetString());
            var id = created.RootElement.GetProperty("id").GetString();
            var told = (await client.GetStringAsync($"/api/jobs/{id}/events")).Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[5..]).RootElement).ToList();
            Assert.Contains("looking at the video", told.Select(view => view.GetProperty("stage").GetString()));
            Assert.Equal(("done", "A film"), (told[^1].GetProperty("state").GetString(), told[^1].GetProperty("name").GetString()));
            Assert.Contains("right hand: seen in 100 % of the frames", told[^1].GetProperty("report").EnumerateArray().Select(line => line.GetString()));

            async Task<string> Download(string format) => folder.WithFile($"motion.{format}", await client.GetByteArrayAsync($"/api/jobs/{id}/files/{format}"));
            Assert.InRange(MotionFile.Read(await Download("npz")).Duration, 2, 4);
            var seen = MidiFile.Read(await Download("mid")).Score.Notes;
            Assert.InRange(Same(played, seen), played.Count * 0.7, played.Count);
            Assert.InRange(Same(played, FingeringTable.Read(await Download("tsv")).Notes), played.Count * 0.7, played.Count);

            // Its page has the film's sound, though the film is not kept.
            Assert.Contains("audio/mp4", await client.GetStringAsync($"/api/jobs/{id}/page"), StringComparison.Ordinal);
            Assert.DoesNotContain(Directory.GetFiles(temporary, "input.*", SearchOption.AllDirectories), path => !path.EndsWith(SoundTrack.Ending, StringComparison.Ordinal));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(ServeTests.Limit());
        }
    }

    // Notes that are heard where they were played, and seen with the finger that played them.
    private static int Same(IReadOnlyList<Note> played, IReadOnlyList<Note> seen) => played.Count(note =>
        note.Finger is not null && seen.Any(other => other.Key == note.Key && other.Hand == note.Hand && other.Finger == note.Finger && Math.Abs(other.Onset - note.Onset) < Apart));
}
