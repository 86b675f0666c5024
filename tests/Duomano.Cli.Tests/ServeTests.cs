using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>duomano serve as a program of its own.</summary>
public class ServeTests
{
    [Fact]
    public async Task Music_goes_in_and_motion_comes_out_and_a_killed_server_leaves_nothing_for_long()
    {
        using var folder = new TemporaryFolder();
        var midi = folder.PathOf("two notes.mid");
        MidiFile.Write(midi, new Score([new Note(0.2, 0.7, new PianoKey(60), 80), new Note(0.8, 1.2, new PianoKey(64), 70)]));
        var temporary = Directory.CreateDirectory(folder.PathOf("tmp")).FullName;
        var work = Path.Combine(temporary, $"duomano-serve-{Environment.UserName}");
        using (var first = Start(temporary))
        {
            using var client = new HttpClient { BaseAddress = new(await first.StandardOutput.ReadLineAsync(Limit()) ?? ""), Timeout = TimeSpan.FromMinutes(5) };
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(midi)) { Headers = { ContentType = new MediaTypeHeaderValue("audio/midi") } };
            using var created = JsonDocument.Parse(await (await client.PostAsync("/api/jobs?name=two%20notes.mid", content)).EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            var id = created.RootElement.GetProperty("id").GetString();
            var events = await client.GetStringAsync($"/api/jobs/{id}/events");
            using var last = JsonDocument.Parse(events.Split('\n').Last(line => line.StartsWith("data:", StringComparison.Ordinal))[5..]);
            Assert.Equal("done", last.RootElement.GetProperty("state").GetString());
            Assert.Equal("two notes", last.RootElement.GetProperty("name").GetString());
            Assert.Equal("glTF"u8.ToArray(), (await client.GetByteArrayAsync($"/api/jobs/{id}/files/glb"))[..4]);
            var heard = folder.WithFile("made.mid", await client.GetByteArrayAsync($"/api/jobs/{id}/files/mid"));
            Assert.Equal([60, 64], MidiFile.Read(heard).Score.Notes.Select(note => note.Key.Midi));

            // No library has put anything of its own beside it.
            Assert.Equal([work], Directory.GetFileSystemEntries(temporary));
            first.Kill(entireProcessTree: true);
            await first.WaitForExitAsync(Limit());
        }

        var left = Assert.Single(Directory.GetDirectories(work));
        using var second = Start(temporary);
        Assert.StartsWith("http://127.0.0.1:", await second.StandardOutput.ReadLineAsync(Limit()), StringComparison.Ordinal);
        Assert.False(Directory.Exists(left));
        second.Kill(entireProcessTree: true);
        await second.WaitForExitAsync(Limit());
    }

    [Fact]
    public async Task With_a_token_and_a_folder_a_killed_server_has_what_was_finished_and_makes_the_same_of_it()
    {
        using var folder = new TemporaryFolder();
        var midi = folder.PathOf("two notes.mid");
        MidiFile.Write(midi, new Score([new Note(0.2, 0.7, new PianoKey(60), 80), new Note(0.8, 1.2, new PianoKey(64), 70)], [new(0.1, 127), new(1.1, 0)]));
        var temporary = Directory.CreateDirectory(folder.PathOf("tmp")).FullName;
        await File.WriteAllTextAsync(folder.PathOf("token"), "a-token-of-the-tests\n");
        string[] options = ["--keep", folder.PathOf("kept"), "--token-file", folder.PathOf("token"), "--log", folder.PathOf("access.log")];
        var (id, made) = ("", new Dictionary<string, byte[]>());
        string[] formats = ["npz", "glb", "mid", "tsv"];
        using (var first = Start(temporary, options))
        {
            using var client = await ClientAsync(first);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await client.GetAsync("/api/jobs")).StatusCode);
            client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-of-the-tests");
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(midi)) { Headers = { ContentType = new MediaTypeHeaderValue("audio/midi") } };
            using var created = JsonDocument.Parse(await (await client.PostAsync("/api/jobs?name=two%20notes.mid", content)).EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            id = created.RootElement.GetProperty("id").GetString()!;
            _ = await client.GetStringAsync($"/api/jobs/{id}/events");
            foreach (var format in formats) made[format] = await client.GetByteArrayAsync($"/api/jobs/{id}/files/{format}");
            first.Kill(entireProcessTree: true);
            await first.WaitForExitAsync(Limit());
        }

        // The others are written anew, from the motion that was kept.
        foreach (var format in formats[1..]) File.Delete(folder.PathOf($"kept/{id}/motion.{format}"));
        using var second = Start(temporary, options);
        using var again = await ClientAsync(second);
        again.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-of-the-tests");
        foreach (var format in formats) Assert.Equal(made[format], await again.GetByteArrayAsync($"/api/jobs/{id}/files/{format}"));
        if (OperatingSystem.IsWindows())
        {
            second.Kill(entireProcessTree: true);
            await second.WaitForExitAsync(Limit());
            return; // there is no SIGTERM
        }

        using (var signal = Process.Start("kill", ["-TERM", $"{second.Id}"])) await signal.WaitForExitAsync(Limit());
        await second.WaitForExitAsync(Limit());
        Assert.Equal(0, second.ExitCode);
        Assert.Contains(await File.ReadAllLinesAsync(folder.PathOf("access.log")), line => line.Contains($" GET /api/jobs/{id}/files/glb 200 {made["glb"].Length} ", StringComparison.Ordinal));
    }

    private static async Task<HttpClient> ClientAsync(Process server) => new() { BaseAddress = new(await server.StandardOutput.ReadLineAsync(Limit()) ?? ""), Timeout = TimeSpan.FromMinutes(5) };

    [Theory]
    [InlineData("--address", "somewhere")]
    [InlineData("--port", "70000")]
    [InlineData("--queue", "0")]
    public void Wrong_options_are_told_in_one_line(string option, string value)
    {
        var (code, _, errors) = DuomanoProcess.Run("serve", option, value);
        Assert.Equal(2, code);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Contains(value, errors, StringComparison.Ordinal);
    }

    internal static CancellationToken Limit() => new CancellationTokenSource(ProgramProcess.Patience).Token;

    internal static Process Start(string temporary, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "duomano.dll"), "serve", "--port", "0", "--threads", "1", .. options]) { RedirectStandardOutput = true };
        foreach (var name in (string[])["HOME", "USERPROFILE", "LOCALAPPDATA", "TMPDIR", "TMP", "TEMP"]) start.Environment[name] = temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // its pipes lie there too
        return Process.Start(start)!;
    }
}
