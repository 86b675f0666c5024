using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using static Duomano.Training.Running.RecipeCheck;

namespace Duomano.Training.Motion;

/// <summary>
/// Moves the wrists of a motion slowly hither and thither while the fingertips stay where they are, so that gestures learn to
/// reach the keys from where a predictor puts the wrist, which is never quite where the performer had it.
/// </summary>
public sealed record WristSpread
{
    // Farthest that the hand turns to reach back, radians.
    private const float MostTurn = 0.35f;

    // What turning a knuckle sideways costs, metres a radian; keeps fingers from spinning under it.
    private const float Steadiness = 0.001f;

    /// <summary>Standard deviation along the keyboard, metres.</summary>
    public double Along { get; init => field = AtLeastZero(value); } = 0.014;

    /// <summary>Standard deviation of the height, metres.</summary>
    public double Up { get; init => field = AtLeastZero(value); } = 0.005;

    /// <summary>Standard deviation into the keyboard and out of it, metres.</summary>
    public double Inwards { get; init => field = AtLeastZero(value); } = 0.008;

    /// <summary>Frames from one independent displacement to the next.</summary>
    public int DriftFrames { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(DriftFrames)} is at least 1."); } = 20;

    /// <summary>A motion with displaced wrists whose fingers reach as near to where they were as they can.</summary>
    /// <param name="track">The motion.</param>
    /// <param name="skeleton">Its hand.</param>
    /// <param name="random">Draws the displacements.</param>
    public HandTrack Displace(HandTrack track, HandSkeleton skeleton, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(track);
        ArgumentNullException.ThrowIfNull(skeleton);
        ArgumentNullException.ThrowIfNull(random);
        if (skeleton.Side == HandSide.Left) return HandMirror.Track(Displace(HandMirror.Track(track), skeleton.Mirrored(), random));
        var chains = Fingers.All.Select(finger => new FingerChain(skeleton, finger)).ToArray();
        var knots = Enumerable.Range(0, track.FrameCount / DriftFrames + 2).Select(_ => Draw(random)).ToArray();
        var displaced = new HandTrack(track.FrameCount);
        var pose = new HandPose();
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            track.GetPose(frame, pose);
            var knot = frame / DriftFrames;
            var way = frame % DriftFrames / (float)DriftFrames;
            var by = Vector3.Lerp(knots[knot], knots[knot + 1], way * way * (3 - 2 * way));
            Reach(pose, chains, by);
            displaced.SetPose(frame, pose);
        }

        return displaced;
    }

    private static void Reach(HandPose pose, FingerChain[] chains, Vector3 by)
    {
        var orientation = Rotation.FromAxisAngle(pose.Rotations[HandJoint.Wrist]);
        var reach = chains.Select(chain => (Chain: chain, Angles: chain.Read(pose))).ToArray();
        var pads = Array.ConvertAll(reach, finger => Vector3.Transform(finger.Chain.Pad(finger.Angles), orientation));

        // The hand turns towards where its fingers were; what is left, the fingers do.
        var middle = pads[(int)Finger.Middle - 1];
        var turn = Math.Clamp(MathF.Atan2(middle.X, -middle.Z) - MathF.Atan2(middle.X - by.X, by.Z - middle.Z), -MostTurn, MostTurn);
        orientation = Quaternion.CreateFromAxisAngle(Vector3.UnitY, turn) * orientation;
        pose.Wrist += by;
        pose.Rotations[HandJoint.Wrist] = Rotation.Nearest(Rotation.ToAxisAngle(orientation), pose.Rotations[HandJoint.Wrist]);
        var toHand = Quaternion.Conjugate(orientation);
        var up = Vector3.Transform(Vector3.UnitY, toHand);
        for (var i = 0; i < reach.Length; i++)
        {
            // Out of reach, the height counts most: a key is held down from anywhere on it.
            var (chain, angles) = reach[i];
            chain.Write(FingerIk.Solve(chain, Vector3.Transform(pads[i] - by, toHand), angles, up, Steadiness).Angles, pose);
        }
    }

    private Vector3 Draw(SeededRandom random) => new(
        (float)(random.NextGaussian() * Along), (float)(random.NextGaussian() * Up), (float)(random.NextGaussian() * Inwards));
}
