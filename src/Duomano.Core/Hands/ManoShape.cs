using System.Numerics;
using Duomano.Core.Fingering;

namespace Duomano.Core.Hands;

/// <summary>
/// MANO's hand of one build: its joints and mesh at rest, and where both go in a pose: shape blend, joint regression, pose
/// correctives and linear blend skinning, as MANO defines them (its equations 2 to 4).
/// </summary>
public sealed class ManoShape
{
    // A hand over keys, radians: what the skin of a fingertip is like there stands for all poses where bones must be rigid.
    private const float CurvedKnuckle = 0.45f;
    private const float CurvedFinger = 0.55f;

    private readonly float[] _numbers;
    private readonly double[] _corners;
    private readonly float[] _weights;
    private readonly Vector3[] _joints;
    private readonly PerHand<HandSkeleton> _skeletons;

    internal ManoShape(ManoHand hand, ReadOnlySpan<float> build, double[] corners, double[] joints)
    {
        Hand = hand;
        var numbers = new float[ManoArrays.ShapeLength];
        build.CopyTo(numbers);
        _numbers = numbers;
        Joints = [.. Enumerable.Range(0, HandJoint.Count).Select(joint => ManoHand.Vector(joints.AsSpan(joint * 3)))];

        // Everything is counted from the wrist joint, about which the hand turns.
        for (var i = 0; i < corners.Length; i++) corners[i] -= joints[i % 3];
        _corners = corners;
        _joints = [.. Enumerable.Range(0, HandJoint.Count).Select(joint => ManoHand.Vector([joints[joint * 3] - joints[0], joints[joint * 3 + 1] - joints[1], joints[joint * 3 + 2] - joints[2]]))];
        _weights = Array.ConvertAll(hand.Arrays.Weights, weight => (float)weight);
        Vector3[] points = [.. _joints, .. ManoHand.FingertipVertices.Select(Corner)];
        var knuckle = HandJoint.First(Finger.Middle);
        var size = points[knuckle].Length() / HandSkeleton.Create(HandSide.Right, build: HandBuild.Average).Points[knuckle].Length();
        var right = new HandSkeleton(HandSide.Right, points, Math.Clamp(size, HandSkeleton.SmallestSize, HandSkeleton.LargestSize), this);
        _skeletons = new(right.Mirrored(), right);
    }

    /// <summary>The hand it is a build of.</summary>
    public ManoHand Hand { get; }

    /// <summary>The ten numbers of the build.</summary>
    public ReadOnlySpan<float> Build => _numbers;

    /// <summary>The 16 joints at rest in the file's frame, metres; translations of annotations move that frame's origin.</summary>
    public IReadOnlyList<Vector3> Joints { get; }

    /// <summary>Either hand's skeleton: joints at rest, and the marked corners as fingertips.</summary>
    public HandSkeleton Skeleton(HandSide side) => _skeletons[side];

    /// <summary>Both hands, the left one the right one's mirror image.</summary>
    public PerHand<HandSkeleton> Skeletons => _skeletons;

    /// <summary>A corner of the right hand's mesh at rest, metres from the wrist.</summary>
    public Vector3 Corner(int vertex) => ManoHand.Vector(_corners.AsSpan(vertex * 3));

    /// <summary>How much a joint moves a corner.</summary>
    public float Weight(int vertex, int joint) => _weights[vertex * HandJoint.Count + joint];

    /// <summary>Where the mesh is in a pose.</summary>
    /// <param name="side">Whose pose it is; a left hand's mesh is the mirror image of a right hand's.</param>
    /// <param name="pose">The pose; rotations count from the rest pose, the mean pose being part of them.</param>
    /// <param name="vertices">Receives 778 corners in the piano frame, metres.</param>
    public void Pose(HandSide side, HandPose pose, Span<Vector3> vertices)
    {
        Span<Vector3> points = stackalloc Vector3[HandJoint.PointCount];
        Span<Quaternion> orientations = stackalloc Quaternion[HandJoint.Count];
        ForwardKinematics.Points(Skeleton(side), pose, points, orientations);
        var features = new double[ManoArrays.PoseFeatures];
        PoseFeatures(side, pose, features);
        for (var vertex = 0; vertex < ManoArrays.VertexCount; vertex++) vertices[vertex] = Place(side, vertex, features, points, orientations);
    }

