using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Duomano.Cli.Commands;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Options that are given reach the work: each of them changes what is made in the way it says.</summary>
public sealed partial class OptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OptionTests()
    {
        MidiFile.Write(_folder.PathOf("in.mid"), Piece);
        FingeringTable.Write(_folder.PathOf("fingers.tsv"), [Piece.Notes[0] with { Hand = HandSide.Right, Finger = Finger.Little }], TestContext.Current.CancellationToken);
    }

    private static Score Piece { get; } = new([new Note(0.2, 0.5, new PianoKey(60), 80), new Note(0.7, 1, new PianoKey(64), 70)]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sampling_does_as_it_is_told()
    {
        string[] raw = ["--no-contact"];
        var usual = await MakeAsync(GenerateCommand.Create(), raw);
        Assert.True(Apart(usual, await MakeAsync(GenerateCommand.Create(), [.. raw, "--steps", "2"])) > 1e-4, "--steps changes nothing");
        Assert.True(Apart(usual, await MakeAsync(GenerateCommand.Create(), [.. raw, "--sampler", "ddim"])) > 1e-4, "--sampler changes nothing");

        // Without noise every seed is the same.
        var still = await MakeAsync(GenerateCommand.Create(), [.. raw, "--temperature", "0"]);
        Assert.True(Apart(usual, still) > 1e-4, "--temperature changes nothing");
        Assert.Equal(0, Apart(still, await MakeAsync(GenerateCommand.Create(), [.. raw, "--temperature", "0", "--seed", "5"])));
    }

    [Theory]
    [InlineData("generate", "--no-contact")]
    [InlineData("perform")]
    public async Task A_given_finger_plays(string name, params string[] options)
    {
        var command = name == "generate" ? GenerateCommand.Create() : PerformCommand.Create();
        Assert.NotEqual(Finger.Little, (await MakeAsync(command, options)).Notes[0].Finger);
        Assert.Equal(Finger.Little, (await MakeAsync(command, [.. options, "--fingering", _folder.PathOf("fingers.tsv")])).Notes[0].Finger);
    }

    [Fact]
    public async Task The_pianist_does_as_he_is_told()
    {
        var usual = await MakeAsync(PerformCommand.Create());
        Assert.True(Apart(await MakeAsync(PerformCommand.Create(), "--style", "random"), await MakeAsync(PerformCommand.Create(), "--style", "random", "--seed", "2")) > 1e-4, "--seed changes nothing");
        Assert.True(Apart(usual, await MakeAsync(PerformCommand.Create(), "--style", "virtuoso")) > 1e-4, "--style changes nothing");
        Assert.Equal(1.2, (await MakeAsync(PerformCommand.Create(), "--hand-size", "1.2")).Skeletons.Right.Size, 1e-3);
        Assert.Equal([64], (await MakeAsync(PerformCommand.Create(), "--start", "0.6")).Notes.Select(note => note.Key.Midi));
        Assert.Equal([60], (await MakeAsync(PerformCommand.Create(), "--length", "0.6")).Notes.Select(note => note.Key.Midi));
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("perform")]
    public async Task Tracks_that_are_named_are_looked_for(string name)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => MakeAsync(name == "generate" ? GenerateCommand.Create() : PerformCommand.Create(), "--track", "flute"));
        Assert.Contains("no track is called 'flute'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("convert")]
    [InlineData("generate")]
    [InlineData("perform")]
    public async Task Bvh_is_written_in_the_units_and_files_that_are_wanted(string name)
    {
        NpzMotion.Write(_folder.PathOf("in.npz"), Clips.Smooth(frames: 3), cancellation: TestContext.Current.CancellationToken);
        var command = name switch { "generate" => GenerateCommand.Create(), "perform" => PerformCommand.Create(), _ => ConvertCommand.Create() };
        string[] shared = [name == "convert" ? _folder.PathOf("in.npz") : _folder.PathOf("in.mid"), "--threads", "1", .. name == "generate" ? (string[])["--no-contact", "--steps", "1"] : []];
        await RunAsync(command, [.. shared, "-o", _folder.PathOf("one.bvh")]);
        await RunAsync(command, [.. shared, "-o", _folder.PathOf("cm.bvh"), "--bvh-scale", "100", "--bvh-hands"]);
        Assert.False(File.Exists(_folder.PathOf("cm.bvh")));
        Assert.Equal(100, LargestOffset("cm.right.bvh") / LargestOffset("one.bvh"), 0.5);
        Assert.True(File.Exists(_folder.PathOf("cm.left.bvh")));
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("perform")]
    [InlineData("convert")]
    public async Task The_sound_font_that_is_named_plays(string name)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg && Capabilities.Fluidsynth, "ffmpeg or fluidsynth is not installed");
        NpzMotion.Write(_folder.PathOf("in.npz"), Clips.Smooth(frames: 8), cancellation: TestContext.Current.CancellationToken);
        var command = name switch { "generate" => GenerateCommand.Create(), "perform" => PerformCommand.Create(), _ => ConvertCommand.Create() };
        string[] shared = [name == "convert" ? _folder.PathOf("in.npz") : _folder.PathOf("in.mid"), "--threads", "1", .. name == "generate" ? (string[])["--no-contact", "--steps", "1"] : []];
        var error = await Assert.ThrowsAsync<UnreadableFileException>(() => RunAsync(command, [.. shared, "-o", _folder.PathOf("x.mp4"), "--soundfont", _folder.PathOf("fingers.tsv")]));
        Assert.Contains("cannot read it as a sound font", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stretch_of_a_recording_is_heard()
    {
        // A tone that begins at 2 s.
        const int Rate = 16_000;
        WavFile.Write(_folder.PathOf("tone.wav"), new AudioBuffer([.. Enumerable.Range(0, 4 * Rate).Select(i => i < 2 * Rate ? 0 : 0.3f * MathF.Sin(2 * MathF.PI * 440 * i / Rate) * MathF.Exp(-(i - 2 * Rate) / (0.6f * Rate)))], Rate));
        async Task<IReadOnlyList<Note>> Heard(params string[] stretch)
        {
            await RunAsync(TranscribeCommand.Create(), [_folder.PathOf("tone.wav"), "--threads", "1", "-o", _folder.PathOf("heard.mid"), .. stretch]);
            return MidiFile.Read(_folder.PathOf("heard.mid"), cancellation: TestContext.Current.CancellationToken).Score.Notes;
        }

        Assert.Equal(2, Assert.Single(await Heard()).Onset, 0.1);
        Assert.Equal(0.5, Assert.Single(await Heard("--start", "1.5")).Onset, 0.1);
        Assert.Empty(await Heard("--length", "1.5"));
    }

    [Fact]
    public async Task The_server_makes_and_refuses_what_it_is_told_to()
    {
        using var server = Start(
            "serve", "--port", "0", "--threads", "1", "--seed", "7", "--hand-size", "1.2", "--most-notes", "3", "--most-minutes", "0.1", "--most-mib", "1", "--host", "music.example");
        try
        {
            using var limit = new CancellationTokenSource(ProgramProcess.Patience);
            using var client = new HttpClient { BaseAddress = new(await server.StandardOutput.ReadLineAsync(limit.Token) ?? ""), Timeout = ProgramProcess.Patience };
            async Task<(HttpStatusCode Code, string Answer)> Upload(byte[] body)
            {
                using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("audio/midi") } };

                // Sent when the server wants it: one that refuses by the length hangs up meanwhile.
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs?name=piece") { Content = content, Headers = { ExpectContinue = true } };
                using var response = await client.SendAsync(request, limit.Token);
                return (response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token));
            }

            async Task<(HttpStatusCode Code, string Answer)> UploadNotes(params Note[] notes)
            {
                MidiFile.Write(_folder.PathOf("up.mid"), new Score(notes), cancellation: limit.Token);
                return await Upload(await File.ReadAllBytesAsync(_folder.PathOf("up.mid"), limit.Token));
            }

            var many = await UploadNotes([.. Enumerable.Range(0, 4).Select(i => new Note(i, i + 0.5, new PianoKey(60), 80))]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, many.Code);
            Assert.Contains("3 are the most", many.Answer, StringComparison.Ordinal);
            var late = await UploadNotes(new Note(9, 10, new PianoKey(60), 80));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Code);
            Assert.Contains("is longer than 0.1 minutes", late.Answer, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Upload([.. "MThd"u8, .. new byte[(1 << 20) + 1]])).Code);
            foreach (var (host, code) in (IEnumerable<(string, HttpStatusCode)>)[("music.example", HttpStatusCode.OK), ("other.example", HttpStatusCode.BadRequest)])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/jobs") { Headers = { Host = host } };
                using var response = await client.SendAsync(request, limit.Token);
                Assert.Equal(code, response.StatusCode);
            }

            var (created, job) = await Upload(await File.ReadAllBytesAsync(_folder.PathOf("in.mid"), limit.Token));
            Assert.Equal(HttpStatusCode.Created, created);
            using var document = JsonDocument.Parse(job);
            var id = document.RootElement.GetProperty("id").GetString();
            _ = await client.GetStringAsync($"/api/jobs/{id}/events", limit.Token);
            await File.WriteAllBytesAsync(_folder.PathOf("served.npz"), await client.GetByteArrayAsync($"/api/jobs/{id}/files/npz", limit.Token), limit.Token);

            // Just what the command line makes of it.
            var served = NpzMotion.Read(_folder.PathOf("served.npz"));
            Assert.Equal(1.2, served.Skeletons.Right.Size, 1e-3);
            Assert.Equal(0, Apart(served, await MakeAsync(GenerateCommand.Create(), "--seed", "7", "--hand-size", "1.2")));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            ProgramProcess.End(server);
        }
    }

    private async Task<TwoHandClip> MakeAsync(Command command, params string[] options)
    {
        var made = _folder.PathOf($"{Guid.NewGuid():N}.npz");
        await RunAsync(command, [_folder.PathOf("in.mid"), "--threads", "1", "-o", made, .. options]);
        return NpzMotion.Read(made);
    }

    // Its work folder is among the test's own files.
    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "duomano.dll"), .. arguments]) { RedirectStandardOutput = true };
        foreach (var name in (string[])["TMPDIR", "TMP", "TEMP"]) start.Environment[name] = _folder.PathOf("");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }

    private static async Task RunAsync(Command command, string[] arguments)
    {
        var parsed = command.Parse(arguments);
        Assert.Empty(parsed.Errors);
        Assert.Equal(0, await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));
    }

    // The largest difference of rotations and wrists, radians and metres.
    private static double Apart(TwoHandClip a, TwoHandClip b) => HandSides.Both.Max(side => Math.Max(
        a.Hands[side].Translations.Zip(b.Hands[side].Translations).Max(pair => Math.Abs((double)pair.First - pair.Second)),
        a.Hands[side].Rotations.Zip(b.Hands[side].Rotations).Max(pair => Math.Abs((double)pair.First - pair.Second))));

    // How far the farthest bone is from its parent: the length of the palm, in the file's units.
    private double LargestOffset(string name) => Offset().Matches(File.ReadAllText(_folder.PathOf(name)))
        .Select(match => Enumerable.Range(1, 3).Max(i => Math.Abs(double.Parse(match.Groups[i].Value, CultureInfo.InvariantCulture)))).Max();

    [GeneratedRegex(@"OFFSET\s+(\S+)\s+(\S+)\s+(\S+)")]
    private static partial Regex Offset();
}
