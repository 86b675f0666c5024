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

    [Theory]
    [InlineData(0.01f, 0)]
    [InlineData(0.02f, 0.12f)]
    [InlineData(0.9f, 0.9f)]
    public void Sound_is_made_as_loud_as_is_wanted_without_clipping(float tone, float click)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var (path, sound) = (folder.PathOf("film.mp4"), folder.PathOf("sound.wav"));
        WavFile.Write(sound, new AudioBuffer([.. Enumerable.Range(0, 6 * 44_100).Select(i => i % 30_000 < 20 ? click : tone * MathF.Sin(i * 0.1f))], 44_100));
        VideoFile.Write(path, new(96, 64, 30, 180), (_, _) => { }, new(sound) { Loudness = -18 });
        var ffmpeg = FfmpegDecoder.FindFolder(Environment.GetEnvironmentVariable("PATH")!)!;
        Assert.Equal(-18, LoudnessMeter.Measure(path, ffmpeg, TestContext.Current.CancellationToken)!.Value, 1.0);
        var peak = 0f;
        FfmpegDecoder.Decode(path, stream =>
        {
            var reader = WavReader.Open(stream, path);
            var block = new float[4096 * reader.Format.Channels];
            while (reader.Read(block) is > 0 and var frames)
            {
                foreach (var sample in block.AsSpan(0, frames * reader.Format.Channels)) peak = Math.Max(peak, Math.Abs(sample));
            }
        });
        Assert.InRange(peak, 0.05f, 0.891f);
    }

    [Fact]
    public void Colours_come_back_and_the_file_can_be_played_while_it_is_fetched()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("film.mp4");
        VideoFile.Write(path, new(96, 64, 30, 5), (_, picture) => Array.Fill(picture, 0xFFC03060));
        var video = FFProbe.Analyse(path).PrimaryVideoStream!;
        Assert.Equal(("tv", "bt709", "bt709", "bt709"), (video.ColorRange, video.ColorSpace, video.ColorTransfer, video.ColorPrimaries));
        var look = new System.Diagnostics.ProcessStartInfo("ffmpeg", ["-v", "error", "-i", path, "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"]) { RedirectStandardOutput = true };
        using var ffmpeg = System.Diagnostics.Process.Start(look)!;
        using var pixels = new MemoryStream();
        ffmpeg.StandardOutput.BaseStream.CopyTo(pixels);
        Assert.True(ffmpeg.WaitForExit(TimeSpan.FromMinutes(1)));
        foreach (var (found, drawn) in pixels.ToArray().Take(3).Zip((int[])[0xC0, 0x30, 0x60])) Assert.InRange(found, drawn - 5, drawn + 5);
        var bytes = File.ReadAllBytes(path).AsSpan();
        Assert.InRange(bytes.IndexOf("moov"u8), 0, bytes.IndexOf("mdat"u8));
    }

    [Fact]
    public void Sound_begins_where_it_is_told_to()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        WavFile.Write(folder.PathOf("sound.wav"), new AudioBuffer([.. Enumerable.Range(0, 3 * 16_000).Select(i => i < 16_000 ? 0 : 0.3f * MathF.Sin(i * 0.2f))], 16_000));
        VideoFile.Write(folder.PathOf("film.mp4"), new(96, 64, 30, 30), (_, _) => { }, new(folder.PathOf("sound.wav"), 1));
        var heard = AudioFile.ReadMono16k(folder.PathOf("film.mp4"), TestContext.Current.CancellationToken);
        Assert.True(heard[2000..8000].Average(sample => sample * sample) > 0.02, "the first second of the recording is silent");
    }

    [Fact]
    public void Silence_stays_silent()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        WavFile.Write(folder.PathOf("sound.wav"), new AudioBuffer(new float[44_100], 44_100));
        VideoFile.Write(folder.PathOf("film.mp4"), new(96, 64, 30, 30), (_, _) => { }, new(folder.PathOf("sound.wav")) { Loudness = -18 });
        Assert.All(AudioFile.ReadMono16k(folder.PathOf("film.mp4"), TestContext.Current.CancellationToken), sample => Assert.InRange(sample, -1e-4f, 1e-4f));
    }

    [Fact]
    public void Pictures_stay_in_their_order_however_many_wait()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var (path, again) = (folder.PathOf("film.mp4"), folder.PathOf("again.mp4"));
        foreach (var to in new[] { path, again }) VideoFile.Write(to, new(96, 64, 30, 60), (frame, picture) => Array.Fill(picture, 0xFF000000 | (uint)(20 + 3 * frame) * 0x010101));
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
        var seen = 0;
        VideoReader.Read(path, new() { Fps = 30, LongestSide = 96 }, (frame, picture) =>
        {
            Assert.InRange((int)picture.Rgb[3 * (32 * picture.Width + 48)], 20 + 3 * frame - 1, 20 + 3 * frame + 1);
            seen++;
            return true;
        }, TestContext.Current.CancellationToken);
        Assert.Equal(60, seen);
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

    [Theory]
    [InlineData(96, 64, 10)]
    [InlineData(640, 360, 300)]
    public void Sound_that_cannot_be_read_is_said(int width, int height, int frames)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("sound.wav"), "no sound");
        var path = folder.PathOf("film.mp4");
        var failed = Assert.Throws<InvalidOperationException>(() => VideoFile.Write(path, new(width, height, 30, frames), (_, _) => { }, new(folder.PathOf("sound.wav"))));
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
