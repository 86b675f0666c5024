using System.Numerics;
using Duomano.Core.Fingering;

namespace Duomano.Core.Hands;

/// <summary>Where a finger's pad should be.</summary>
/// <param name="Finger">Which finger.</param>
/// <param name="Pad">Metres, in the frame of the wrist pose that is asked for.</param>
/// <param name="Weight">How much it counts beside the other targets.</param>
public readonly record struct FingerTarget(Finger Finger, Vector3 Pad, float Weight = 1);

/// <summary>Where a wrist is and how the hand is turned.</summary>
/// <param name="Position">Metres.</param>
/// <param name="Orientation">Rest axes to the surrounding frame.</param>
public readonly record struct WristPose(Vector3 Position, Quaternion Orientation);

/// <summary>
/// Inverse kinematics of a whole right hand: moves the wrist from where it would like to be only as far as the fingers
/// cannot reach, and bends the fingers to their targets.
/// </summary>
public sealed class HandIk
{
    /// <summary>A steadiness that suits motion, frame after frame: pads stay well within their keys, metres a radian.</summary>
    public const float MotionSteadiness = 0.008f;

    private const int MaxIterations = 25;
    private const float Gain = 1.2f;
    private const float LargestMove = 0.03f;
    private readonly FingerChain[] _chains;

    /// <summary>Prepares the fingers of a right hand.</summary>
    public HandIk(HandSkeleton skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        Skeleton = skeleton;
        _chains = [.. Fingers.All.Select(finger => new FingerChain(skeleton, finger))];
    }

    /// <summary>Prepares the fingers of a hand of either side as if it were a right one.</summary>
    public static HandIk LikeRight(HandSkeleton skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        return new((skeleton.Side == HandSide.Left ? skeleton.Mirrored() : skeleton).Rigid);
    }

    /// <summary>The right hand that is solved for.</summary>
    public HandSkeleton Skeleton { get; }

    /// <summary>A finger's chain.</summary>
    public FingerChain this[Finger finger] => _chains[(int)finger - 1];

    /// <summary>Bends one finger to a target, the wrist standing still.</summary>
    /// <param name="finger">Which finger.</param>
    /// <param name="wrist">The wrist.</param>
    /// <param name="target">The pad's target in the wrist's surrounding frame.</param>
    /// <param name="start">Angles to start from.</param>
    /// <param name="miss">From pad to target, metres, in the surrounding frame.</param>
    /// <param name="emphasis">A direction in the surrounding frame times how much more a miss along it counts.</param>
    /// <param name="steadiness">What turning the knuckle sideways costs, see <see cref="FingerIk"/>.</param>
    public FingerAngles Reach(
        Finger finger, WristPose wrist, Vector3 target, FingerAngles start, out Vector3 miss, Vector3 emphasis = default, float steadiness = 0)
    {
        var inverse = Quaternion.Conjugate(wrist.Orientation);
        var local = Vector3.Transform(target - wrist.Position, inverse);
        var reach = FingerIk.Solve(this[finger], local, start, Vector3.Transform(emphasis, inverse), steadiness);
        miss = Vector3.Transform(reach.Miss, wrist.Orientation);
        return reach.Angles;
    }

    /// <summary>Brings several pads to their targets.</summary>
    /// <param name="targets">At most one a finger.</param>
    /// <param name="preferred">Where the wrist would like to be.</param>
    /// <param name="angles">Five angles, thumb first: where to start; receives the solution. Fingers without a target stay.</param>
    /// <param name="tolerance">How near is near enough, metres.</param>
    /// <param name="turn">Whether the hand may also turn about the vertical axis.</param>
    /// <returns>The wrist, and the largest remaining distance of a pad from its target, metres.</returns>
    public (WristPose Wrist, float Miss) Solve(
        ReadOnlySpan<FingerTarget> targets, WristPose preferred, Span<FingerAngles> angles, float tolerance = 5e-4f, bool turn = true)
    {
        var wrist = preferred;
        var worst = 0f;
        Span<Vector3> limits = stackalloc Vector3[targets.Length];
        for (var i = 0; i < MaxIterations; i++)
        {
            var step = new WristStep(wrist.Position);
            for (var k = 0; k < targets.Length; k++)
            {
                var target = targets[k];
                ref var angle = ref angles[(int)target.Finger - 1];
                angle = Reach(target.Finger, wrist, target.Pad, angle, out var miss);
                step.Add(target.Pad, miss, ref limits[k], target.Weight);
            }

            worst = step.Worst;
            if (worst <= tolerance) break;
            var move = step.Solve() * Gain;
            var length = MathF.Max(1, new Vector3(move.X, move.Y, move.Z).Length() / LargestMove);
            move /= length;
            var orientation = turn ? Quaternion.CreateFromAxisAngle(Vector3.UnitY, move.W) * wrist.Orientation : wrist.Orientation;
            wrist = new(wrist.Position + new Vector3(move.X, move.Y, move.Z), Quaternion.Normalize(orientation));
        }

        return (wrist, worst);
    }
}
