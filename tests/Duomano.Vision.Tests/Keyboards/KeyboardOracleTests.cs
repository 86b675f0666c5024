using System.Diagnostics;
using System.IO.Compression;
using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Tests;
using Duomano.Vision.Keyboards;
using SkiaSharp;

namespace Duomano.Vision.Tests.Keyboards;

/// <summary>
/// Keyboards of filmed pianists. DUOMANO_VIDEO names a folder with real.mp4, real.npz with its homography (pixels to metres to the treble and away from
/// the player, from the key area's middle), and frames/ with pictures of many videos.
/// </summary>
public sealed class KeyboardOracleTests : IDisposable
{
    private const int Width = 1280, Height = 720, Frames = 9;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_filmed_keyboard_is_where_its_homography_has_it_and_stays_there()
    {
        var folder = Environment.GetEnvironmentVariable("DUOMANO_VIDEO");
        Assert.SkipUnless(folder is not null, "DUOMANO_VIDEO names no folder with a filmed pianist");
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        ZipFile.ExtractToDirectory(Path.Combine(folder!, "real.npz"), _folder.PathOf("."), overwriteFiles: true);
        var truth = Homography.FromMatrix([.. NpyArray.Read(_folder.PathOf("homography.npy")).Values.Select(value => (double)value)]);
        var raw = _folder.PathOf("frames.rgb");
        var (code, _, errors) = ProgramProcess.Run(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", Path.Combine(folder!, "real.mp4"), "-vf", "fps=1/3", "-frames:v", $"{Frames}", "-f", "rawvideo", "-pix_fmt", "rgb24", raw]));
        Assert.True(code == 0, errors);
        using var video = File.OpenRead(raw);
        List<Picture> frames = [];
        for (var i = 0; i < Frames; i++)
        {
            frames.Add(new(Width, Height, new byte[3 * Width * Height]));
            video.ReadExactly(frames[i].Rgb);
        }

        var found = new KeyboardFinder().Find(frames);
        Assert.NotNull(found);
        Assert.True(found.IsOctaveKnown);
        List<float> x = [], z = [];
        foreach (var key in PianoKey.All)
        {
            for (var depth = -0.145f; depth < 0; depth += 0.01f)
            {
                var seen = truth.Apply(found.InPicture(new(key.CenterX, depth)));
                x.Add(1000 * Math.Abs(seen.X - key.CenterX));
                z.Add(1000 * Math.Abs(-seen.Y - 0.075f - depth));
            }
        }

        x.Sort();
        z.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"x {x[x.Count / 2]:F2} mm wrong in the median, {x[^1]:F2} at most; z {z[z.Count / 2]:F2}, {z[^1]:F2}");
        Assert.True(x[x.Count / 2] < 2, $"x is {x[x.Count / 2]:F2} mm wrong in the median");
        Assert.True(z[z.Count / 2] < 3, $"z is {z[z.Count / 2]:F2} mm wrong in the median");

        KeyboardTracker tracker = new(found, PictureMedian.Of(frames));
        Assert.All(frames, frame => Assert.Equal(KeyboardMotion.Still, tracker.Follow(frame)));
        Assert.Same(found, tracker.Sighting);
    }

    [Fact]
    public void Keyboards_of_many_videos_are_found_also_upside_down()
    {
        var folder = Environment.GetEnvironmentVariable("DUOMANO_VIDEO");
        Assert.SkipUnless(folder is not null, "DUOMANO_VIDEO names no folder with pictures of pianists");
        KeyboardFinder finder = new();
        var (pictures, found, turned) = (0, 0, 0);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder!, "frames"), "*.jpg").Order())
        {
            pictures++;
            var picture = Read(path);
            if (finder.Find(picture) is not { } sighting) continue;
            found++;
            Picture upsideDown = new(picture.Width, picture.Height, [.. Enumerable.Range(0, picture.Rgb.Length).Select(i => picture.Rgb[picture.Rgb.Length - 3 - i + 2 * (i % 3)])]);
            if (finder.Find(upsideDown) is not { } other) continue;
            Vector2 size = new(picture.Width, picture.Height), middle = new(0, -0.03f);
            if (Vector2.Distance(middle, other.OnKeys(size - sighting.InPicture(middle))) < 0.003) turned++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{found} of {pictures} pictures, {turned} the same upside down");
        Assert.True(found >= 0.9 * pictures, $"{found} of {pictures}");
        Assert.True(turned >= 0.95 * found, $"{turned} of {found}");
    }

    private static Picture Read(string path)
    {
        using var decoded = SKBitmap.Decode(path);
        using var bitmap = decoded.Copy(SKColorType.Rgba8888);
        var pixels = bitmap.GetPixelSpan();
        var rgb = new byte[3 * bitmap.Width * bitmap.Height];
        for (var i = 0; i < bitmap.Width * bitmap.Height; i++) pixels.Slice(4 * i, 3).CopyTo(rgb.AsSpan(3 * i));
        return new(bitmap.Width, bitmap.Height, rgb);
    }
}
