using System.Buffers.Binary;
using Duomano.Core.Files;
using Duomano.Formats.Video;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Video;

/// <summary>Videos and pictures that were written here and are read again.</summary>
public sealed class VideoReaderTest
{
    [Fact]
    public void Pictures_come_in_order_at_the_rate_and_size_that_are_asked_for()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("grey.mp4");
        WriteGreys(path, 40);
        var seen = new List<(int Frame, int Width, int Height, int Grey)>();
        var (count, problem) = VideoReader.Read(path, new() { Fps = 10, LongestSide = 32 }, (frame, picture) =>
        {
            seen.Add((frame, picture.Width, picture.Height, picture.Rgb[picture.Rgb.Length / 2]));
            return true;
        });
        Assert.Null(problem);
        Assert.InRange(count, 19, 21);
        Assert.All(seen, one => Assert.Equal((32, 16), (one.Width, one.Height)));
        Assert.Equal(Enumerable.Range(0, count), seen.Select(one => one.Frame));
        Assert.All(seen.SkipLast(1), one => Assert.InRange(one.Grey, 2 * one.Frame * 6 - 14, 2 * one.Frame * 6 + 14));
        Assert.Equal(2.0, VideoReader.Seconds(path)!.Value, 1);
    }

    [Fact]
    public void Whoever_has_seen_enough_and_whoever_fails_end_the_reading()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("grey.mp4");
        WriteGreys(path, 40);
        Assert.Equal((3, null), VideoReader.Read(path, new() { Fps = 20 }, (frame, _) => frame < 2));
        Assert.Throws<NotSupportedException>(() => VideoReader.Read(path, new() { Fps = 20 }, (_, _) => throw new NotSupportedException()));
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => VideoReader.Read(path, new() { Fps = 20 }, (_, _) =>
        {
            stop.Cancel();
            return true;
        }, stop.Token));
    }

    [Fact]
    public void A_mirrors_picture_is_turned()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("left is bright.mp4");
        VideoFile.Write(path, new(64, 32, 20, 2), (_, picture) =>
        {
            for (var i = 0; i < picture.Length; i++) picture[i] = i % 64 < 32 ? 0xFFE0E0E0u : 0xFF202020u;
        });
        Assert.True(Left(false) > 180);
        Assert.True(Left(true) < 80);

        int Left(bool mirrored)
        {
            var level = -1;
            VideoReader.Read(path, new() { Fps = 20, Mirrored = mirrored }, (_, picture) =>
            {
                level = picture.Rgb[3 * 8];
                return false;
            });
            return level;
        }
    }

    [Fact]
    public void A_part_can_be_read_and_a_video_that_breaks_off_is_read_so_far()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("grey.mp4");
        WriteGreys(path, 40);
        var greys = new List<int>();
        VideoReader.Read(path, new() { Fps = 20, Start = 1, Length = 0.5 }, (_, picture) =>
        {
            greys.Add(picture.Rgb[0]);
            return true;
        });
        Assert.InRange(greys.Count, 9, 11);
        Assert.InRange(greys[0], 100, 140);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 4)]);
        try
        {
            var (count, problem) = VideoReader.Read(path, new() { Fps = 20 }, (_, _) => true);
            Assert.True(count < 40 || problem is not null);
        }
        catch (UnreadableFileException error)
        {
            Assert.Contains("ffmpeg finds no pictures in it", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_has_no_pictures_is_refused_in_a_line()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("words.mp4");
        File.WriteAllText(path, "no video at all");
        var error = Assert.Throws<UnreadableFileException>(() => VideoReader.Read(path, new(), (_, _) => true));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.False(VideoReader.IsPicture(path));
        Assert.Throws<UnreadableFileException>(() => VideoReader.ReadPicture(path));
        // A playlist would have other files opened.
        File.WriteAllText(path, "#EXTM3U\n#EXTINF:1,\n/etc/hostname\n");
        Assert.Throws<UnreadableFileException>(() => VideoReader.Read(path, new(), (_, _) => true));
    }

    [Fact]
    public void A_picture_is_known_by_its_first_bytes_and_read_exactly()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        // A name that would be a pattern of many pictures.
        var path = folder.PathOf("a%03d.dat");
        File.WriteAllBytes(path, Bitmap(3, 2));
        Assert.True(VideoReader.IsPicture(path));
        var picture = VideoReader.ReadPicture(path);
        Assert.Equal((3, 2), (picture.Width, picture.Height));
        Assert.Equal(Enumerable.Range(0, 18).Select(i => (byte)(10 * i)), picture.Rgb);
        File.WriteAllBytes(path, Bitmap(3, 2)[..30]);
        Assert.Throws<UnreadableFileException>(() => VideoReader.ReadPicture(path));
    }

    // 64 x 32 pixels, 20 a second, each a little lighter than the one before.
    private static void WriteGreys(string path, int frames) => VideoFile.Write(path, new(64, 32, 20, frames), (frame, picture) => Array.Fill(picture, 0xFF000000u | (uint)(frame * 6) * 0x010101u));

    // A Windows bitmap whose bytes of red, green and blue go up by ten from the top left on.
    private static byte[] Bitmap(int width, int height)
    {
        var stride = (3 * width + 3) / 4 * 4;
        var bytes = new byte[54 + stride * height];
        bytes[0] = (byte)'B';
        bytes[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(28), 24);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // Rows from below, blue first.
                for (var part = 0; part < 3; part++) bytes[54 + (height - 1 - y) * stride + 3 * x + 2 - part] = (byte)(10 * (3 * (y * width + x) + part));
            }
        }

        return bytes;
    }
}
