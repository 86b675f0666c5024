using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Performing;

/// <summary>
/// Finds out how a wrist's path must change for the fingers to reach the keys they hold: pass after pass, each frame asks
/// for the smallest step of the wrist, and the path gives in to all of them smoothly.
/// </summary>
internal sealed class WristCorrection(HandIk hand, int frames, IReadOnlyList<FingerAngles> start)
{
    // Misses smaller than this leave the wrist where it is, metres.
    private const float NearEnough = 0.0003f;
    private const float Gain = 1.4f;

    // Weight of staying where all keys are reached already.
    private const float Satisfied = 0.15f;

    // A wrist that has moved by less stands where it stood, metres and quaternion coordinates.
    private const float Stands = 2e-5f;

    private readonly Vector3[] _limits = new Vector3[frames * 5];
    private readonly WristPose[] _satisfied = new WristPose[frames];

    /// <summary>What each frame asks for, times its weight: a shift (x, y, z) and a turn about the vertical axis (w).</summary>
    public Vector4[] Sums { get; } = new Vector4[frames];

    /// <summary>How much each frame's correction counts; 0 where no key is held.</summary>
    public float[] Weights { get; } = new float[frames];

    /// <summary>Looks at every frame once; frames that were satisfied stay so until their wrist moves.</summary>
    /// <param name="wrist">Where the wrist is at a frame.</param>
    /// <param name="held">Where a finger's pad must be at a frame; null while it holds nothing.</param>
    /// <returns>False when every key is reached.</returns>
    public bool FindMisses(Func<int, WristPose> wrist, Func<Finger, int, Vector3?> held)
    {
        Array.Clear(Sums);
        FingerAngles[] angles = [.. start];
        var missed = false;
        for (var frame = 0; frame < frames; frame++)
        {
            var pose = wrist(frame);
            if (Same(pose, _satisfied[frame])) continue;
            Weights[frame] = 0;
            _satisfied[frame] = pose;
            var step = new WristStep(pose.Position);
            var holds = false;
            foreach (var finger in Fingers.All)
            {
                if (held(finger, frame) is not { } target) continue;
                var slot = (int)finger - 1;
                angles[slot] = hand.Reach(finger, pose, target, angles[slot], out var miss);
                step.Add(target, miss, ref _limits[frame * 5 + slot]);
                holds = true;
            }

            if (!holds) continue;
            var misses = step.Worst > NearEnough;
            missed |= misses;
            if (misses) _satisfied[frame] = default;
            Weights[frame] = misses ? 1 : Satisfied;
            Sums[frame] = step.Solve() * (Gain * Weights[frame]);
        }

        return missed;
    }

    private static bool Same(WristPose a, WristPose b) =>
        Vector3.DistanceSquared(a.Position, b.Position) < Stands * Stands && (a.Orientation - b.Orientation).LengthSquared() < Stands * Stands;

    /// <summary>The smooth path of moves that follows one coordinate of the wishes.</summary>
    /// <param name="axis">0 to 2 for the shift, 3 for the turn.</param>
    /// <param name="stay">Weight of not moving where nothing is asked.</param>
    /// <param name="strength">Of the smoothing, see <see cref="PathSmoother.Strength"/>.</param>
    public double[] Moves(int axis, double stay, double strength)
    {
        var (sums, weights) = (new double[frames], new double[frames]);
        for (var i = 0; i < frames; i++)
        {
            sums[i] = Sums[i][axis];
            weights[i] = Weights[i] + stay;
        }

        return PathSmoother.Solve(sums, weights, strength);
    }
}
