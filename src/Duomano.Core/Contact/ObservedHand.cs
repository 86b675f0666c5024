using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Performing;

namespace Duomano.Core.Contact;

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

    // Room from a pad to its key's edges, metres: across, at the far end and at the front, and between black keys.
    private const float AcrossRoom = 0.0035f;
    private const float EndRoom = 0.012f;
    private const float FrontRoom = 0.006f;
    private const float BlackFrontRoom = 0.005f;
    private const float GapRoom = 0.0055f;

    private readonly Vector2[] _seen;
    private readonly float[] _heights;
    private readonly Vector3[] _contacts;

    /// <summary>Reads a hand.</summary>
    /// <param name="episode">The recording.</param>
    /// <param name="side">Which hand; a left one is mirrored.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="strokes">The hand's strokes.</param>
    /// <param name="times">The same, frame by frame.</param>
    /// <param name="frames">Number of frames wanted.</param>
    /// <param name="fps">How many of them a second has.</param>
    public ObservedHand(RecordedEpisode episode, HandSide side, OverheadCamera camera, List<Stroke> strokes, StrokeTimes times, int frames, double fps)
    {
        Camera = side == HandSide.Left ? camera.Mirrored() : camera;
        (_seen, _heights, _contacts) = (new Vector2[frames * RecordedEpisode.PointCount], new float[frames * 5], new Vector3[frames * 5]);
        Resample(episode, side, frames, fps);
        foreach (var finger in Fingers.All)
        {
            var slot = (int)finger - 1;
            var path = new PadPath([.. strokes.Where(stroke => stroke.Finger == finger)], PerformanceStyle.Neutral);
            for (var frame = 0; frame < frames; frame++)
            {
                _heights[frame * 5 + slot] = path.HeightAt(frame / fps);
                if (times[frame, slot].Stroke is { } stroke) _contacts[frame * 5 + slot] = Contact(stroke, side, Seen(frame, slot + 1), _heights[frame * 5 + slot]);
            }
        }
    }

    /// <summary>The camera in the frame of a right hand.</summary>
    public OverheadCamera Camera { get; }

    /// <summary>Where a point appears: 0 the wrist, 1 to 5 the fingertips from the thumb.</summary>
    public Vector2 Seen(int frame, int point) => _seen[frame * RecordedEpisode.PointCount + point];

    /// <summary>How far a pad should be above what is below it, metres; below the resting top of its key while it is down.</summary>
    public float Height(int frame, int slot) => _heights[frame * 5 + slot];

    /// <summary>Where a pad is on the key of the stroke it is nearest to in time; meaningless far from any.</summary>
    public Vector3 Contact(int frame, int slot) => _contacts[frame * 5 + slot];

    private static Vector3 Contact(Stroke stroke, HandSide side, Vector2 seen, float height)
    {
        var sign = side == HandSide.Left ? -1 : 1;
        var key = stroke.Note.Key;
        var z = Math.Clamp(seen.Y, PianoKey.BackZ + EndRoom, key.IsBlack ? key.FrontZ - BlackFrontRoom : -FrontRoom);
        var (left, right) = key.ExtentX(z);
        var room = MathF.Min((right - left) / 2 - 0.0005f, !key.IsBlack && z < -PianoKey.BlackFront ? GapRoom : AcrossRoom);
        return new(sign * Math.Clamp(sign * seen.X, left + room, right - room), key.TopY + height, z);
    }

    private void Resample(RecordedEpisode episode, HandSide side, int frames, double fps)
    {
        var count = episode.FrameCount;
        var weights = Weights(episode, side);
        var strength = PathSmoother.Strength(Following, episode.Fps);
        var (across, along, own) = (new double[count], new double[count], new double[count]);
        for (var point = 0; point < RecordedEpisode.PointCount; point++)
        {
            for (var i = 0; i < count; i++)
            {
                var place = episode.Points(i, side)[point];
                own[i] = weights[i * RecordedEpisode.PointCount + point];
                (across[i], along[i]) = (own[i] * (side == HandSide.Left ? -place.X : place.X), own[i] * place.Y);
            }

            var (x, z) = (PathSmoother.Solve(across, own, strength), PathSmoother.Solve(along, own, strength));
            for (var frame = 0; frame < frames; frame++)
            {
                var position = Math.Clamp(frame / fps * episode.Fps, 0, count - 1);
                _seen[frame * RecordedEpisode.PointCount + point] = new((float)CubicAt(x, position), (float)CubicAt(z, position));
            }
        }
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
            for (var point = 0; point < Points; point++) weights[i * Points + point] = repeated || Vector2.Distance(leaps[point], hand) > Jump ? JumpWeight : 1;
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
