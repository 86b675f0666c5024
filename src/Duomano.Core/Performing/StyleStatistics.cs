using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;

namespace Duomano.Core.Performing;

/// <summary>
/// Numbers of a motion that tell how somebody plays, beside how the kinematic pianist usually plays the same notes, so that it does not matter
/// what is played; lengths are those of a hand of the usual size.
/// </summary>
internal static class StyleStatistics
{
    /// <summary>How many there are.</summary>
    public const int Count = 24;

    // Windows around a stroke in which wrists dip and fingers are lifted, seconds.
    private const double DipBefore = 0.12, DipAfter = 0.04, LiftFrom = 0.3, Lifted = 0.1, Free = 0.26;

    // A hand travels where its keys are farther apart than this, metres, and that long at least, seconds.
    private const float Travel = 0.03f;
    private const double TravelTime = 0.3;

    // Before a stroke, at which times it is looked at how far a travelling hand has come, seconds.
    private static readonly double[] Ahead = [0.45, 0.35, 0.27, 0.2, 0.14, 0.08];

    // What is slower than about this is no gesture, seconds.
    private const double Slow = 0.5;

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">A clip with notes whose hands and fingers are known.</param>
    /// <returns>[<see cref="Count"/>] differences; null where it has too few strokes to tell.</returns>
    public static double[]? Of(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (Measured(clip) is not { } own) return null;
        var size = Math.Clamp(clip.Skeletons.Right.Reach, HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
        Note[] notes = [.. clip.Notes.Where(note => note.Hand is not null && note.Finger is not null)];
        var usual = KinematicPianist.Perform(notes, PerformanceStyle.Neutral with { HandSize = size }, clip.Duration).Clip;
        return Measured(new(usual.Hands, usual.Skeletons, usual.Fps, clip.Notes)) is { } other ? [.. own.Zip(other, (a, b) => a - b)] : null;
    }

    private static double[]? Measured(TwoHandClip clip)
    {
        var all = new Collected();
        foreach (var side in HandSides.Both) Add(all, clip, side);
        return all.Lifts.Count < Least || all.Travels.Count < LeastTravels ? null : all.Summary();
    }

    private const int Least = 20, LeastTravels = 5;

    private static void Add(Collected all, TwoHandClip clip, HandSide side)
    {
        var notes = clip.Notes.Where(note => note.Hand == side && note.Finger is not null && note.Onset < clip.Duration).OrderBy(note => note.Onset).ToArray();
        if (notes.Length == 0) return;
        var (points, frames, fps, size) = (clip.Points(side), clip.FrameCount, clip.Fps, clip.Skeletons[side].Reach);
        Vector3 Point(int frame, int point) => points[frame * HandJoint.PointCount + point];
        // How much higher the index finger's knuckle is than the little finger's.
        double Roll(int frame) => (Point(frame, HandJoint.First(Finger.Index)).Y - Point(frame, HandJoint.First(Finger.Little)).Y) / size;
        int At(double time) => Math.Clamp((int)Math.Round(time * fps), 0, frames - 1);
        var (quietX, quietY) = (Smooth(frames, fps, frame => Point(frame, HandJoint.Wrist).X), Smooth(frames, fps, frame => Point(frame, HandJoint.Wrist).Y));
        for (var frame = At(notes[0].Onset); frame < At(notes[^1].Offset); frame++)
        {
            var wrist = Point(frame, HandJoint.Wrist);
            all.Heights.Add(wrist.Y / size);
            all.Restless.Add(Math.Abs(wrist.Y - quietY[frame]) / size);
            all.Swaying.Add(Math.Abs(wrist.X - quietX[frame]) / size);
            var fingertips = Vector3.Zero;
            foreach (var finger in Fingers.All)
            {
                var first = HandJoint.First(finger);
                var tip = Point(frame, HandJoint.Tip(finger));
                fingertips += tip / Fingers.All.Count;
                if (finger == Finger.Thumb) continue;
                var (proximal, middle) = (Point(frame, first + 1) - Point(frame, first), Point(frame, first + 2) - Point(frame, first + 1));
                all.Curls.Add(Math.Acos(Math.Clamp(Vector3.Dot(Vector3.Normalize(proximal), Vector3.Normalize(middle)), -1, 1)));
                all.TipHeights.Add(tip.Y / size);
            }

            all.Reaches.Add(-(fingertips.Z - wrist.Z) / size);
            all.Depths.Add(-fingertips.Z);
            all.Spans.Add(Math.Abs(Point(frame, HandJoint.Tip(Finger.Little)).X - Point(frame, HandJoint.Tip(Finger.Thumb)).X) / size);
            if (frame < 2) continue;
            var tipsBent = Fingers.All.Average(finger => (Point(frame, HandJoint.Tip(finger)) - 2 * Point(frame - 1, HandJoint.Tip(finger)) + Point(frame - 2, HandJoint.Tip(finger))).Length());
            all.Jitter.Add(tipsBent * fps * fps / size);
        }

        for (var i = 0; i < notes.Length; i++)
        {
            var note = notes[i];
            var onset = note.Onset;
            if (onset < LiftFrom || onset + DipAfter > clip.Duration) continue;
            var dip = (Point(At(onset - DipBefore), HandJoint.Wrist).Y - Point(At(onset + DipAfter), HandJoint.Wrist).Y) / size;
            all.Dips.Add((note.Velocity, dip));
            all.Leans.Add((3 - (int)note.Finger!.Value, Roll(At(onset))));
            var before = notes.AsSpan(0, i).ToArray().Where(other => other.Finger == note.Finger).Select(other => other.Offset).DefaultIfEmpty(0).Max();
            if (onset - before > Free)
            {
                var tip = HandJoint.Tip(note.Finger!.Value);
                var at = (onset - Lifted) * fps;
                var lift = float.Lerp(Point((int)at, tip).Y, Point(Math.Min((int)at + 1, frames - 1), tip).Y, (float)(at - (int)at)) - note.Key.TopY;
                all.Lifts.Add((note.Velocity, lift / size));
            }

            // How far a hand has come that travels to keys of its own.
            if (i == 0 || note.Onset - notes[i - 1].Onset < TravelTime) continue;
            var (from, to) = (Point(At(notes[i - 1].Onset), HandJoint.Wrist).X, Point(At(onset), HandJoint.Wrist).X);
            if (Math.Abs(to - from) < Travel) continue;
            all.Travels.Add([.. Ahead.Select(ahead => Math.Clamp((Point(At(Math.Max(notes[i - 1].Onset, onset - ahead)), HandJoint.Wrist).X - from) / (to - from), -0.5, 1.5))]);
        }
    }

    // A moving mean of about a second.
    private static double[] Smooth(int frames, double fps, Func<int, float> at)
    {
        var reach = (int)(Slow * fps);
        var sums = new double[frames + 1];
        for (var frame = 0; frame < frames; frame++) sums[frame + 1] = sums[frame] + at(frame);
        return [.. Enumerable.Range(0, frames).Select(frame =>
        {
            var (first, end) = (Math.Max(0, frame - reach), Math.Min(frames, frame + reach + 1));
            return (sums[end] - sums[first]) / (end - first);
        })];
    }

    private sealed class Collected
    {
        public List<double> Heights { get; } = [];

        public List<double> Restless { get; } = [];

        public List<double> Swaying { get; } = [];

        public List<double> Curls { get; } = [];

        public List<double> TipHeights { get; } = [];

        public List<double> Reaches { get; } = [];

        public List<double> Depths { get; } = [];

        public List<double> Spans { get; } = [];

        public List<double> Jitter { get; } = [];

        public List<(double Velocity, double Value)> Dips { get; } = [];

        public List<(double Velocity, double Value)> Lifts { get; } = [];

        public List<(double Finger, double Value)> Leans { get; } = [];

        public List<double[]> Travels { get; } = [];

        public double[] Summary()
        {
            var lift = Median(Lifts.Select(one => one.Value));
            return
            [
                Median(Heights), Median(Restless), Median(Swaying), Median(Curls), Spread(Curls), Median(TipHeights), Spread(TipHeights), Median(Reaches), Spread(Reaches), Median(Depths), Median(Spans), Median(Jitter),
                Median(Dips.Select(one => one.Value)), Spread(Dips.Select(one => one.Value)), Slope(Dips), Slope(Leans), Median(Leans.Select(one => one.Value)), lift, Slope(Lifts) / Math.Max(0.003, lift),
                .. Enumerable.Range(1, Ahead.Length - 1).Select(i => Travels.Average(travel => travel[i])),
            ];
        }

        private static double Median(IEnumerable<double> values) => Quantile([.. values.Order()], 0.5);

        private static double Spread(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            return Quantile(sorted, 0.8) - Quantile(sorted, 0.2);
        }

        private static double Quantile(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

        // How much more for one more of what it goes with; little is believed where that hardly differs.
        private static double Slope(List<(double With, double Value)> values)
        {
            var (x, y) = (values.Average(one => one.With), values.Average(one => one.Value));
            var variance = values.Average(one => (one.With - x) * (one.With - x));
            return values.Average(one => (one.With - x) * (one.Value - y)) / (variance + 0.3);
        }
    }
}
