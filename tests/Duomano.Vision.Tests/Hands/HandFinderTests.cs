using System.Globalization;
using System.Numerics;
using Duomano.Vision.Hands;
using Duomano.Vision.Watching;
using SkiaSharp;

namespace Duomano.Vision.Tests.Hands;

/// <summary>
/// Hands in single pictures of many videos: dark, coloured, oblique, cut off, or without any. DUOMANO_VIDEO names a folder with frames.tsv (file, width,
/// height, box of the left and of the right hand, as xmin,ymin,xmax,ymax or nothing) and frames/.
/// </summary>
public class HandFinderTests
{
    // Boxes of a hand have so much in common at least, as a share of what they cover together.
    private const float SameHand = 0.4f;

    [Fact]
    public void Most_hands_are_found_and_few_that_are_none()
    {
        var folder = Environment.GetEnvironmentVariable("DUOMANO_VIDEO");
        Assert.SkipUnless(folder is not null, "DUOMANO_VIDEO names no folder with pictures of pianists");
        Assert.SkipUnless(BundledNetworks.AreAvailable, "the networks were not there when this was built (npm)");
        using var watcher = new PictureWatcher(2);
        var (pictures, hands, found, sides, wrong) = (0, 0, 0, 0, 0);
        foreach (var row in File.ReadLines(Path.Combine(folder!, "frames.tsv")).Skip(1).Select(line => line.Split('\t')))
        {
            var left = watcher.Look(Read(Path.Combine(folder!, "frames", row[0]))).Hands.ToList();
            pictures++;
            foreach (var (box, isRight) in new[] { (row[3], false), (row[4], true) })
            {
                if (box.Split(',') is not { Length: 4 } numbers) continue;
                var expected = Array.ConvertAll(numbers, number => float.Parse(number, CultureInfo.InvariantCulture));
                hands++;
                var best = left.MaxBy(hand => Shared(hand, expected));
                if (best is null || Shared(best, expected) < SameHand) continue;
                left.Remove(best);
                found++;
                if (best.Rightness > 0.5f == isRight) sides++;
            }

            wrong += left.Count;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{found} of {hands} hands in {pictures} pictures, {sides} sides right, {wrong} that are none");
        Assert.True(found >= 0.8 * hands, $"{found} of {hands} hands");
        Assert.True(sides >= 0.97 * found, $"{sides} sides of {found}");
        Assert.True(wrong <= 0.1 * pictures, $"{wrong} false hands in {pictures} pictures");
    }

    [Fact]
    public void In_a_picture_of_nothing_there_is_no_hand()
    {
        using var palms = new PalmDetector(MediaPipe.Palms(), 1);
        using var network = new HandLandmarkNetwork(MediaPipe.Landmarks(), 1);
        var finder = new HandFinder(palms, network);
        var noise = new byte[320 * 200 * 3];
        new Random(1).NextBytes(noise);
        Assert.Empty(finder.Find(new(320, 200, noise)));
        Assert.Empty(finder.Find(new(90, 160, new byte[90 * 160 * 3])));
    }

    private static Picture Read(string path)
    {
        using var bitmap = SKBitmap.Decode(path);
        var rgb = new byte[3 * bitmap.Width * bitmap.Height];
        for (var i = 0; i < bitmap.Width * bitmap.Height; i++)
        {
            var color = bitmap.GetPixel(i % bitmap.Width, i / bitmap.Width);
            (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) = (color.Red, color.Green, color.Blue);
        }

        return new(bitmap.Width, bitmap.Height, rgb);
    }

    private static float Shared(HandLandmarks hand, float[] box)
    {
        var (low, high, boxLow, boxHigh) = (hand.Points.Aggregate(Vector2.Min), hand.Points.Aggregate(Vector2.Max), new Vector2(box[0], box[1]), new Vector2(box[2], box[3]));
        var common = Vector2.Max(Vector2.Zero, Vector2.Min(high, boxHigh) - Vector2.Max(low, boxLow));
        var (area, own, other) = (common.X * common.Y, (high - low).X * (high - low).Y, (boxHigh - boxLow).X * (boxHigh - boxLow).Y);
        return area / (own + other - area);
    }
}
