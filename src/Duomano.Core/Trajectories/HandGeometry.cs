using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Trajectories;

/// <summary>
/// Where the parts of a (right) hand are for a state, and how they move with each of its numbers (the columns of the
/// Jacobian). One object serves frame after frame.
/// </summary>
internal sealed class HandGeometry
{
    /// <summary>Numbers that move a point of a finger: the wrist's six and the finger's three.</summary>
    public const int RowLength = 9;

    private readonly FingerBones[] _bones;
    private readonly Vector3[] _ends = new Vector3[HandCapsules.EndCount];
    private readonly Vector3[] _abduction = new Vector3[5];
    private readonly Vector3[] _flexion = new Vector3[5];
    private readonly Vector3[] _middle = new Vector3[5];
    private readonly Vector3[] _distal = new Vector3[5];
    private Vector3 _turn;
    private float _turnFirst;
    private float _turnSecond;

    public HandGeometry(HandIk hand, HandCapsules capsules)
    {
        _bones = [.. Fingers.All.Select(finger => new FingerBones(hand, capsules, finger))];
    }

    /// <summary>The hand's 21 points and the ends of the axes in its fingertips, metres, as <see cref="HandCapsules"/> takes them.</summary>
    public ReadOnlySpan<Vector3> Ends => _ends;

    public Vector3 Wrist => _ends[HandJoint.Wrist];

    /// <summary>A finger's pad.</summary>
    public Vector3 Pad(int slot) => _ends[HandJoint.Count + slot];

    /// <summary>A finger's joint: 0 for the knuckle to 2 for the outermost.</summary>
    public Vector3 Joint(int slot, int segment) => _ends[_bones[slot].FirstJoint + segment];

    /// <summary>Computes all points of a state.</summary>
    public void Update(ReadOnlySpan<double> state)
    {
        _ends[HandJoint.Wrist] = HandState.Wrist(state);
        _turn = HandState.TurnOf(state);
        var orientation = HandState.Orientation(_turn);

        // The rate of a rotation vector is not its angular velocity: ω = J_l(v) v̇ (Solà et al. 2018, eq. 145).
        var angle = _turn.Length();
        _turnFirst = angle < 1e-3f ? 0.5f : (1 - MathF.Cos(angle)) / (angle * angle);
        _turnSecond = angle < 1e-2f ? 1f / 6 : (angle - MathF.Sin(angle)) / (angle * angle * angle);
        for (var slot = 0; slot < 5; slot++)
        {
            var bones = _bones[slot];
            var angles = HandState.Finger(state, slot);
            var palm = orientation;
            var abducted = palm * Quaternion.CreateFromAxisAngle(bones.Knuckle.AbductionAxis, angles.Abduction);
            var first = abducted * Quaternion.CreateFromAxisAngle(bones.Knuckle.FlexionAxis, angles.Flexion);
            var second = first * Quaternion.CreateFromAxisAngle(bones.Middle.FlexionAxis, angles.Curl);
            var third = second * Quaternion.CreateFromAxisAngle(bones.Distal.FlexionAxis, angles.Curl * bones.Coupling);
            _abduction[slot] = Vector3.Transform(bones.Knuckle.AbductionAxis, palm);
            _flexion[slot] = Vector3.Transform(bones.Knuckle.FlexionAxis, abducted);
            _middle[slot] = Vector3.Transform(bones.Middle.FlexionAxis, first);
            _distal[slot] = Vector3.Transform(bones.Distal.FlexionAxis, second) * bones.Coupling;
            var joint = bones.FirstJoint;
            _ends[joint] = Wrist + Vector3.Transform(bones.Root, palm);
            _ends[joint + 1] = _ends[joint] + Vector3.Transform(bones.First, first);
            _ends[joint + 2] = _ends[joint + 1] + Vector3.Transform(bones.Second, second);
            _ends[HandJoint.Count + slot] = _ends[joint + 2] + Vector3.Transform(bones.Third, third);
            _ends[HandJoint.PointCount + slot] = _ends[joint + 2] + Vector3.Transform(bones.Tip, third);
        }
    }

    /// <summary>How a point of a finger moves along a direction, by each of the wrist's six and the finger's three numbers.</summary>
    /// <param name="slot">Which finger, thumb 0.</param>
    /// <param name="segment">The bone the point lies on: 0 to 2, −1 for a point of the palm.</param>
    /// <param name="point">Where it is.</param>
    /// <param name="direction">Along which.</param>
    /// <param name="row">Receives nine numbers.</param>
    public void Row(int slot, int segment, Vector3 point, Vector3 direction, Span<double> row)
    {
        WristRow(point, direction, row);
        FingerRow(slot, segment, point, direction, row[6..]);
    }

    /// <summary>The same for the wrist's six numbers alone.</summary>
    public void WristRow(Vector3 point, Vector3 direction, Span<double> row)
    {
        (row[0], row[1], row[2]) = (direction.X, direction.Y, direction.Z);
        // direction · (ω × arm) = ω · (arm × direction), and J_lᵀ u = u − a (v × u) + b v × (v × u).
        var torque = Vector3.Cross(point - Wrist, direction);
        var once = Vector3.Cross(_turn, torque);
        var turned = torque - _turnFirst * once + _turnSecond * Vector3.Cross(_turn, once);
        (row[3], row[4], row[5]) = (turned.X, turned.Y, turned.Z);
    }

    /// <summary>The same for the finger's three numbers alone.</summary>
    public void FingerRow(int slot, int segment, Vector3 point, Vector3 direction, Span<double> row)
    {
        row.Clear();
        if (segment < 0) return;
        var joint = _bones[slot].FirstJoint;
        var fromKnuckle = Vector3.Cross(point - _ends[joint], direction);
        row[0] = Vector3.Dot(_abduction[slot], fromKnuckle);
        row[1] = Vector3.Dot(_flexion[slot], fromKnuckle);
        if (segment > 0) row[2] = Vector3.Dot(_middle[slot], Vector3.Cross(point - _ends[joint + 1], direction));
        if (segment > 1) row[2] += Vector3.Dot(_distal[slot], Vector3.Cross(point - _ends[joint + 2], direction));
    }

    private sealed class FingerBones(HandIk hand, HandCapsules capsules, Finger finger)
    {
        public int FirstJoint { get; } = HandJoint.First(finger);

        public Vector3 Root { get; } = hand.Skeleton.Bone(HandJoint.First(finger));

        public Vector3 First { get; } = hand.Skeleton.Bone(HandJoint.First(finger) + 1);

        public Vector3 Second { get; } = hand.Skeleton.Bone(HandJoint.First(finger) + 2);

        public Vector3 Third { get; } = hand.Skeleton.Bone(HandJoint.Tip(finger));

        public Vector3 Tip { get; } = capsules.FingertipAxis(finger);

        public JointFrame Knuckle { get; } = JointFrame.Of(hand.Skeleton, finger, 0);

        public JointFrame Middle { get; } = JointFrame.Of(hand.Skeleton, finger, 1);

        public JointFrame Distal { get; } = JointFrame.Of(hand.Skeleton, finger, 2);

        public float Coupling { get; } = hand[finger].Coupling;
    }
}