    /// <summary>Puts the five fingertips where the mesh has them.</summary>
    internal void PlaceFingertips(HandSide side, HandPose pose, Span<Vector3> points, ReadOnlySpan<Quaternion> orientations)
    {
        Span<double> features = stackalloc double[ManoArrays.PoseFeatures];
        PoseFeatures(side, pose, features);
        for (var i = 0; i < ManoHand.FingertipVertices.Count; i++)
        {
            points[HandJoint.Count + i] = Place(side, ManoHand.FingertipVertices[i], features, points, orientations);
        }
    }

    /// <summary>The right hand as rigid bones, for solvers: fingertips stay where a curved finger has them on its last bone.</summary>
    internal Vector3[] RigidPoints()
    {
        var skeleton = Skeleton(HandSide.Right);
        var pose = new HandPose();
        foreach (var finger in Fingers.All)
        {
            for (var segment = 0; segment < 3; segment++)
            {
                var bend = new JointAngles(finger == Finger.Thumb ? 0 : segment == 0 ? CurvedKnuckle : CurvedFinger, 0, 0);
                pose.Rotations[HandJoint.First(finger) + segment] = Numerics.Rotation.ToAxisAngle(JointFrame.Of(skeleton, finger, segment).Compose(bend));
            }
        }

        Span<Vector3> points = stackalloc Vector3[HandJoint.PointCount];
        Span<Quaternion> orientations = stackalloc Quaternion[HandJoint.Count];
        ForwardKinematics.Points(skeleton, pose, points, orientations);
        var rigid = skeleton.Points.ToArray();
        foreach (var finger in Fingers.All)
        {
            var (last, tip) = (HandJoint.First(finger) + 2, HandJoint.Tip(finger));
            rigid[tip] = rigid[last] + Vector3.Transform(points[tip] - points[last], Quaternion.Conjugate(orientations[last]));
        }

        return rigid;
    }

    private Vector3 Place(HandSide side, int vertex, ReadOnlySpan<double> features, ReadOnlySpan<Vector3> points, ReadOnlySpan<Quaternion> orientations)
    {
        Span<double> corner = stackalloc double[3];
        for (var axis = 0; axis < 3; axis++)
        {
            var directions = Hand.Arrays.PoseDirections.AsSpan((vertex * 3 + axis) * ManoArrays.PoseFeatures, ManoArrays.PoseFeatures);
            var value = _corners[vertex * 3 + axis];
            for (var k = 0; k < directions.Length; k++) value += directions[k] * features[k];
            corner[axis] = value;
        }

        var rest = ManoHand.Vector(corner);
        var place = Vector3.Zero;
        for (var joint = 0; joint < HandJoint.Count; joint++)
        {
            var weight = Weight(vertex, joint);
            if (weight == 0) continue;
            var arm = rest - _joints[joint];
            if (side == HandSide.Left) arm = HandMirror.Point(arm);
            place += weight * (points[joint] + Vector3.Transform(arm, orientations[joint]));
        }

        return place;
    }

    // The entries of the finger joints' rotation matrices (Rodrigues' formula) less the identity's, row by row.
    private static void PoseFeatures(HandSide side, HandPose pose, Span<double> features)
    {
        for (var joint = 1; joint < HandJoint.Count; joint++)
        {
            var vector = side == HandSide.Left ? HandMirror.AxisAngle(pose.Rotations[joint]) : pose.Rotations[joint];
            double x = vector.X, y = vector.Y, z = vector.Z;
            var square = x * x + y * y + z * z;
            var angle = Math.Sqrt(square);
            var (a, b) = angle < 1e-6 ? (1, 0.5) : (Math.Sin(angle) / angle, (1 - Math.Cos(angle)) / square);
            var row = features.Slice((joint - 1) * 9, 9);
            (row[0], row[1], row[2]) = (b * (x * x - square), b * x * y - a * z, b * x * z + a * y);
            (row[3], row[4], row[5]) = (b * x * y + a * z, b * (y * y - square), b * y * z - a * x);
            (row[6], row[7], row[8]) = (b * x * z - a * y, b * y * z + a * x, b * (z * z - square));
        }
    }
}
