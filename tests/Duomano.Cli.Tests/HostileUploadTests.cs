using System.Diagnostics;
using System.Text;
using Duomano.Cli.Serving;
using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Duomano.Core.Music;
using Duomano.Server;
using Duomano.Tests;
using Duomano.Vision.Hands;

namespace Duomano.Cli.Tests;

/// <summary>Uploads that pose as recordings to have the server's own files played.</summary>
public sealed class HostileUploadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile secret.ts\n")]
    public void A_tag_before_a_playlist_does_not_open_the_servers_files(string playlist)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var secret = _folder.PathOf("secret.ts");
        using (var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "sine=440:duration=1", secret]))!) Assert.True(ffmpeg.WaitForExit(TimeSpan.FromMinutes(1)));
        byte[] upload = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 10, .. new byte[10], .. Encoding.UTF8.GetBytes(playlist.Replace("{0}", secret, StringComparison.Ordinal))];
        Assert.Equal(MusicKind.Mpeg, MusicKinds.Recognise(upload.AsSpan(0, Math.Min(upload.Length, MusicKinds.HeadLength))));
        using var maker = new UploadedMusic(Repository.PathOf("models", "duomano-small"), 1, new());
        var error = Assert.Throws<UnreadableFileException>(() =>
            maker.Make(new(_folder.WithFile("input.audio", upload), "song", MusicKind.Mpeg, 1800, 50_000), new Unheard(), TestContext.Current.CancellationToken));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile secret.ts\n")]
    [InlineData("moov and nothing else")]
    public void What_poses_as_a_video_is_none_and_is_not_watched(string text)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var secret = _folder.PathOf("secret.ts");
        using (var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc2=duration=1:size=64x48", secret]))!) Assert.True(ffmpeg.WaitForExit(TimeSpan.FromMinutes(1)));
        var body = Encoding.UTF8.GetBytes(text.Replace("{0}", secret, StringComparison.Ordinal));
        foreach (var upload in (byte[][])[[0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 2, 0, .. body], [.. "RIFF"u8, 0, 1, 0, 0, .. "AVI "u8, .. body], body])
        {
            using var maker = new UploadedMusic(Repository.PathOf("models", "duomano-small"), 1, new());
            var input = new JobInput(_folder.WithFile("input.audio", upload), "film", MusicKind.Recording, 1800, 50_000) { Video = VideoUse.Watch };
            Assert.Null(maker.Inspect(input, TestContext.Current.CancellationToken));

            // Nor does looking open another file, had it been let in.
            var error = Assert.ThrowsAny<Exception>(() => maker.Make(input, new Unheard(), TestContext.Current.CancellationToken));
            Assert.True(error is UnreadableFileException or InvalidOperationException, error.ToString());
            Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cover_is_no_video_and_moving_pictures_are()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var maker = new UploadedMusic(Repository.PathOf("models", "duomano-small"), 1, new());
        string Make(string name, params string[] arguments)
        {
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", .. arguments, _folder.PathOf(name)]))!;
            Assert.True(ffmpeg.WaitForExit(TimeSpan.FromMinutes(1)));
            Assert.Equal(0, ffmpeg.ExitCode);
            return _folder.PathOf(name);
        }

        VideoUse? Inspect(string path, VideoUse? wanted = null, double most = 1800) =>
            maker.Inspect(new(path, "film", MusicKind.Recording, most, 50_000) { Video = wanted }, TestContext.Current.CancellationToken);

        var cover = Make("cover.png", "-f", "lavfi", "-i", "testsrc2=duration=1:size=64x48", "-frames:v", "1");
        var song = Make("song.m4a", "-f", "lavfi", "-i", "sine=duration=1", "-i", cover, "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic");
        var film = Make("film.mkv", "-f", "lavfi", "-i", "testsrc2=duration=2:size=64x48", "-f", "lavfi", "-i", "sine=duration=2");
        Assert.Null(Inspect(song));
        Assert.Equal(BundledNetworks.AreAvailable ? VideoUse.Watch : VideoUse.Listen, Inspect(film));
        Assert.Equal(VideoUse.Watch, Inspect(film, VideoUse.Watch));
        Assert.Equal(VideoUse.Listen, Inspect(film, VideoUse.Listen));
        Assert.Contains("is longer than", Assert.Throws<UnreadableFileException>(() => Inspect(film, most: 1)).Message, StringComparison.Ordinal);
    }

    private sealed class Unheard : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
        }
    }
}
