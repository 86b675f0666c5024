using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Core.Trajectories;

/// <summary>
/// The 21 numbers that stand for one (right) hand's pose while it is refined: the wrist's place, its turn away from
/// pointing straight into the keys (a rotation vector in the piano frame) and three angles a finger.
/// </summary>
internal static class HandState
{
    public const int Length = 21;

    /// <summary>Index of the first of the turn's three numbers.</summary>
    public const int Turn = 3;

    // A hand that points into the keys, palm down: its rest axes turned a quarter about the vertical.
    private static readonly Quaternion Straight = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -MathF.PI / 2);

    // Up to which frequency hands move, Hz.
    private const double Quickest = 7;

    // The wrist's place on the piano, and its turn, metres and radians.
    private static readonly (double Low, double High)[] PlausibleRanges = [(-0.8, 0.8), (0.03, 0.2), (-0.06, 0.3), (-0.6, 0.6), (-0.9, 0.9), (-0.7, 0.7)];

    /// <summary>Index of a finger's first angle (abduction; flexion and curl follow).</summary>
    public static int Angles(int slot) => 6 + 3 * slot;

    public static Vector3 Wrist(ReadOnlySpan<double> state) => new((float)state[0], (float)state[1], (float)state[2]);

    public static Vector3 TurnOf(ReadOnlySpan<double> state) => new((float)state[3], (float)state[4], (float)state[5]);

    public static Quaternion Orientation(Vector3 turn) => Rotation.FromAxisAngle(turn) * Straight;

    public static FingerAngles Finger(ReadOnlySpan<double> state, int slot)
    {
        var first = Angles(slot);
        return new((float)state[first], (float)state[first + 1], (float)state[first + 2]);
    }

    public static void SetFinger(Span<double> state, int slot, FingerAngles angles)
    {
        var first = Angles(slot);
        (state[first], state[first + 1], state[first + 2]) = (angles.Abduction, angles.Flexion, angles.Curl);
    }

    /// <summary>Reads a pose.</summary>
    public static void Read(HandPose pose, HandIk hand, Span<double> state)
    {
        (state[0], state[1], state[2]) = (pose.Wrist.X, pose.Wrist.Y, pose.Wrist.Z);
        var turn = Rotation.ToAxisAngle(Rotation.FromAxisAngle(pose.Rotations[HandJoint.Wrist]) * Quaternion.Conjugate(Straight));
        (state[3], state[4], state[5]) = (turn.X, turn.Y, turn.Z);
        foreach (var finger in Fingers.All) SetFinger(state, (int)finger - 1, hand[finger].Read(pose));
    }

    /// <summary>Brings a hand from anywhere to where hands can play; what is no number becomes one.</summary>
    public static void MakePlausible(Span<double> state)
    {
        for (var i = 0; i < Length; i++)
        {
            var (low, high) = i < PlausibleRanges.Length ? PlausibleRanges[i] : (-2, 2);
            state[i] = double.IsFinite(state[i]) ? Math.Clamp(state[i], low, high) : (low + high) / 2;
        }
    }

    /// <summary>A motion from anywhere brought to where hands can play, and no more jittery than hands can move.</summary>
    /// <param name="track">A right hand's.</param>
    /// <param name="hand">That hand.</param>
    /// <param name="fps">Frames a second.</param>
    public static HandTrack Plausible(HandTrack track, HandIk hand, double fps)
    {
        var frames = track.FrameCount;
        var plausible = new HandTrack(frames);
        var pose = new HandPose();
        var states = new double[frames * Length];
        for (var frame = 0; frame < frames; frame++)
        {
            track.GetPose(frame, pose);
            var state = states.AsSpan(frame * Length, Length);
            Read(pose, hand, state);
            MakePlausible(state);
        }

        var (channel, alike) = (new double[frames], new double[frames]);
        Array.Fill(alike, 1);
        for (var i = 0; i < Length; i++)
        {
            for (var frame = 0; frame < frames; frame++) channel[frame] = states[frame * Length + i];
            var calm = PathSmoother.Solve(channel, alike, PathSmoother.Strength(Quickest, fps));
            for (var frame = 0; frame < frames; frame++) states[frame * Length + i] = calm[frame];
        }

        for (var frame = 0; frame < frames; frame++)
        {
            Write(states.AsSpan(frame * Length, Length), hand, pose);
            plausible.SetPose(frame, pose);
        }

        return plausible;
    }

    /// <summary>Writes a pose.</summary>
    public static void Write(ReadOnlySpan<double> state, HandIk hand, HandPose pose)
    {
        pose.Wrist = Wrist(state);
        pose.Rotations[HandJoint.Wrist] = Rotation.ToAxisAngle(Orientation(TurnOf(state)));
        foreach (var finger in Fingers.All) hand[finger].Write(hand[finger].Clamp(Finger(state, (int)finger - 1)), pose);
    }
}
