using Duomano.Formats.Audio;
using Duomano.Formats.Video;
using Duomano.Tests;
using FFMpegCore;

namespace Duomano.Formats.Tests.Video;

public class VideoFileTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_player_finds_the_pictures_and_the_sound(bool withSound)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var (path, sound) = (folder.PathOf("a film, with signs.mp4"), folder.PathOf("sound.wav"));
        WavFile.Write(sound, new AudioBuffer([.. Enumerable.Range(0, 3 * 16_000).Select(i => 0.3f * MathF.Sin(i * 0.2f))], 16_000));
        var drawn = new List<int>();
        VideoFile.Write(path, new(96, 64, 30, 45), (frame, picture) =>
        {
            drawn.Add(frame);
            Array.Fill(picture, frame < 20 ? 0xFFC02020 : 0xFF2020C0);
        }, withSound ? new(sound, 1) : null, new("A \"film\", with signs", ["Somebody Else"]));
        Assert.Equal(Enumerable.Range(0, 45), drawn);
        var found = FFProbe.Analyse(path);
        var video = found.PrimaryVideoStream!;
        Assert.Equal((96, 64, "h264", 30.0), (video.Width, video.Height, video.CodecName, Math.Round(video.AverageFrameRate, 3)));
        Assert.Equal(1.5, found.Duration.TotalSeconds, 0.06);
        Assert.Equal(("A \"film\", with signs", "Somebody Else", Imprint.MadeWith), (found.Format.Tags!["title"], found.Format.Tags["artist"], found.Format.Tags["comment"]));
        Assert.Equal(withSound ? "aac" : null, found.PrimaryAudioStream?.CodecName);
        Assert.Equal(["a film, with signs.mp4", "sound.wav"], Directory.GetFiles(folder.PathOf("")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_fails_half_way_leaves_no_file()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("film.mp4");
        Assert.Throws<NotSupportedException>(() => VideoFile.Write(path, new(96, 64, 30, 40), (frame, _) =>
        {
            if (frame == 10) throw new NotSupportedException("no tenth picture");
        }));
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => VideoFile.Write(path, new(96, 64, 30, 4000), (frame, _) =>
        {
            if (frame == 10) stop.Cancel();
        }, cancellation: stop.Token));
        Assert.Empty(Directory.GetFiles(folder.PathOf("")));
    }

    [Fact]
    public void Sound_that_cannot_be_read_is_said()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("sound.wav"), "no sound");
        var path = folder.PathOf("film.mp4");
        var failed = Assert.Throws<InvalidOperationException>(() => VideoFile.Write(path, new(96, 64, 30, 10), (_, _) => { }, new(folder.PathOf("sound.wav"))));
        Assert.Contains("/film.mp4: ffmpeg", failed.Message.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(97, 64, 30, 1)]
    [InlineData(96, 0, 30, 1)]
    [InlineData(96, 64, 0, 1)]
    [InlineData(96, 64, 30, 0)]
    public void Formats_that_no_encoder_takes_are_refused(int width, int height, double fps, int frames) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VideoFormat(width, height, fps, frames));
}
