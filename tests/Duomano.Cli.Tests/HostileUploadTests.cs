using System.Diagnostics;
using System.Text;
using Duomano.Cli.Serving;
using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Duomano.Core.Music;
using Duomano.Server;
using Duomano.Tests;

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

    private sealed class Unheard : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
        }
    }
}
