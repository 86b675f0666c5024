using System.Numerics;
using Duomano.Core.Fingering;

namespace Duomano.Core.Hands;

/// <summary>
/// A hand as collision capsules around its bones, to find out where two parts of hands are in one place. Neighbouring
/// fingers share the web between their knuckles. Works on either side's hand.
/// </summary>
public sealed class HandCapsules
{
    /// <summary>How deep two parts may be in each other, for hands are soft, metres.</summary>
    public const float Tolerance = 0.002f;

    /// <summary>How many points the capsules lie between: the hand's 21 points, then the axis' end in each fingertip, thumb first.</summary>
    public const int EndCount = HandJoint.PointCount + 5;

    // The web reaches this far along the first bones of neighbouring fingers.
    private const float WebShare = 0.45f;

    private readonly HandSkeleton _skeleton;
    private readonly HandCapsule[] _capsules;
    private readonly (int Own, int Other)[] _betweenFingers;
    private readonly Vector3[] _tips = new Vector3[5];
    private readonly float _reach;

    /// <summary>The capsules of a hand.</summary>
    public HandCapsules(HandSkeleton skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        _skeleton = skeleton;
        var thickness = skeleton.Thickness;
        var capsules = new List<HandCapsule>();
        foreach (var finger in Fingers.All)
        {
            var (first, slot) = (HandJoint.First(finger), (int)finger - 1);
            capsules.Add(new(HandJoint.Wrist, first, thickness.Palm, null, 0));

            // The thumb's first bone lies in the palm.
            capsules.Add(new(first, first + 1, thickness.Of(finger, 0), finger == Finger.Thumb ? null : finger, 0));
            capsules.Add(new(first + 1, first + 2, thickness.Of(finger, 1), finger, 1));
            var tip = thickness.Of(finger, 2);
            capsules.Add(new(first + 2, HandJoint.PointCount + slot, tip, finger, 2));

            // The pad lies on the skin, the axis in the middle: below the pad's end by the radius, and as far from the nail's end.
            var bone = Vector3.Normalize(skeleton.Bone(first + 2));
            var pad = skeleton.Bone(HandJoint.Tip(finger));
            var along = Vector3.Dot(pad, bone);
            _tips[slot] = bone * MathF.Max(along + 0.003f * skeleton.Size - tip, 0.3f * along);
        }

        _capsules = [.. capsules];
        _betweenFingers =
        [
            .. from i in Enumerable.Range(0, _capsules.Length)
               from j in Enumerable.Range(0, i)
               where AreTested(_capsules[i], _capsules[j]) && !Lacks(_capsules[i]) && !Lacks(_capsules[j])
               select (j, i),
        ];
        foreach (var point in skeleton.Points) _reach = MathF.Max(_reach, point.Length());
        _reach += thickness.Palm;
    }

    /// <summary>The capsules: palm, three bones; thumb first.</summary>
    public IReadOnlyList<HandCapsule> Capsules => _capsules;

    /// <summary>Computes the points that the capsules lie between.</summary>
    /// <param name="pose">The hand's pose.</param>
    /// <param name="ends">Receives <see cref="EndCount"/> points in the piano frame, metres; the first 21 are the hand's.</param>
    public void Place(HandPose pose, Span<Vector3> ends)
    {
        Span<Quaternion> orientations = stackalloc Quaternion[HandJoint.Count];
        ForwardKinematics.Points(_skeleton, pose, ends[..HandJoint.PointCount], orientations);
        foreach (var finger in Fingers.All)
        {
            var (slot, last) = ((int)finger - 1, HandJoint.First(finger) + 2);
            ends[HandJoint.PointCount + slot] = ends[last] + Vector3.Transform(_tips[slot], orientations[last]);
        }
    }

    /// <summary>From a finger's outermost joint to the axis' end in its fingertip, at rest, metres.</summary>
    public Vector3 FingertipAxis(Finger finger) => _tips[(int)finger - 1];

