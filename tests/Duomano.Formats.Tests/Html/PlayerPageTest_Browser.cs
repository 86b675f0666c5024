using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Formats.Audio;
using Duomano.Formats.Avatars;
using Duomano.Formats.Html;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Html;

/// <summary>The page in a real browser; tests/web/player.mjs says what is looked at.</summary>
public class PlayerPageTest_Browser
{
    [Fact]
    public void The_page_plays_in_a_browser()
    {
        Assert.SkipUnless(Capabilities.Browser, "chromium, node or npm is not installed");
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        Assert.SkipUnless(HtmlMotion.IsAvailable, "this build has no page in it (no Node when it was built)");
        using var folder = new TemporaryFolder();
        const double Seconds = 8;
        var score = MidiFile.Read(Repository.PathOf("samples", "minuet-in-g.mid")).Score.Crop(0, Seconds);
        var clip = KinematicPianist.Perform(FingeringPlanner.Plan(score.Notes).Notes, PerformanceStyle.Neutral, Seconds).Clip;
        var page = new HtmlPage { Title = "Minuet </script> & more", Credits = ["Christian Petzold"], Pedal = [new(0.5, 127), new(1, 64), new(1.5, 0)] };
        var (piano, recording) = (folder.PathOf("piano.html"), folder.PathOf("recording.html"));
        HtmlMotion.Write(piano, clip, page);
        HtmlMotion.Write(recording, clip, page with { Sound = CompressedSound.FromRecording(Repository.PathOf("samples", "minuet-in-g.wav"), 0, Seconds) });

        var avatar = AvatarFile.Pianist(TwoHandClip.SkeletonsOfSize(1));
        var humanoid = avatar.Rig.ToHumanoid();
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        var played = KinematicPianist.Perform(FingeringPlanner.Plan(score.Notes).Notes, PerformanceStyle.Neutral, Seconds, hands: hands.Map(hand => hand.Skeleton)).Clip;
        var body = SeatedPianist.Play(humanoid, hands, played);
        HtmlMotion.Write(folder.PathOf("avatar.html"), played, page with { Scene = (stream, _) => AvatarGlb.Write(stream, avatar, body, 1, played) });

        var found = Browser.Run("player.mjs", piano, recording, folder.PathOf("avatar.html"), Repository.PathOf("tests", "web", "player.picture.json"));
        Assert.True(found.Count >= 20, $"only {found.Count} checks");
        Assert.Equal("", string.Join('\n', found.Where(check => check.Value is not null).Select(check => $"{check.Key}: {check.Value}")));
    }
}
