using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Trajectories;

/// <summary>
/// What is known of one (right) hand that was recorded from above, frame after frame: where its wrist and fingertips
/// appear, and how high the pads are for the strokes they carry out.
/// </summary>
internal sealed class ObservedHand
{
    // Up to which frequency the seen points are followed, Hz; a point that leaps farther than this beside the rest of the hand
    // is a mistake of the tracking, metres, and counts this little.
    private const double Following = 7;
    private const float Jump = 0.015f;
    private const double JumpWeight = 0.03;

    // What is told of hands that were not seen between where they were, for the smoothing's sake.
    private const double LeastWeight = 1e-5;

    // A frame that is one of the recording's to within this is that one.
    private const double Rounding = 1e-6;

    private readonly Vector2[] _seen;
    private readonly Vector2[] _joints;
    private readonly float[] _trust;

    /// <summary>Reads a hand.</summary>
    /// <param name="episode">The recording.</param>
    /// <param name="side">Which hand; a left one is mirrored.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="strokes">The hand's strokes.</param>
    /// <param name="times">The same, frame by frame.</param>
    /// <param name="frames">Number of frames wanted.</param>
    /// <param name="fps">How many of them a second has.</param>
    public ObservedHand(RecordedEpisode episode, HandSide side, OverheadCamera camera, List<Stroke> strokes, StrokeSchedule times, int frames, double fps)
    {
        TipAhead = episode.TipAhead;
        Camera = side == HandSide.Left ? camera.Mirrored() : camera;
        var weights = Weights(episode, side);
        _seen = Resampled(episode, side, frames, fps, RecordedEpisode.PointCount, (frame, point) => (episode.Points(frame, side)[point], weights[frame * RecordedEpisode.PointCount + point]));
        _joints = episode.Joints is null ? [] : Resampled(episode, side, frames, fps, RecordedEpisode.JointCount, (frame, point) => (episode.JointsOf(frame, side)[point], Math.Max(LeastWeight, episode.TrustOf(frame, side))));
        _trust = new float[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var position = Math.Clamp(frame / fps * episode.Fps, 0, episode.FrameCount - 1);
            _trust[frame] = MathF.Min(episode.TrustOf((int)Math.Floor(position + Rounding), side), episode.TrustOf((int)Math.Ceiling(position - Rounding), side));
        }

        Targets = new(side, strokes, times, frames, fps, PerformanceStyle.Neutral, Pad);
    }

    /// <summary>The camera in the frame of a right hand.</summary>
    public OverheadCamera Camera { get; }

    /// <summary>Where a point appears: 0 the wrist, 1 to 5 the fingertips from the thumb.</summary>
    public Vector2 Seen(int frame, int point) => _seen[frame * RecordedEpisode.PointCount + point];

    /// <summary>How far what is seen as a fingertip is in front of its pad, along the finger, metres.</summary>
    public float TipAhead { get; }

    /// <summary>Whether the fingers' joints were seen, too.</summary>
    public bool HasJoints => _joints.Length > 0;

    /// <summary>Where a finger's joint appears: segment 0 for the knuckle to 2 for the outermost.</summary>
    public Vector2 Joint(int frame, int slot, int segment) => _joints[frame * RecordedEpisode.JointCount + 3 * slot + segment];

    /// <summary>In which frames it was seen at all.</summary>
    public bool[] IsSeen => Array.ConvertAll(_trust, trust => trust > 0);

    /// <summary>How far what is seen in a frame can be believed, 0 to 1.</summary>
    public float Trust(int frame) => _trust[frame];

    /// <summary>Where its pads should be for its strokes.</summary>
    public StrokeTargets Targets { get; }

    private static Vector2[] Resampled(RecordedEpisode episode, HandSide side, int frames, double fps, int points, Func<int, int, (Vector2 Place, double Weight)> at)
    {
        var count = episode.FrameCount;
        var strength = PathSmoother.Strength(Following, episode.Fps);
        var (across, along, own) = (new double[count], new double[count], new double[count]);
        var seen = new Vector2[frames * points];
        for (var point = 0; point < points; point++)
        {
            for (var i = 0; i < count; i++)
            {
                (var place, own[i]) = at(i, point);
                (across[i], along[i]) = (own[i] * (side == HandSide.Left ? -place.X : place.X), own[i] * place.Y);
            }

            var (x, z) = (PathSmoother.Solve(across, own, strength), PathSmoother.Solve(along, own, strength));
            for (var frame = 0; frame < frames; frame++)
            {
                var position = Math.Clamp(frame / fps * episode.Fps, 0, count - 1);
                seen[frame * points + point] = new((float)CubicAt(x, position), (float)CubicAt(z, position));
            }
        }

        return seen;
    }

    // Where a pad appears: behind what was seen of its fingertip, by as much of the last bone as is between them.
    private Vector2 Pad(int frame, int slot)
    {
        const float LastBone = 0.024f;
        var tip = Seen(frame, slot + 1);
        return HasJoints ? Vector2.Lerp(tip, Joint(frame, slot, 2), TipAhead / LastBone) : tip;
    }

    // A point that leaps away and back is a mistake, unless the whole hand does; a hand that is exactly where it was is a
    // picture that came twice.
    private static double[] Weights(RecordedEpisode episode, HandSide side)
    {
        const int Points = RecordedEpisode.PointCount;
        var weights = new double[episode.FrameCount * Points];
        Span<float> near = stackalloc float[5];
        Span<Vector2> leaps = stackalloc Vector2[Points];
        Span<float> sorted = stackalloc float[Points];
        for (var i = 0; i < episode.FrameCount; i++)
        {
            for (var point = 0; point < Points; point++)
            {
                var place = episode.Points(i, side)[point];
                for (var axis = 0; axis < 2; axis++)
                {
                    for (var k = 0; k < near.Length; k++) near[k] = episode.Points(Math.Clamp(i + k - 2, 0, episode.FrameCount - 1), side)[point][axis];
                    near.Sort();
                    leaps[point][axis] = place[axis] - near[2];
                }
            }

            var hand = Vector2.Zero;
            for (var axis = 0; axis < 2; axis++)
            {
                for (var point = 0; point < Points; point++) sorted[point] = leaps[point][axis];
                sorted.Sort();
                hand[axis] = (sorted[Points / 2 - 1] + sorted[Points / 2]) / 2;
            }

            var repeated = i > 0 && episode.Points(i, side).SequenceEqual(episode.Points(i - 1, side));
            var trust = Math.Max(LeastWeight, episode.TrustOf(i, side));
            for (var point = 0; point < Points; point++) weights[i * Points + point] = trust * (repeated || Vector2.Distance(leaps[point], hand) > Jump ? JumpWeight : 1);
        }

        return weights;
    }

    // Catmull and Rom's curve through the samples.
    private static double CubicAt(double[] values, double position)
    {
        var i = Math.Min((int)position, values.Length - 1);
        var t = position - i;
        var (a, b, c, d) = (values[Math.Max(0, i - 1)], values[i], values[Math.Min(values.Length - 1, i + 1)], values[Math.Min(values.Length - 1, i + 2)]);
        return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
}