    /// <summary>How deep the deepest two fingers of this hand are in each other, metres; 0 or less if they are apart.</summary>
    /// <param name="ends">This hand's <see cref="EndCount"/> points.</param>
    public float DeepestBetweenFingers(ReadOnlySpan<Vector3> ends)
    {
        var deepest = float.NegativeInfinity;
        foreach (var (own, other) in _betweenFingers) deepest = MathF.Max(deepest, Between(own, ends, this, other, ends).Depth);
        return deepest;
    }

    /// <summary>Finds where fingers of this hand touch each other.</summary>
    /// <param name="ends">This hand's <see cref="EndCount"/> points.</param>
    /// <param name="margin">How near counts as touching, metres.</param>
    /// <param name="found">Receives them; those that do not fit are left out.</param>
    /// <returns>How many there are in <paramref name="found"/>.</returns>
    public int FindBetweenFingers(ReadOnlySpan<Vector3> ends, float margin, Span<CapsuleContact> found)
    {
        var count = 0;
        foreach (var (own, other) in _betweenFingers)
        {
            var contact = Between(own, ends, this, other, ends);
            if (contact.Depth > -margin && count < found.Length) found[count++] = contact;
        }

        return count;
    }

    /// <summary>How deep two hands are in each other, metres; 0 or less if they are apart (minus infinity if far apart).</summary>
    /// <param name="ends">This hand's <see cref="EndCount"/> points.</param>
    /// <param name="other">The other hand.</param>
    /// <param name="otherEnds">Its points.</param>
    public float DeepestWith(ReadOnlySpan<Vector3> ends, HandCapsules other, ReadOnlySpan<Vector3> otherEnds)
    {
        ArgumentNullException.ThrowIfNull(other);
        var deepest = float.NegativeInfinity;
        if (AreFarApart(ends, other, otherEnds)) return deepest;
        for (var i = 0; i < _capsules.Length; i++)
        {
            for (var j = 0; j < other._capsules.Length; j++) deepest = MathF.Max(deepest, Between(i, ends, other, j, otherEnds).Depth);
        }

        return deepest;
    }

    private bool Lacks(HandCapsule capsule) => capsule.Finger is { } finger && _skeleton.Lacking.Contains(finger);

    private bool AreFarApart(ReadOnlySpan<Vector3> ends, HandCapsules other, ReadOnlySpan<Vector3> otherEnds)
    {
        var reach = _reach + other._reach;
        return Vector3.DistanceSquared(ends[HandJoint.Wrist], otherEnds[HandJoint.Wrist]) > reach * reach;
    }

    private static bool AreTested(HandCapsule a, HandCapsule b) => a.Finger is { } first && b.Finger is { } second && first != second;

    private CapsuleContact Between(int own, ReadOnlySpan<Vector3> ends, HandCapsules others, int other, ReadOnlySpan<Vector3> otherEnds)
    {
        var (a, b) = (_capsules[own], others._capsules[other]);
        var (aStart, aEnd, bStart, bEnd) = (ends[a.From], ends[a.To], otherEnds[b.From], otherEnds[b.To]);
        var web = ReferenceEquals(this, others) && a.Bone == 0 && b.Bone == 0 ? WebShare : 0;
        if (web > 0) (aStart, bStart) = (Vector3.Lerp(aStart, aEnd, web), Vector3.Lerp(bStart, bEnd, web));
        var (s, t) = Segments.Nearest(aStart, aEnd, bStart, bEnd);
        var apart = Vector3.Lerp(aStart, aEnd, s) - Vector3.Lerp(bStart, bEnd, t);
        var distance = apart.Length();
        var away = distance > 1e-6f ? apart / distance : Vector3.UnitY;
        return new(own, other, a.Radius + b.Radius - distance, away, web + (1 - web) * s, web + (1 - web) * t);
    }
}
