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

    // Fewer tell nothing: strokes of fingers that were free before, and ways of hands that travel.
    private const int Least = 20, LeastTravels = 5;

    // Around a stroke, seconds: when the wrist is up and down, when the finger is up, and since when it must have been free for that.
    private const double DipBefore = 0.12, DipAfter = 0.04, Lifted = 0.1, Free = 0.26, LeastBefore = 0.3;

    // A hand travels where its keys are farther apart than this, metres, and that long at least, seconds.
    private const float Travel = 0.03f;
    private const double TravelTime = 0.3;

    // Before a stroke, at which times it is looked at how far a travelling hand has come, seconds.
    private static readonly double[] Ahead = [0.35, 0.27, 0.2, 0.14, 0.08];

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

    private static void Add(Collected all, TwoHandClip clip, HandSide side)
    {
        var notes = clip.Notes.Where(note => note.Hand == side && note.Finger is not null && note.Onset < clip.Duration).OrderBy(note => note.Onset).ToArray();
        if (notes.Length == 0) return;
        var hand = new SeenHand(clip, side);
        AddPostures(all, hand, hand.At(notes[0].Onset), hand.At(notes[^1].Offset));
        AddStrokes(all, hand, notes);
    }

    private static void AddPostures(Collected all, SeenHand hand, int start, int end)
    {
        var (quietX, quietY) = (hand.Smooth(place => place.X), hand.Smooth(place => place.Y));
        for (var frame = start; frame < end; frame++)
        {
            var wrist = hand.Point(frame, HandJoint.Wrist);
            all.Heights.Add(wrist.Y / hand.Size);
            all.Restless.Add(Math.Abs(wrist.Y - quietY[frame]) / hand.Size);
            all.Swaying.Add(Math.Abs(wrist.X - quietX[frame]) / hand.Size);
            var fingertips = Vector3.Zero;
            foreach (var finger in Fingers.All)
            {
                var tip = hand.Tip(frame, finger);
                fingertips += tip / Fingers.All.Count;
                if (finger == Finger.Thumb) continue;
                all.Curls.Add(hand.Bend(frame, finger));
                all.TipHeights.Add(tip.Y / hand.Size);
            }

            all.Reaches.Add(-(fingertips.Z - wrist.Z) / hand.Size);
            all.Depths.Add(-fingertips.Z);
            all.Spans.Add(Math.Abs(hand.Tip(frame, Finger.Little).X - hand.Tip(frame, Finger.Thumb).X) / hand.Size);
            if (frame >= 2) all.Jitter.Add(Fingers.All.Average(finger => (hand.Tip(frame, finger) - 2 * hand.Tip(frame - 1, finger) + hand.Tip(frame - 2, finger)).Length()) * hand.Fps * hand.Fps / hand.Size);
        }
    }

    private static void AddStrokes(Collected all, SeenHand hand, Note[] notes)
    {
        Span<double> released = stackalloc double[Fingers.All.Count];
        for (var i = 0; i < notes.Length; i++)
        {
            var (note, finger, onset) = (notes[i], notes[i].Finger!.Value, notes[i].Onset);
            ref var last = ref released[(int)finger - 1];
            var before = last;
            last = Math.Max(last, note.Offset);
            if (onset < LeastBefore || onset + DipAfter > hand.Duration) continue;
            all.Dips.Add((note.Velocity, (hand.Wrist(onset - DipBefore).Y - hand.Wrist(onset + DipAfter).Y) / hand.Size));
            all.Leans.Add((3 - (int)finger, hand.Roll(hand.At(onset))));
            if (onset - before > Free) all.Lifts.Add((note.Velocity, (hand.Tip(onset - Lifted, finger).Y - note.Key.TopY) / hand.Size));
            if (i > 0 && Travelled(hand, notes[i - 1].Onset, onset) is { } travelled) all.Travels.Add(travelled);
        }
    }

    // How far a hand has come that travels to keys of its own; null for one that does not.
    private static double[]? Travelled(SeenHand hand, double left, double onset)
    {
        if (onset - left < TravelTime) return null;
        var (from, to) = (hand.Wrist(left).X, hand.Wrist(onset).X);
        return Math.Abs(to - from) < Travel ? null : [.. Ahead.Select(ahead => Math.Clamp((hand.Wrist(Math.Max(left, onset - ahead)).X - from) / (to - from), -0.5, 1.5))];
    }

    // A hand's points over time.
    private sealed class SeenHand(TwoHandClip clip, HandSide side)
    {
        private readonly Vector3[] _points = clip.Points(side);

        public double Fps => clip.Fps;

        public double Duration => clip.Duration;

        public float Size { get; } = clip.Skeletons[side].Reach;

        public int At(double time) => Math.Clamp((int)Math.Round(time * Fps), 0, clip.FrameCount - 1);

        public Vector3 Point(int frame, int point) => _points[frame * HandJoint.PointCount + point];

        public Vector3 Wrist(double time) => Point(At(time), HandJoint.Wrist);

        public Vector3 Tip(int frame, Finger finger) => Point(frame, HandJoint.Tip(finger));

        // Between two frames, for lifts last no longer than a few.
        public Vector3 Tip(double time, Finger finger)
        {
            var at = Math.Clamp(time * Fps, 0, clip.FrameCount - 1);
            return Vector3.Lerp(Tip((int)at, finger), Tip(Math.Min((int)at + 1, clip.FrameCount - 1), finger), (float)(at - (int)at));
        }

        // The angle at a finger's middle joint, radians.
        public double Bend(int frame, Finger finger)
        {
            var first = HandJoint.First(finger);
            var (proximal, middle) = (Point(frame, first + 1) - Point(frame, first), Point(frame, first + 2) - Point(frame, first + 1));
            return Math.Acos(Math.Clamp(Vector3.Dot(Vector3.Normalize(proximal), Vector3.Normalize(middle)), -1, 1));
        }

        // How much higher the index finger's knuckle is than the little finger's.
        public double Roll(int frame) => (Point(frame, HandJoint.First(Finger.Index)).Y - Point(frame, HandJoint.First(Finger.Little)).Y) / Size;

        // The wrist's mean over about a second.
        public double[] Smooth(Func<Vector3, float> part)
        {
            var (reach, frames) = ((int)(Slow * Fps), clip.FrameCount);
            var sums = new double[frames + 1];
            for (var frame = 0; frame < frames; frame++) sums[frame + 1] = sums[frame] + part(Point(frame, HandJoint.Wrist));
            return [.. Enumerable.Range(0, frames).Select(frame =>
            {
                var (first, end) = (Math.Max(0, frame - reach), Math.Min(frames, frame + reach + 1));
                return (sums[end] - sums[first]) / (end - first);
            })];
        }
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
                .. Enumerable.Range(0, Ahead.Length).Select(i => Travels.Average(travel => travel[i])),
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
