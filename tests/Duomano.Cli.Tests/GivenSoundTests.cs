using System.Text.RegularExpressions;
using Duomano.Formats.Audio;
using Duomano.Formats.Html;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>A recording that is played with the motion of a MIDI file.</summary>
public partial class GivenSoundTests
{
    private static readonly string Notes = Repository.PathOf("samples", "minuet-in-g.mid");

    [Fact]
    public void The_page_plays_the_stretch_of_the_given_recording()
    {
        Assert.SkipUnless(HtmlMotion.IsAvailable, "this build has no page in it (no Node when it was built)");
        using var folder = new TemporaryFolder();
        var recording = Repository.PathOf("samples", "minuet-in-g.wav");
        var page = folder.PathOf("page.html");
        var (code, _, errors) = DuomanoProcess.Run("perform", Notes, "--start", "3", "--length", "2", "--sound", recording, "-o", page);
        Assert.True(code == 0, errors);
        var sound = Recording().Match(File.ReadAllText(page)).Groups[1].Value;
        var expected = CompressedSound.FromRecording(recording, 3, 2).Data;
        Assert.Equal(expected.ToArray(), Convert.FromBase64String(sound));
    }

    [Fact]
    public void No_more_sound_is_in_a_page_than_motion()
    {
        Assert.SkipUnless(HtmlMotion.IsAvailable, "this build has no page in it (no Node when it was built)");
        using var folder = new TemporaryFolder();
        var recording = Repository.PathOf("samples", "minuet-in-g.wav");
        var clip = Clips.Smooth(frames: 30);
        MotionOutputs.Write(
            folder.PathOf("page.html"), clip, new(new(clip.Notes), Notes, 0, Length: 600, Threads: 1, ShowChoice.Usual with { Sound = recording }), cancellation: TestContext.Current.CancellationToken);
        var expected = CompressedSound.FromRecording(recording, 0, clip.Duration, TestContext.Current.CancellationToken).Data;
        Assert.Equal(expected.Length, Convert.FromBase64String(Recording().Match(File.ReadAllText(folder.PathOf("page.html"))).Groups[1].Value).Length);
    }

    [Theory]
    [InlineData("missing.wav", "there is no such file")]
    [InlineData("", "not a file of notes")]
    public void Wrong_recordings_are_told_in_one_line_before_any_work(string recording, string problem)
    {
        using var folder = new TemporaryFolder();
        var (code, _, errors) = DuomanoProcess.Run("generate", Notes, "--sound", recording.Length > 0 ? recording : Notes, "-o", folder.PathOf("x.csv"));
        Assert.Equal(2, code);
        Assert.Contains(problem, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("x.csv")));
    }

    [GeneratedRegex("<script type=\"[^\"]*\" id=\"recording\"[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Recording();
}
