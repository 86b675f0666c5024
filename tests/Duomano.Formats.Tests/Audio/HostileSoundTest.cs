using System.Diagnostics;
using Duomano.Core.Files;
using Duomano.Formats.Audio;
using Duomano.Formats.Video;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Audio;

/// <summary>Files that pose as recordings and name other files, whose sound ffmpeg would play.</summary>
public sealed class HostileSoundTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Attacks => ["hls", "hls behind a tag", "ffconcat", "ffconcat behind a tag", "dash", "sdp"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Attacks))]
    public void No_other_file_is_heard(string attack)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var path = Write(attack);
        var heard = 0;
        var error = Assert.Throws<UnreadableFileException>(() => AudioFile.StreamMono16k(path, samples => heard += samples.Length));
        Assert.Equal(0, heard);
        Assert.StartsWith($"{path}: ffmpeg finds no sound in it (", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void No_page_carries_another_files_sound(string attack)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        Assert.Throws<UnreadableFileException>(() => CompressedSound.FromRecording(Write(attack), 0, 1));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void No_video_carries_another_files_sound(string attack)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var (path, film) = (Write(attack), _folder.PathOf("film.mp4"));
        var error = Assert.Throws<InvalidOperationException>(() => VideoFile.Write(film, new(96, 64, 30, 30), (_, _) => { }, new(path)));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(path)!, error.Message.Replace(film, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(File.Exists(film));
    }

    [Theory]
    [InlineData("x.ac3")]
    [InlineData("x.aiff")]
    [InlineData("x.au")]
    [InlineData("x.avi")]
    [InlineData("x.caf")]
    [InlineData("x.mka")]
    [InlineData("x.mov")]
    [InlineData("x.mp4")]
    [InlineData("x.opus")]
    [InlineData("x.ts")]
    [InlineData("x.w64")]
    [InlineData("x.webm")]
    [InlineData("x.wma")]
    [InlineData("x.wv")]
    public void Files_that_hold_their_own_sound_are_heard(string name)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        Make(name);
        Assert.InRange(AudioFile.ReadMono16k(_folder.PathOf(name)).Length, 10_000, 40_000);
    }

    // Where ffmpeg may choose the format, each of them plays another file, or listens to the network.
    private string Write(string attack)
    {
        Make("secret.ts");
        var secret = _folder.PathOf("secret.ts");
        byte[] tag = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 10, .. new byte[10]];
        var list = $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n";
        const string Joined = "ffconcat version 1.0\nfile secret.ts\n";
        const string Dash = """<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="1"><BaseURL>secret.ts</BaseURL></Representation></AdaptationSet></Period></MPD>""";
        return attack switch
        {
            "hls" => _folder.WithFile("song.mp3", Bytes(list)),
            "hls behind a tag" => _folder.WithFile("song.mp3", [.. tag, .. Bytes(list)]),
            "ffconcat" => _folder.WithFile("song.mp3", Bytes(Joined)),
            "ffconcat behind a tag" => _folder.WithFile("song.mp3", [.. tag, .. Bytes(Joined)]),
            "dash" => _folder.WithFile("song.mp4", Bytes(Dash)),
            _ => _folder.WithFile("song.mp3", Bytes("v=0\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n")),
        };
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private void Make(string name)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "sine=440:duration=1", _folder.PathOf(name)]))!;
        Assert.True(ffmpeg.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
