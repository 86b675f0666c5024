using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Body;

/// <summary>A humanoid's hand as solvers take it: straight fingers along −x, palm down, and what turns the hand at rest into it.</summary>
public sealed class HumanoidHand
{
    // The farthest that a finger of the flat hand points sideways, radians; thumbs lie as ours does.
    private const float Splay = 0.2f;

    // Times the usual thickness.
    private const float Thinnest = 0.5f, Thickest = 2;

    /// <summary>A last bone that ends nowhere is about as long as this times the one before it.</summary>
    public const float LastBone = 0.85f;

    private static readonly Finger[] Long = [Finger.Index, Finger.Middle, Finger.Ring, Finger.Little];

    private readonly Quaternion[] _alignments = new Quaternion[HandJoint.Count];

    private HumanoidHand(HandSkeleton skeleton)
    {
        (Skeleton, Fingers) = (skeleton, [.. Core.Fingering.Fingers.All.Except(skeleton.Lacking)]);
        Array.Fill(_alignments, Quaternion.Identity);
    }

    /// <summary>A hand that lies at rest in the humanoid as solvers take it: straight out, palm down.</summary>
    public static HumanoidHand Of(HandSkeleton skeleton) => new(skeleton);

    /// <summary>Measures a hand.</summary>
    /// <param name="humanoid">Whose.</param>
    /// <param name="side">Which; it needs a wrist, a thumb, an index finger and another one, all whole.</param>
    /// <exception cref="ArgumentException">It has not.</exception>
    public HumanoidHand(Humanoid humanoid, HandSide side)
    {
        ArgumentNullException.ThrowIfNull(humanoid);
        bool Whole(Finger finger) => Enumerable.Range(0, HumanoidBones.FingerJoints).All(joint => humanoid.Has(HumanoidBones.Joint(side, finger, joint)));
        var found = Long.Where(Whole).ToList();
        if (!humanoid.Has(HumanoidBones.Hand(side)) || !Whole(Finger.Thumb) || !Whole(Finger.Index) || found.Count < 2)
        {
            throw new ArgumentException($"The {side.Name()} hand cannot play: it needs a wrist, a thumb and two fingers, one of them the index finger, each of three joints.", nameof(humanoid));
        }

        Fingers = [Finger.Thumb, .. found];
        var mirror = side == HandSide.Left;

        // As a right hand.
        Vector3 At(string bone) => mirror ? HandMirror.Point(humanoid[bone]) : humanoid[bone];
        var wrist = At(HumanoidBones.Hand(side));
        Vector3 Knuckle(Finger finger) => At(HumanoidBones.Joint(side, finger, 0)) - wrist;
        var middle = found.Contains(Finger.Middle) ? Finger.Middle : found[^1];
        var palm = Rotation.BetweenFrames(Knuckle(middle), Knuckle(Finger.Index) - Knuckle(found[^1]), -Vector3.UnitX, Vector3.UnitZ);
        var fingers = new FingerBones[5];
        _alignments[HandJoint.Wrist] = palm;
        foreach (var finger in Fingers)
        {
            Vector3[] points = [.. Enumerable.Range(0, HumanoidBones.FingerJoints).Select(joint => Vector3.Transform(At(HumanoidBones.Joint(side, finger, joint)) - wrist, palm))];
            var tip = humanoid.Has(HumanoidBones.Tip(side, finger))
                ? Vector3.Transform(At(HumanoidBones.Tip(side, finger)) - wrist, palm)
                : points[2] + LastBone * (points[2] - points[1]);
            var direction = finger == Finger.Thumb ? FingerBones.ThumbDirection : Flat(points[1] - points[0]);
            fingers[(int)finger - 1] = new(points[0], direction, Vector3.Distance(points[0], points[1]), Vector3.Distance(points[1], points[2]), Vector3.Distance(points[2], tip));
            Vector3[] bones = [points[1] - points[0], points[2] - points[1], tip - points[2]];
            for (var joint = 0; joint < bones.Length; joint++) _alignments[HandJoint.First(finger) + joint] = Rotation.Between(bones[joint], direction) * palm;
        }

        foreach (var missing in Core.Fingering.Fingers.All.Except(Fingers))
        {
            // Nobody sees it move; it lies in its neighbour.
            fingers[(int)missing - 1] = fingers[(int)found.MinBy(finger => Math.Abs((int)finger - (int)missing)) - 1];
            for (var joint = 0; joint < HumanoidBones.FingerJoints; joint++) _alignments[HandJoint.First(missing) + joint] = palm;
        }

        var right = HandSkeleton.Of(fingers, usual => Thickness(humanoid, side, usual), [.. Core.Fingering.Fingers.All.Except(Fingers)]);
        Skeleton = mirror ? right.Mirrored() : right;
        if (!mirror) return;
        for (var i = 0; i < _alignments.Length; i++) _alignments[i] = HandMirror.Rotation(_alignments[i]);
    }

