using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Rendering.Scene;
using Duomano.Rendering.Video;

namespace Duomano.Rendering.Tests.Video;

public class PerformanceVideoTest
{
    private static readonly PianoKey Key = new(60);

    [Theory]
    [InlineData(CameraView.Top)]
    [InlineData(CameraView.Player)]
    public void A_note_comes_down_to_its_key_and_wears_its_fingers_number(CameraView view)
    {
        var clip = Clip();
        var options = new VideoOptions { View = view, Width = 640, Height = 360 };
        var camera = CameraViews.WithLane(view, CameraViews.Stretch(clip, 0, clip.FrameCount), options.Width, options.Height);
        var lane = new NoteLane(clip.Notes, view);
        using var painter = new PerformanceVideo.FramePainter(clip, options);
        var picture = new uint[options.Width * options.Height];
        var last = float.MaxValue;
        foreach (var frame in new[] { 0, 20, 40 })
        {
            painter.Draw(frame, picture);
            var (note, near, far) = Assert.Single(lane.At(frame / 30.0));
            Assert.True(near < last);
            last = near;
            var place = camera.Project(lane.Point(note.Key.CenterX, far - 0.006f, 3));
            var color = picture[(int)place.Y * options.Width + (int)place.X];
            Assert.True((color >> 16 & 255) > 150 && (color & 255) < 100, $"{color:X8} is not orange");

            // White strokes around the number's place, none where the bar goes on.
            int White(float away)
            {
                var middle = camera.Project(lane.Point(note.Key.CenterX, away, 3));
                var count = 0;
                for (var y = -5; y <= 5; y++)
                {
                    for (var x = -5; x <= 5; x++) count += (picture[((int)middle.Y + y) * options.Width + (int)middle.X + x] & 0xFFFFFF) > 0xF0F0A0 ? 1 : 0;
                }

                return count;
            }

            Assert.InRange(White(near + 0.0095f), 4, 100);
            Assert.Equal(0, White(far - 0.012f));
        }

        Assert.Empty(lane.At(3.5));
    }

    [Theory]
    [InlineData(CameraView.Top)]
    [InlineData(CameraView.Player)]
    public void Pictures_drawn_over_the_last_one_are_as_fresh_ones(CameraView view)
    {
        var notes = Enumerable.Range(0, 24).Select(i => new Note(0.2 + i * 0.07, 0.35 + i * 0.1, new(45 + i * 7 % 31), 80)
        {
            Hand = i % 2 == 0 ? HandSide.Left : HandSide.Right,
            Finger = (Finger)(1 + i % 5),
        });
        var still = Clips.Smooth(frames: 80);
        var clip = new TwoHandClip(still.Hands, still.Skeletons, still.Fps, [.. notes]) { Pedal = [.. Enumerable.Range(0, 20).Select(i => new PedalChange(i * 0.13, i * 37 % 128))] };
        var options = new VideoOptions { Title = "A title", View = view, Width = 640, Height = 360, Threads = 2 };
        using var painter = new PerformanceVideo.FramePainter(clip, options);
        var over = new uint[options.Width * options.Height];
        for (var frame = 0; frame < 80; frame++)
        {
            painter.Draw(frame, over);
            if (frame % 9 != 8) continue;
            using var other = new PerformanceVideo.FramePainter(clip, options);
            var fresh = new uint[over.Length];
            other.Draw(frame, fresh);
            Assert.Equal(fresh, over);
        }
    }

    [Fact]
    public void The_pedal_goes_down_with_the_music()
    {
        var options = new VideoOptions { Width = 640, Height = 360 };
        var bar = new PedalGauge(options.Height).Bar;
        using var painter = new PerformanceVideo.FramePainter(Clip().WithPedal([new(1, 127), new(2, 64), new(3, 0)]), options);
        var picture = new uint[options.Width * options.Height];
        foreach (var (frame, share) in new[] { (10, 0), (40, 1), (70, 0.5), (100, 0) })
        {
            painter.Draw(frame, picture);
            var x = (int)bar.MidX;
            var filled = Enumerable.Range((int)bar.Top + 1, (int)bar.Height - 2).Count(y => picture[y * options.Width + x] is var color && (int)(color >> 16 & 255) - (int)(color & 255) > 100);
            Assert.Equal(share, filled / (bar.Height - 2), 0.08);
        }
    }

    [Fact]
    public void Pieces_without_a_pedal_have_no_gauge()
    {
        var options = new VideoOptions { Width = 640, Height = 360 };
        var place = new PedalGauge(options.Height);
        using var painter = new PerformanceVideo.FramePainter(Clip(), options);
        using var other = new PerformanceVideo.FramePainter(Clip().WithPedal([new(0, 0)]), options);
        var (without, with) = (new uint[options.Width * options.Height], new uint[options.Width * options.Height]);
        painter.Draw(0, without);
        other.Draw(0, with);
        for (var i = 0; i < with.Length; i++)
        {
            var (x, y) = (i % options.Width, i / options.Width);
            if (x < place.Low.X - 1 || x > place.High.X + 1 || y < place.Low.Y - 1 || y > place.High.Y + 1) Assert.Equal(without[i], with[i]);
        }

        Assert.NotEqual(without[(int)place.Bar.MidY * options.Width + (int)place.Bar.MidX], with[(int)place.Bar.MidY * options.Width + (int)place.Bar.MidX]);
    }

    [Fact]
    public void It_becomes_a_file()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("film.mp4");
        var shares = new List<double>();
        PerformanceVideo.Write(path, Clips.Smooth(frames: 25, fps: 25), new() { Title = "A piece", Width = 320, Height = 180, Threads = 2 }, new Shares(shares));
        Assert.InRange(new FileInfo(path).Length, 2_000, 2_000_000);
        Assert.Equal(30, shares.Count);
        Assert.Equal(1, shares[^1]);
        Assert.Throws<ArgumentException>(() => PerformanceVideo.Write(path, new(new(new(0), new(0)), TwoHandClip.SkeletonsOfSize(1)), new()));
    }

    private static TwoHandClip Clip()
    {
        // The hands wait far in front of the keys.
        var track = new HandTrack(120);
        for (var frame = 0; frame < 120; frame++) track.Translations[frame * 3 + 2] = 0.6f;
        return new(new(track, track), TwoHandClip.SkeletonsOfSize(1), 30, [new(1.9, 2.8, Key, 80) { Hand = HandSide.Right, Finger = Finger.Middle }]);
    }

    private sealed class Shares(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
