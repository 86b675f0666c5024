using System.Diagnostics;
using Duomano.Core.Files;
using Duomano.Formats.Audio;
using Duomano.Formats.Video;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Audio;

/// <summary>The sound of a video, taken out of it.</summary>
public sealed class SoundTrackTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_sounds_as_in_the_video_from_the_same_moment_on()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var film = Make("film \"1\".mp4", "-f", "lavfi", "-i", "testsrc2=duration=1:size=64x48", "-f", "lavfi", "-i", "sine=440:duration=1:sample_rate=48000");
        var output = _folder.PathOf("sound \"1\".flac");
        SoundTrack.Write(film, output, TestContext.Current.CancellationToken);
        var (expected, actual) = (AudioFile.ReadMono16k(film, TestContext.Current.CancellationToken), AudioFile.ReadMono16k(output, TestContext.Current.CancellationToken));
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-3f);
        Assert.True(VideoReader.HasMovingPictures(film, TestContext.Current.CancellationToken));
        Assert.False(VideoReader.HasMovingPictures(output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_silent_video_has_none()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var film = Make("silent.mkv", "-f", "lavfi", "-i", "testsrc2=duration=1:size=64x48");
        Assert.Contains("finds no sound", Assert.Throws<UnreadableFileException>(() => SoundTrack.Write(film, _folder.PathOf("sound.flac"), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private string Make(string name, params string[] arguments)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", .. arguments, _folder.PathOf(name)]))!;
        Assert.True(ffmpeg.WaitForExit(TimeSpan.FromMinutes(1)));
        return _folder.PathOf(name);
    }
}