    /// <summary>The fingers that it has.</summary>
    public IReadOnlyList<Finger> Fingers { get; }

    /// <summary>The hand as solvers take it.</summary>
    public HandSkeleton Skeleton { get; }

    /// <summary>What turns the humanoid at rest into the solvers' hand of this side at rest, for what hangs on a joint.</summary>
    /// <param name="joint">One of the 16 joints of <see cref="HandJoint"/>.</param>
    public Quaternion Alignment(int joint) => _alignments[joint];

    /// <summary>Turns the bones of a hand as a pose has them.</summary>
    /// <param name="humanoid">Whose hand it is.</param>
    /// <param name="side">Which.</param>
    /// <param name="pose">The pose, of the solvers' hand.</param>
    /// <param name="skeleton">That hand.</param>
    /// <param name="set">Told each bone and what turns it from its rest.</param>
    internal void Turn(Humanoid humanoid, HandSide side, HandPose pose, HandSkeleton skeleton, Action<string, Quaternion> set)
    {
        Span<Vector3> points = stackalloc Vector3[HandJoint.PointCount];
        Span<Quaternion> orientations = stackalloc Quaternion[HandJoint.Count];
        ForwardKinematics.Points(skeleton, pose, points, orientations);
        set(HumanoidBones.Hand(side), orientations[HandJoint.Wrist] * Alignment(HandJoint.Wrist));
        foreach (var finger in Fingers)
        {
            for (var joint = 0; joint < HumanoidBones.FingerJoints; joint++)
            {
                var number = HandJoint.First(finger) + joint;
                set(HumanoidBones.Joint(side, finger, joint), orientations[number] * Alignment(number));
            }

            if (humanoid.Has(HumanoidBones.Tip(side, finger))) set(HumanoidBones.Tip(side, finger), orientations[HandJoint.First(finger) + HumanoidBones.FingerJoints - 1] * Alignment(HandJoint.First(finger) + HumanoidBones.FingerJoints - 1));
        }
    }

    // As thick as it is known to be; what is not known is usual. No more than so many times thinner or thicker: gloves and claws are not flesh.
    private static HandThickness Thickness(Humanoid humanoid, HandSide side, HandThickness usual)
    {
        float Of(Finger finger, int bone, float known) =>
            humanoid.Shape.Thickness.TryGetValue(HumanoidBones.Joint(side, finger, bone), out var thickness) ? Math.Clamp(thickness, Thinnest * known, Thickest * known) : known;
        return usual.With(Of, usual.Palm);
    }

    // The direction of a straight finger in the plane of the palm.
    private static Vector3 Flat(Vector3 bone)
    {
        var angle = Math.Clamp(MathF.Atan2(bone.Z, -bone.X), -Splay, Splay);
        var (sin, cos) = MathF.SinCos(angle);
        return new(-cos, 0, sin);
    }
}
