using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>Whether living hands could move like this. Shares are of all frames.</summary>
/// <param name="BeyondJointLimits">Share with a joint of either hand turned beyond its limits by more than a degree.</param>
/// <param name="BelowKeyBed">Share with a fingertip more than a millimetre deeper than a key goes.</param>
/// <param name="FingersPenetrating">Share with two fingers of one hand over 2 mm in each other.</param>
/// <param name="HandsPenetrating">Share with the two hands over 2 mm in each other.</param>
/// <param name="Penetrating">Share with either: fingers or hands.</param>
/// <param name="WristJerk">Mean size of the third derivative of the wrists' positions, m/s³.</param>
/// <param name="FingertipJerk">Mean size of the third derivative of the fingertips' positions, m/s³.</param>
public sealed record PhysicalMeasures(
    double BeyondJointLimits, double BelowKeyBed, double FingersPenetrating, double HandsPenetrating, double Penetrating, double WristJerk, double FingertipJerk)
{
    /// <summary>How far a joint may be turned beyond its limits, radians.</summary>
    public const float JointTolerance = MathF.PI / 180;

    /// <summary>How far below the key bed a fingertip may be, metres.</summary>
    public const float BedTolerance = KeyBed.Tolerance;

    /// <summary>How deep two parts may be in each other, metres.</summary>
    public const float PenetrationTolerance = HandCapsules.Tolerance;

    /// <summary>Measures a motion.</summary>
    /// <exception cref="ArgumentException">It has no frames, or one with a value that is no finite number.</exception>
    public static PhysicalMeasures Measure(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (clip.FrameCount == 0) throw new ArgumentException("A motion without frames cannot be measured.", nameof(clip));
        var points = PerHand.Create(clip.Points);
        var capsules = clip.Skeletons.Map(skeleton => new HandCapsules(skeleton));
        var limits = clip.Skeletons.Map(JointLimits.Of);
        int beyond = 0, below = 0, fingers = 0, hands = 0, either = 0;
        var pose = new HandPose();
        PerHand<Vector3[]> ends = new(new Vector3[HandCapsules.EndCount], new Vector3[HandCapsules.EndCount]);
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            if (!IsFinite(points, frame)) throw new ArgumentException($"Frame {frame} has a hand at no finite place; such a motion cannot be measured.", nameof(clip));
            bool turned = false, deep = false, tangled = false;
            foreach (var side in HandSides.Both)
            {
                var own = Frame(points[side], frame);
                clip.Hands[side].GetPose(frame, pose);
                turned |= limits[side].Excess(pose) > JointTolerance;
                deep |= IsBelowBed(own);
                capsules[side].Place(pose, ends[side]);
                tangled |= capsules[side].DeepestBetweenFingers(ends[side]) > PenetrationTolerance;
            }

            if (turned) beyond++;
            if (deep) below++;
            if (tangled) fingers++;
            var collided = capsules.Left.DeepestWith(ends.Left, capsules.Right, ends.Right) > PenetrationTolerance;
            if (collided) hands++;
            if (tangled || collided) either++;
        }

        double count = clip.FrameCount;
        return new(
            beyond / count, below / count, fingers / count, hands / count, either / count,
            Jerk(points, clip, [HandJoint.Wrist]), Jerk(points, clip, [.. Fingers.All.Select(HandJoint.Tip)]));
    }

    /// <summary>Several clips together, each weighted by its frames.</summary>
    internal static PhysicalMeasures Combine(IReadOnlyList<(PhysicalMeasures Measures, int Frames)> parts)
    {
        double frames = parts.Sum(part => (long)part.Frames);
        // Shares first: the mean of one is then exactly itself.
        double Mean(Func<PhysicalMeasures, double> value) => parts.Sum(part => value(part.Measures) * (part.Frames / frames));
        return new(
            Mean(part => part.BeyondJointLimits), Mean(part => part.BelowKeyBed), Mean(part => part.FingersPenetrating),
            Mean(part => part.HandsPenetrating), Mean(part => part.Penetrating), Mean(part => part.WristJerk), Mean(part => part.FingertipJerk));
    }

    private static ReadOnlySpan<Vector3> Frame(Vector3[] points, int frame) =>
        points.AsSpan(frame * HandJoint.PointCount, HandJoint.PointCount);

    // What is no number would count as within every limit.
    private static bool IsFinite(PerHand<Vector3[]> points, int frame)
    {
        foreach (var side in HandSides.Both)
        {
            foreach (var point in Frame(points[side], frame))
            {
                if (!float.IsFinite(point.X + point.Y + point.Z)) return false;
            }
        }

        return true;
    }

    private static bool IsBelowBed(ReadOnlySpan<Vector3> points)
    {
        foreach (var finger in Fingers.All)
        {
            if (KeyBed.IsBelow(points[HandJoint.Tip(finger)])) return true;
        }

        return false;
    }

    private static double Jerk(PerHand<Vector3[]> points, TwoHandClip clip, int[] which)
    {
        if (clip.FrameCount < 4) return 0;
        double sum = 0;
        foreach (var side in HandSides.Both)
        {
            for (var frame = 3; frame < clip.FrameCount; frame++)
            {
                foreach (var point in which)
                {
                    var (p3, p2, p1, p0) = (At(frame), At(frame - 1), At(frame - 2), At(frame - 3));
                    sum += (p3 - 3 * p2 + 3 * p1 - p0).Length();

                    Vector3 At(int index) => points[side][index * HandJoint.PointCount + point];
                }
            }
        }

        return sum / (2.0 * which.Length * (clip.FrameCount - 3)) * Math.Pow(clip.Fps, 3);
    }
}
