using System.Diagnostics;
using System.IO.Compression;
using System.Numerics;
using Duomano.Tests;
using Duomano.Vision.Hands;
using Duomano.Vision.Tflite;

namespace Duomano.Vision.Tests.Hands;

/// <summary>
/// The networks against MediaPipe's own program on a filmed pianist. DUOMANO_VIDEO names a folder with real.mp4 and real.npz: landmarks
/// [frames, 2, 21, 3] as shares of width and height, landmark_frames, of the video at 20 frames a second.
/// </summary>
public sealed class HandLandmarkOracleTests : IDisposable
{
    private const int Width = 1280, Height = 720;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Palms_and_points_are_where_MediaPipes_program_has_them()
    {
        var folder = Environment.GetEnvironmentVariable("DUOMANO_VIDEO");
        Assert.SkipUnless(folder is not null, "DUOMANO_VIDEO names no folder with a filmed pianist");
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var model = MediaPipe.Landmarks();
        ZipFile.ExtractToDirectory(Path.Combine(folder!, "real.npz"), _folder.PathOf("."), overwriteFiles: true);
        var landmarks = NpyArray.Read(_folder.PathOf("landmarks.npy"));
        var frames = NpyArray.Read(_folder.PathOf("landmark_frames.npy")).Integers;
        var raw = _folder.PathOf("frames.rgb");
        var (code, _, errors) = ProgramProcess.Run(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", Path.Combine(folder!, "real.mp4"), "-vf", "fps=20", "-f", "rawvideo", "-pix_fmt", "rgb24", raw]));
        Assert.True(code == 0, errors);

        using var network = new HandLandmarkNetwork(model, 2);
        using var palms = new PalmDetector(MediaPipe.Palms(), 2);
        var (fromPalms, missed) = (new List<float>(), 0);
        using var video = File.OpenRead(raw);
        var (apart, presences, sides) = (new List<float>(), new List<float>(), 0);
        var picture = new Picture(Width, Height, new byte[3 * Width * Height]);
        for (var i = 0; i < frames.Length; i++)
        {
            video.Position = frames[i] * picture.Rgb.LongLength;
            video.ReadExactly(picture.Rgb);
            var seen = palms.Find(picture).Select(palm => network.Find(picture, palm.Region)).Where(hand => hand.Presence > 0.5f).ToList();
            for (var hand = 0; hand < 2; hand++)
            {
                Vector2[] expected = [.. Enumerable.Range(0, 21).Select(point => ((i * 2 + hand) * 21 + point) * 3).Select(at => new Vector2(landmarks.Values[at] * Width, landmarks.Values[at + 1] * Height))];
                if (expected.Any(point => !float.IsFinite(point.X))) continue;
                var found = network.Find(picture, HandRegion.Around(expected));
                var near = seen.MinBy(each => Vector2.Distance(each.Points[9], expected[9]));
                if (near is null || Vector2.Distance(near.Points[9], expected[9]) > 40) missed++;
                else fromPalms.AddRange(near.Points.Zip(expected, Vector2.Distance));
                apart.AddRange(found.Points.Zip(expected, Vector2.Distance));
                presences.Add(found.Presence);
                sides += found.Rightness > 0.5f == (hand == 1) ? 1 : 0;
            }
        }

        apart.Sort();
        fromPalms.Sort();
        presences.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"{presences.Count} hands, median {apart[apart.Count / 2]:0.00} px, 90 % {apart[apart.Count * 9 / 10]:0.00} px, presence {presences[presences.Count / 20]:0.00} in 95 %, sides {sides}; from palms median {fromPalms[fromPalms.Count / 2]:0.00} px, {missed} missed");
        Assert.True(presences.Count > 200, $"{presences.Count} hands");
        Assert.True(apart[apart.Count / 2] < 2, $"points are {apart[apart.Count / 2]:0.00} pixels off in the median");
        Assert.Equal(presences.Count, sides);
        Assert.True(fromPalms[fromPalms.Count / 2] < 2 && missed <= 0.03 * presences.Count, $"from palms points are {fromPalms[fromPalms.Count / 2]:0.00} pixels off in the median, {missed} hands are missed");
        Assert.True(presences[presences.Count / 20] > 0.5f, $"presence {presences[presences.Count / 20]}");
    }
}
