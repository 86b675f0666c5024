using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Shapes;

/// <summary>
/// How much each joint moves each corner of the skin. Along a finger the joints hand over around their places; across the
/// webs fingers share; the ball of the thumb goes with thumb and palm by nearness; the wrist hands over to the forearm.
/// Then the shares are evened out along the skin, never through the air between fingers.
/// </summary>
internal sealed class SkinWeights
{
    /// <summary>The joints and the forearm.</summary>
    public const int Bones = HandJoint.Count + 1;

    /// <summary>Number of the forearm after the 16 joints.</summary>
    public const int Forearm = HandJoint.Count;

    private const int Evenings = 2;

    private readonly HandSurface _surface;

    public SkinWeights(HandSurface surface) => _surface = surface;

    /// <summary>Weights of all corners, [corners × 17], each corner's adding up to 1, at most four of them not 0.</summary>
    public float[] Of(IReadOnlyList<Vector3> positions, IReadOnlyList<int> indices)
    {
        var weights = new float[positions.Count * Bones];
        for (var i = 0; i < positions.Count; i++) Write(positions[i], weights.AsSpan(i * Bones, Bones));
        for (var i = 0; i < Evenings; i++) weights = Evened(weights, indices);
        for (var i = 0; i < positions.Count; i++) KeepFour(weights.AsSpan(i * Bones, Bones));
        return weights;
    }

    /// <summary>Keeps the four largest shares.</summary>
    public static void KeepFour(Span<float> weights)
    {
        Span<float> sorted = stackalloc float[Bones];
        weights.CopyTo(sorted);
        sorted.Sort();
        var least = MathF.Max(sorted[Bones - 4], 0.004f);
        var (sum, kept) = (0f, 0);
        foreach (ref var weight in weights)
        {
            if (weight < least || kept == 4) weight = 0;
            else kept++;
            sum += weight;
        }

        foreach (ref var weight in weights) weight /= sum;
    }

    private void Write(Vector3 point, Span<float> weights)
    {
        // Which finger, and how far it is the finger rather than the palm.
        Span<float> shares = stackalloc float[5];
        var (own, least) = (1, float.MaxValue);
        for (var i = 1; i < 5; i++)
        {
            var distance = MathF.Max(0, _surface.Fingers[i].Distance(point));
            shares[i] = MathF.Exp(-distance / 2.5f);
            if (distance < least) (own, least) = (i, distance);
        }

        var place = _surface.Fingers[own].Locate(point).Place;
        var alone = Smooth(10, 22, place);
        var sum = shares[1] + shares[2] + shares[3] + shares[4];
        for (var i = 1; i < 5; i++) shares[i] = float.Lerp(shares[i] / sum, i == own ? 1 : 0, alone);

        var palm = 0f;
        for (var i = 1; i < 5; i++)
        {
            if (shares[i] == 0) continue;
            var finger = _surface.Fingers[i];
            var along = finger.Locate(point).Place;
            Chain(finger, along, shares[i], weights);
            palm += shares[i] * (1 - Smooth(-11, 13, along));
        }

        weights[HandJoint.Wrist] += palm;
        ShareWithThumb(point, weights);
        var arm = Smooth(-10, 34, point.X);
        foreach (ref var weight in weights[..Forearm]) weight *= 1 - arm;
        weights[Forearm] = arm;
    }

    private static void Chain(FingerShape finger, float along, float share, Span<float> weights)
    {
        var first = HandJoint.First(finger.Finger);
        var knuckle = Smooth(-11, 13, along);
        var girth = FingerShape.Girth(finger.Finger);
        var middle = Smooth(finger.Places[1] - 8 * girth, finger.Places[1] + 8 * girth, along);
        var outer = Smooth(finger.Places[2] - 6.5f * girth, finger.Places[2] + 6.5f * girth, along);
        weights[first] += share * knuckle * (1 - middle);
        weights[first + 1] += share * knuckle * middle * (1 - outer);
        weights[first + 2] += share * knuckle * middle * outer;
    }

    // The palm's and fingers' share gives way to the thumb's by how near either's bones are.
    private void ShareWithThumb(Vector3 point, Span<float> weights)
    {
        var thumb = _surface.Fingers[0];
        var (along, _) = thumb.Locate(point);
        var away = MathF.Max(0, SegmentDistance(point, _surface.Points[13], _surface.Points[14]) - 6);
        if (along > thumb.Places[1]) away = MathF.Max(0, thumb.Distance(point));
        var palm = float.MaxValue;
        for (var i = 1; i < 5; i++)
        {
            var knuckle = _surface.Points[HandJoint.First((Finger)(i + 1))];
            var bone = SegmentDistance(point, new(-12, 0, 9 - 8 * (i - 1)), knuckle);
            palm = MathF.Min(palm, MathF.Min(bone, MathF.Max(0, _surface.Fingers[i].Distance(point)) + 8));
        }

        var share = Smooth(0.30f, 0.72f, palm / (palm + away + 1e-3f)) * Smooth(-14, 24, along);
        share = MathF.Max(share, Smooth(0.75f, 1, palm / (palm + away + 1e-3f)) * Smooth(0, 24, along));
        if (share == 0) return;
        foreach (ref var weight in weights) weight *= 1 - share;
        var first = HandJoint.First(Finger.Thumb);
        var middle = Smooth(thumb.Places[1] - 10, thumb.Places[1] + 10, along);
        var outer = Smooth(thumb.Places[2] - 8, thumb.Places[2] + 8, along);
        weights[first] += share * (1 - middle);
        weights[first + 1] += share * middle * (1 - outer);
        weights[first + 2] += share * middle * outer;
    }

    private static float[] Evened(float[] weights, IReadOnlyList<int> indices)
    {
        var sums = new float[weights.Length];
        var counts = new int[weights.Length / Bones];
        for (var i = 0; i < indices.Count; i++)
        {
            // Each edge is in two triangles, once in either direction.
            var (from, to) = (indices[i], indices[i % 3 == 2 ? i - 2 : i + 1]);
            counts[to]++;
            for (var bone = 0; bone < Bones; bone++) sums[to * Bones + bone] += weights[from * Bones + bone];
        }

        for (var i = 0; i < weights.Length; i++) sums[i] = (weights[i] + sums[i] / counts[i / Bones]) / 2;
        return sums;
    }

    private static float SegmentDistance(Vector3 point, Vector3 from, Vector3 to)
    {
        var way = to - from;
        return Vector3.Distance(point, from + way * Math.Clamp(Vector3.Dot(point - from, way) / way.LengthSquared(), 0, 1));
    }

    private static float Smooth(float low, float high, float value)
    {
        var part = Math.Clamp((value - low) / (high - low), 0, 1);
        return part * part * (3 - 2 * part);
    }
}
