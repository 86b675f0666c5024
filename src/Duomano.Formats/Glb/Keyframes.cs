using System.Numerics;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Formats.Glb;

/// <summary>Keyframes of a track, without those that a straight line between their neighbours gives anyway (Douglas and Peucker 1973).</summary>
internal static class Keyframes
{
    // Far below what is seen: a hundredth of a degree, a fiftieth of a millimetre.
    private const float AngleTolerance = 2e-4f;
    private const float PlaceTolerance = 2e-5f;

    // Digits below these steps say nothing, but are what keeps a file from being compressed.
    private const float RotationStep = 1f / 32768;
    private const float PlaceStep = 1f / 131072;

    // Lines are sought within so many frames, or long restless tracks would take quadratic time.
    private const int BlockLength = 128;

    /// <summary>A joint's rotations, neighbours on the same half of the sphere of quaternions.</summary>
    public static Dictionary<float, Quaternion> Rotations(HandTrack track, int joint, double fps)
    {
        var values = new Quaternion[track.FrameCount];
        for (var frame = 0; frame < values.Length; frame++) values[frame] = Rotation.FromAxisAngle(track.JointRotation(frame, joint));

        return Rotations(values, fps);
    }

    /// <summary>Keyframes of one rotation a frame; the values are changed.</summary>
    public static Dictionary<float, Quaternion> Rotations(Quaternion[] values, double fps)
    {
        for (var frame = 0; frame < values.Length; frame++)
        {
            values[frame] = Quaternion.Normalize(values[frame]);
            if (frame > 0 && Quaternion.Dot(values[frame - 1], values[frame]) < 0) values[frame] = -values[frame];
            values[frame] = new(Rounded(values[frame].X, RotationStep), Rounded(values[frame].Y, RotationStep), Rounded(values[frame].Z, RotationStep), Rounded(values[frame].W, RotationStep));
        }

        return Select(values, fps, (from, to, part, value) => Angle(Quaternion.Slerp(from, to, part), value) is > AngleTolerance and var angle ? angle : 0);
    }

    /// <summary>The wrist's places.</summary>
    public static Dictionary<float, Vector3> Places(HandTrack track, double fps) => Places([.. Enumerable.Range(0, track.FrameCount).Select(track.Wrist)], fps);

    /// <summary>Keyframes of one place a frame; the values are changed.</summary>
    public static Dictionary<float, Vector3> Places(Vector3[] values, double fps)
    {
        for (var frame = 0; frame < values.Length; frame++) values[frame] = Rounded(values[frame]);
        return Select(values, fps, (from, to, part, value) => Vector3.Distance(Vector3.Lerp(from, to, part), value) is > PlaceTolerance and var distance ? distance : 0);
    }

    private static float Rounded(float value, float step) => MathF.Round(value / step) * step;

    private static Vector3 Rounded(Vector3 place) => new(Rounded(place.X, PlaceStep), Rounded(place.Y, PlaceStep), Rounded(place.Z, PlaceStep));

    private static float Angle(Quaternion a, Quaternion b) => 2 * (new Vector3(a.X, a.Y, a.Z) * b.W - new Vector3(b.X, b.Y, b.Z) * a.W - Vector3.Cross(new(a.X, a.Y, a.Z), new(b.X, b.Y, b.Z))).Length();

    // The error function gives 0 for what is close enough.
    private static Dictionary<float, T> Select<T>(T[] values, double fps, Func<T, T, float, T, float> error)
    {
        var result = new Dictionary<float, T>();
        if (values.Length == 0) return result;
        var keep = new bool[values.Length];
        var last = values.Length - 1;
        keep[0] = true;

        // What never moves needs one keyframe.
        if (values.Any(value => error(values[0], values[0], 0, value) > 0))
        {
            for (var start = 0; start < last; start += BlockLength) Keep(values, start, Math.Min(start + BlockLength, last), keep, error);
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (keep[i]) result[(float)(i / fps)] = values[i];
        }

        return result;
    }

    private static void Keep<T>(T[] values, int first, int last, bool[] keep, Func<T, T, float, T, float> error)
    {
        keep[first] = keep[last] = true;
        var spans = new Stack<(int From, int To)>([(first, last)]);
        while (spans.TryPop(out var span))
        {
            var (worst, at) = (0f, -1);
            for (var i = span.From + 1; i < span.To; i++)
            {
                var difference = error(values[span.From], values[span.To], (float)(i - span.From) / (span.To - span.From), values[i]);
                if (difference > worst) (worst, at) = (difference, i);
            }

            if (at < 0) continue;
            keep[at] = true;
            spans.Push((span.From, at));
            spans.Push((at, span.To));
        }
    }
}
