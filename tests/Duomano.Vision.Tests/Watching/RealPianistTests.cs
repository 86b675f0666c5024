using System.IO.Compression;
using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Formats.Scores;
using Duomano.Tests;
using Duomano.Vision.Hands;
using Duomano.Vision.Watching;

namespace Duomano.Vision.Tests.Watching;

/// <summary>
/// A filmed pianist whose fingertips and fingers on keys somebody else has published. DUOMANO_VIDEO names a folder with real.mp4, real.mid and real.npz: points
/// [frames, 2, 6, 2] at 20 frames a second, x and z of the piano frame, metres, the wrist first; keys [frames, 2, 6], MIDI pitch − 21, or −1.
/// </summary>
public sealed class RealPianistTests : IDisposable
{
    private const double Fps = 20;
    private const int Points = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fingertips_are_where_they_were_published_and_notes_have_the_same_fingers()
    {
        var folder = Environment.GetEnvironmentVariable("DUOMANO_VIDEO");
        Assert.SkipUnless(folder is not null, "DUOMANO_VIDEO names no folder with a filmed pianist");
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        Assert.SkipUnless(BundledNetworks.AreAvailable, "the networks were not there when this was built (npm)");
        ZipFile.ExtractToDirectory(Path.Combine(folder!, "real.npz"), _folder.PathOf("."), overwriteFiles: true);
        var (points, keys) = (NpyArray.Read(_folder.PathOf("points.npy")).Values, NpyArray.Read(_folder.PathOf("keys.npy")).Integers);
        var (path, options) = (Path.Combine(folder!, "real.mp4"), new WatchOptions { Threads = 2 });
        var seen = VideoWatcher.See(path, options, cancellation: TestContext.Current.CancellationToken);
        var watched = VideoWatcher.Solve(path, seen, ScoreFile.Read(Path.Combine(folder!, "real.mid"), null).Score, false, options, cancellation: TestContext.Current.CancellationToken);
        var clip = watched.Clip;
        var frames = points.Length / (2 * Points * 2);
        var (x, z) = (new List<float>(), new List<float>());
        foreach (var side in HandSides.Both)
        {
            var all = clip.Points(side);
            for (var frame = 0; frame < frames; frame++)
            {
                var shown = Math.Min(clip.FrameCount - 1, (int)Math.Round(frame / Fps * clip.Fps));
                for (var finger = 1; finger < Points; finger++)
                {
                    var at = ((frame * 2 + (int)side) * Points + finger) * 2;
                    // Published as it appears in the plane of the keys.
                    var place = watched.Camera.Project(all[shown * HandJoint.PointCount + HandJoint.Count + finger - 1]);
                    x.Add(MathF.Abs(place.X - points[at]));
                    z.Add(MathF.Abs(place.Y - points[at + 1]));
                }
            }
        }

        var (same, known) = (0, 0);
        foreach (var note in watched.Notes.Select(seen => seen.Note))
        {
            if (Published(keys, frames, note) is not var (hand, finger)) continue;
            known++;
            if (note.Hand == hand && (int?)note.Finger == finger) same++;
        }

        var (medianX, medianZ) = (x.Order().ElementAt(x.Count / 2), z.Order().ElementAt(z.Count / 2));
        TestContext.Current.TestOutputHelper?.WriteLine($"fingertips {1000 * medianX:0.0} and {1000 * medianZ:0.0} mm, fingers {same} of {known}, shift {watched.Shift:0.00} s, hand size {watched.HandSize:0.00}");
        Assert.True(medianX < 0.008f && medianZ < 0.008f, $"{medianX} {medianZ}");
        Assert.True(known > 100 && same >= 0.85 * known, $"{same} of {known}");
    }

    // Who pressed the key around the note's onset.
    private static (HandSide Hand, int Finger)? Published(long[] keys, int frames, Note note)
    {
        foreach (var off in new[] { 0, 1, -1, 2 })
        {
            var frame = (int)Math.Round(note.Onset * Fps) + off;
            if (frame < 0 || frame >= frames) continue;
            foreach (var side in HandSides.Both)
            {
                for (var finger = 1; finger < Points; finger++)
                {
                    if (keys[(frame * 2 + (int)side) * Points + finger] == note.Key.Index) return (side, finger);
                }
            }
        }

        return null;
    }
}
