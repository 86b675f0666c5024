using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Performing;

/// <summary>
/// Where one hand's wrist and fingertips would be in the plane of the keys, frame after frame, if a person played its
/// strokes: what <see cref="PostureNetwork"/> learned from people, made smooth. Places are those of a right hand.
/// </summary>
/// <remarks>
/// Places are as the people's tracker told them. A camera 1.5 m above the keys would see a wrist a centimetre farther out than it is, but
/// taking that off puts fingertips, which are as they were seen, 0.5 mm farther from the people's.
/// </remarks>
internal sealed class PosturePlan
{
    // Movements faster than these are noise of single frames, Hz.
    private const double WristsUpTo = 3.5;
    private const double FingersUpTo = 5.5;

    // Farther than this from its keys a hand rests as it is then, seconds: people were not learned from there.
    private const double Rests = 0.8;

    // A hand that plays nothing is as if it had held one key, until then, for so long, seconds.
    private const double Imagined = 0.1;

    // A hand points to the middle of its index, middle and ring fingertips, turned towards the thumb by this, radians.
    private const float PointsBeside = 0.05f;

    private const int Width = PostureNetwork.Answers;

    private readonly double[][] _paths = new double[Width][];
    private readonly float[] _yaw;

    private PosturePlan(double[] rows, int frames, double fps, float size)
    {
        for (var i = 0; i < Width; i++)
        {
            var (sums, weights) = (new double[frames], new double[frames]);
            for (var frame = 0; frame < frames; frame++) (sums[frame], weights[frame]) = (rows[frame * Width + i], 1);
            _paths[i] = PathSmoother.Solve(sums, weights, PathSmoother.Strength(i < 2 ? WristsUpTo : FingersUpTo, fps));
        }

        Scale(size);
        _yaw = new float[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var ahead = (Tip(frame, Finger.Index) + Tip(frame, Finger.Middle) + Tip(frame, Finger.Ring)) / 3 - Wrist(frame);
            _yaw[frame] = MathF.Atan2(-ahead.X, -ahead.Y) + PointsBeside;
        }
    }

    /// <summary>Plans both hands.</summary>
    /// <param name="strokes">What each hand plays.</param>
    /// <param name="rests">Where a hand that plays nothing waits, metres along its keyboard.</param>
    /// <param name="size">Size of the hands, times the pianists' that were learned from.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="fps">Frames a second.</param>
    public static PerHand<PosturePlan> Of(PerHand<List<Stroke>> strokes, PerHand<float> rests, float size, int frames, double fps) =>
        Of(strokes.Map(own => own.Select(Press).ToArray()), rests, size, frames, fps);

    /// <summary>Plans both hands.</summary>
    /// <param name="pressed">The keys that each hand holds.</param>
    /// <param name="rests">Where a hand that plays nothing waits, metres along its keyboard.</param>
    /// <param name="size">Size of the hands, times the pianists' that were learned from.</param>
    /// <param name="frames">How many frames.</param>
    /// <param name="fps">Frames a second.</param>
    public static PerHand<PosturePlan> Of(PerHand<FingerPress[]> pressed, PerHand<float> rests, float size, int frames, double fps)
    {
        var presses = pressed.Zip(rests, (own, rest) => own.Length > 0 ? own : [new(-Rests - Imagined, -Rests, rest, false, Finger.Middle)]);
        var features = presses.Map(own => new PostureFeatures(own));
        return PerHand.Create(side => new PosturePlan(Ask(presses[side], features[side], features[side.Other()], frames, fps), frames, fps, size));
    }

    /// <summary>The wrist at a frame: x and z, metres.</summary>
    public Vector2 Wrist(int frame) => new((float)_paths[0][frame], (float)_paths[1][frame]);

    /// <summary>A fingertip at a frame: x and z, metres.</summary>
    public Vector2 Tip(int frame, Finger finger) => new((float)_paths[2 * (int)finger][frame], (float)_paths[2 * (int)finger + 1][frame]);

    /// <summary>The hand's turn about the vertical axis at a frame, radians; positive turns the fingers towards the thumb's side.</summary>
    public float Yaw(int frame) => _yaw[frame];

    private static FingerPress Press(Stroke stroke) => new(stroke.Press, stroke.Release, stroke.Place.X, stroke.Place.IsBlack, stroke.Finger);

    // [frames, Width] places, metres.
    private static double[] Ask(FingerPress[] presses, PostureFeatures own, PostureFeatures other, int frames, double fps)
    {
        var rows = new double[frames * Width];
        Array.Sort(presses, (a, b) => a.Press.CompareTo(b.Press));
        var (next, released) = (0, double.NegativeInfinity);
        for (var frame = 0; frame < frames; frame++)
        {
            var time = frame / fps;
            for (; next < presses.Length && presses[next].Press <= time; next++) released = Math.Max(released, presses[next].Release);
            var press = next < presses.Length ? presses[next].Press : double.PositiveInfinity;
            var (early, late) = (released + Rests, press - Rests);
            var row = rows.AsSpan(frame * Width, Width);
            if (time <= early || time >= late) Answer(own, other, time, time, row);
            else if (double.IsInfinity(late)) Answer(own, other, early, time, row);
            else if (double.IsInfinity(early)) Answer(own, other, late, time, row);
            else
            {
                var share = (time - early) / (late - early);
                Between(own, other, early, late, time, share * share * (3 - 2 * share), row);
            }
        }

        return rows;
    }

    private static void Between(PostureFeatures own, PostureFeatures other, double early, double late, double time, double share, Span<double> row)
    {
        Span<double> after = stackalloc double[Width];
        Answer(own, other, early, time, row);
        Answer(own, other, late, time, after);
        for (var i = 0; i < Width; i++) row[i] = double.Lerp(row[i], after[i], share);
    }

    // As the hand is at one moment while the other one is as at another moment.
    private static void Answer(PostureFeatures own, PostureFeatures other, double time, double now, Span<double> row)
    {
        Span<float> features = stackalloc float[PostureFeatures.Count];
        Span<float> answers = stackalloc float[Width];
        var anchor = own.Find(time, other.Anchor(now), features);
        PostureNetwork.Bundled.Answer(features, answers);
        for (var i = 0; i < Width; i++) row[i] = answers[i] * PostureNetwork.Unit + (i % 2 == 0 ? anchor : 0);
    }

    // A smaller or larger hand around its fingertips' middle.
    private void Scale(float factor)
    {
        for (var frame = 0; frame < _paths[0].Length; frame++)
        {
            for (var axis = 0; axis < 2; axis++)
            {
                var middle = 0.0;
                for (var tip = 1; tip < Width / 2; tip++) middle += _paths[2 * tip + axis][frame] / 5;
                for (var point = 0; point < Width / 2; point++) _paths[2 * point + axis][frame] = middle + (_paths[2 * point + axis][frame] - middle) * factor;
            }
        }
    }
}
