using System.Diagnostics;
using System.Text.RegularExpressions;
using Duomano.Cli.Serving;
using Duomano.Core.Jobs;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Html;
using Duomano.Formats.Midi;
using Duomano.Server;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Progress tells of the whole job: of every stage, never backwards, and 1 at the end only.</summary>
public sealed partial class ProgressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ProgressTests() =>
        MidiFile.Write(_folder.PathOf("in.mid"), new Score(Enumerable.Range(0, 60).Select(i => new Note(0.2 + 0.2 * i, 0.38 + 0.2 * i, new PianoKey(48 + i * 7 % 30), 80))));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_kind_of_file_tells_how_far_it_is()
    {
        var clip = Clips.Smooth(frames: 40);
        var piece = new PlayedPiece(new(clip.Notes), _folder.PathOf("in.mid"), 0, null, 1);
        foreach (var ending in MotionOutputs.Extensions.Where(ending => (ending != ".mp4" || Capabilities.Ffmpeg) && (ending != ".html" || HtmlMotion.IsAvailable)))
        {
            var told = new List<double>();
            MotionOutputs.Write(_folder.PathOf("x" + ending), clip, piece, new Told<double>(told), TestContext.Current.CancellationToken);
            Assert.True(told.Count >= 2, $"{ending} tells {told.Count} times");
            Assert.True(told.SequenceEqual(told.Order()), $"{ending} goes backwards: {string.Join(' ', told)}");
            Assert.Equal(1, told[^1], 1e-9);
        }
    }

    [Theory]
    [InlineData(MusicKind.Midi, "reading the notes")]
    [InlineData(MusicKind.Wav, "listening")]
    public void A_servers_job_tells_of_all_its_stages(MusicKind kind, string first)
    {
        WavFile.Write(_folder.PathOf("in.wav"), new AudioBuffer([.. Enumerable.Range(0, 12 * 16_000).Select(i => 0.3f * MathF.Sin(i * 0.17f))], 16_000));
        using var maker = new UploadedMusic(Repository.PathOf("models", "duomano-small"), 1, new());
        var told = new List<JobProgress>();
        maker.Make(new(_folder.PathOf(kind == MusicKind.Midi ? "in.mid" : "in.wav"), "music", kind, 600, 1000), new Told<JobProgress>(told), TestContext.Current.CancellationToken);
        double[] shares = [.. told.Select(one => one.Share)];
        Assert.Equal(shares.Order(), shares);
        Assert.StartsWith(first, told[0].Stage, StringComparison.Ordinal);
        Assert.Equal(1, shares[^1]);
        Assert.All(shares[..^1], share => Assert.InRange(share, 0, 0.99));

        // It rests nowhere: refining, most of the work, tells many times.
        Assert.True(told.Where(one => one.Stage == "putting fingers on keys").Select(one => one.Share).Distinct().Count() >= 15, string.Join(' ', shares));
    }

    [Fact]
    public void A_terminal_shows_one_bar_for_all_of_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "there is no program that makes a terminal");
        string[] command = ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "duomano.dll"), "perform", "in.mid", "--threads", "1", "-o", "x.csv", "-o", "[b].png"];
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", string.Join(' ', command.Select(word => $"'{word}'")), "/dev/null"]) { WorkingDirectory = _folder.PathOf("") };
        start.Environment["TERM"] = "xterm";
        start.Environment["COLUMNS"] = "160";
        var (code, output, _) = ProgramProcess.Run(start);
        Assert.True(code == 0, output);
        int[] shown = [.. Percent().Matches(output).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(shown.Length > 0 && shown.SequenceEqual(shown.Order()), string.Join(' ', shown));
        Assert.Contains("x.csv: ", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.PathOf("[b].png")));
    }

    [GeneratedRegex(@"(\d+)%")]
    private static partial Regex Percent();

    private sealed class Told<T>(List<T> all) : IProgress<T>
    {
        public void Report(T value) => all.Add(value);
    }
}
