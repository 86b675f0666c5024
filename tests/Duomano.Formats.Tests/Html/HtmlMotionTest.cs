using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Glb;
using Duomano.Formats.Html;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Html;

public partial class HtmlMotionTest
{
    private const string NoPage = "this build has no page in it (no Node when it was built)";

    private static readonly HtmlPage Full = new()
    {
        Title = "A </script><script>alert(1)</script> & \"quoted\" <!-- title",
        Credits = ["Somebody <b>bold</b>"],
        Pedal = [new PedalChange(0.5, 127), new PedalChange(1.25, 0)],
        Sound = new CompressedSound(new byte[] { 1, 2, 3, 4, 5 }, "audio/wav"),
    };

    [Fact]
    public void The_page_holds_scene_piece_and_sound()
    {
        Assert.SkipUnless(HtmlMotion.IsAvailable, NoPage);
        var clip = Clips.Smooth();
        var page = Written(clip, Full);

        using var scene = new MemoryStream();
        GlbMotion.Write(scene, clip);
        using var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(Part(page, "scene"))), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        Assert.Equal(scene.ToArray(), unpacked.ToArray());

        using var piece = JsonDocument.Parse(Part(page, "piece"));
        Assert.Equal(Full.Title, piece.RootElement.GetProperty("title").GetString());
        Assert.Equal(clip.Duration, piece.RootElement.GetProperty("duration").GetDouble(), 4);
        var notes = piece.RootElement.GetProperty("notes").EnumerateArray().Select(note => note.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToArray();
        Assert.Equal(clip.Notes.Count(note => note.Onset < clip.Duration), notes.Length);
        Assert.Equal(clip.Notes[1].Key.Midi, notes[1][2]);
        Assert.Equal(1, notes[1][4]);
        Assert.Equal([[0.5, 127], [1.25, 0]], piece.RootElement.GetProperty("pedal").EnumerateArray().Select(change => change.EnumerateArray().Select(value => value.GetDouble()).ToArray()));
        Assert.Equal([1, 2, 3, 4, 5], Convert.FromBase64String(Part(page, "recording")));
    }

    [Fact]
    public void The_clips_own_pedal_is_shown_where_the_page_is_given_none()
    {
        Assert.SkipUnless(HtmlMotion.IsAvailable, NoPage);
        using var piece = JsonDocument.Parse(Part(Written(Clips.Smooth().WithPedal([new(0.5, 90)]), new() { Title = "Pedal" }), "piece"));
        Assert.Equal([[0.5, 90]], piece.RootElement.GetProperty("pedal").EnumerateArray().Select(change => change.EnumerateArray().Select(value => value.GetDouble()).ToArray()));
    }

    [Fact]
    public void No_title_ends_its_element()
    {
        Assert.SkipUnless(HtmlMotion.IsAvailable, NoPage);
        var page = Written(Clips.Smooth(), Full);
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
        Assert.Equal("A &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; &lt;!-- title", Title().Match(page).Groups[1].Value);
    }

    [Fact]
    public void The_policy_allows_only_what_is_in_the_page()
    {
        Assert.SkipUnless(HtmlMotion.IsAvailable, NoPage);
        var policy = Policy().Match(Written(Clips.Smooth(), Full)).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'self'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_motion_gives_equal_pages_and_the_ending_chooses_them()
    {
        Assert.SkipUnless(HtmlMotion.IsAvailable, NoPage);
        using var folder = new TemporaryFolder();
        MotionFile.Write(folder.PathOf("a.html"), Clips.Smooth());
        MotionFile.Write(folder.PathOf("b.HTML"), Clips.Smooth());
        Assert.Equal(File.ReadAllBytes(folder.PathOf("a.html")), File.ReadAllBytes(folder.PathOf("b.HTML")));
    }

    [Fact]
    public void A_missing_page_is_told_in_one_line()
    {
        var message = new PageMissingException("x.html").Message;
        Assert.StartsWith("x.html: ", message, StringComparison.Ordinal);
        Assert.Contains("Node", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static string Written(Core.Motion.TwoHandClip clip, HtmlPage page)
    {
        using var stream = new MemoryStream();
        HtmlMotion.Write(stream, clip, page);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Part(string page, string id)
    {
        var part = Regex.Match(page, $"<script type=\"[^\"]*\" id=\"{id}\"[^>]*>(.*?)</script>", RegexOptions.Singleline);
        Assert.True(part.Success, $"there is no {id}");
        return part.Groups[1].Value;
    }

    [GeneratedRegex("<title>(.*?)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();
}
