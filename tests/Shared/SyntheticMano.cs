using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Tests;

/// <summary>
/// A hand in MANO's form that is none of MANO's: tubes around slightly bent fingers, and random changes with build and pose.
/// Its wrist lies about where MANO's does.
/// </summary>
internal static class SyntheticMano
{
    private const int Sides = 6;
    private const int Rings = 6;

    /// <summary>Where its wrist joint rests.</summary>
    public static readonly Vector3 Wrist = new(0.0957f, 0.0064f, 0.0062f);

    /// <summary>A hand; equal seeds give equal ones.</summary>
    public static ManoArrays Arrays(long seed = 1)
    {
        var random = new SeededRandom(seed);
        var points = RestPoints(1.04f);
        var corners = new List<Vector3>();
        var shares = new List<double[]>();
        var faces = new List<int>();
        var regressor = new double[HandJoint.Count][];
        for (var point = 1; point < HandJoint.PointCount; point++)
        {
            var parent = HandJoint.Parents[point];
            // The ring at a bone's beginning has the joint in its middle.
            if (parent > 0) regressor[parent] = Share(corners.Count, Sides);
            AddTube(points[parent], points[point], parent, corners, shares, faces);
        }

        // What is left of MANO's corners lies around the wrist, two by two opposite each other.
        var rest = ManoArrays.VertexCount - ManoHand.FingertipVertices.Count - corners.Count;
        regressor[0] = Share(corners.Count, rest);
        for (var i = 0; i < rest / 2; i++)
        {
            var offset = new Vector3((float)random.Uniform(-0.01, 0.01), (float)random.Uniform(-0.01, 0.01), (float)random.Uniform(-0.02, 0.02));
            foreach (var sign in (int[])[1, -1])
            {
                corners.Add(offset * sign);
                shares.Add(Weights((0, 1)));
            }
        }

        if (rest % 2 == 1)
        {
            corners.Add(Vector3.Zero);
            shares.Add(Weights((0, 1)));
        }

        // The marked corners have numbers of their own; all others move up to make room.
        var places = Enumerable.Range(0, ManoArrays.VertexCount).Except(ManoHand.FingertipVertices).ToArray();
        var template = new double[ManoArrays.VertexCount * 3];
        var weights = new double[ManoArrays.VertexCount * HandJoint.Count];
        for (var i = 0; i < corners.Count; i++) Put(places[i], corners[i], shares[i]);
        foreach (var finger in Fingers.All)
        {
            var tip = HandJoint.Tip(finger);
            Put(ManoHand.FingertipVertices[tip - HandJoint.Count], points[tip], Weights((HandJoint.Parents[tip], 0.97), (HandJoint.Parents[tip] - 1, 0.03)));
        }

        void Put(int at, Vector3 corner, double[] share)
        {
            var place = corner + Wrist;
            (template[at * 3], template[at * 3 + 1], template[at * 3 + 2]) = (place.X, place.Y, place.Z);
            share.CopyTo(weights, at * HandJoint.Count);
        }

        var joints = new double[HandJoint.Count * ManoArrays.VertexCount];
        for (var joint = 0; joint < HandJoint.Count; joint++)
        {
            for (var i = 0; i < regressor[joint].Length; i++) joints[joint * ManoArrays.VertexCount + places[i]] = regressor[joint][i];
        }

        return new()
        {
            Template = template,
            ShapeDirections = Gaussian(random, ManoArrays.VertexCount * 3 * ManoArrays.ShapeLength, 4e-4),
            PoseDirections = Gaussian(random, ManoArrays.VertexCount * 3 * ManoArrays.PoseFeatures, 6e-5),
            JointRegressor = joints,
            Weights = weights,
            MeanPose = Gaussian(random, (HandJoint.Count - 1) * 3, 0.2),
            Faces = [.. faces.Select(corner => places[corner])],
        };
    }

    // Our own hand, its fingers bent a little as MANO's are at rest.
    private static Vector3[] RestPoints(float size)
    {
        var skeleton = HandSkeleton.Create(HandSide.Right, size, HandBuild.Average);
        var pose = new HandPose();
        foreach (var finger in Fingers.All)
        {
            for (var segment = 0; segment < 3; segment++)
            {
                pose.Rotations[HandJoint.First(finger) + segment] = Rotation.ToAxisAngle(JointFrame.Of(skeleton, finger, segment).Compose(new(0.09f, 0.02f, 0)));
            }
        }

        var points = new Vector3[HandJoint.PointCount];
        ForwardKinematics.Points(skeleton, pose, points);
        return points;
    }

    private static void AddTube(Vector3 from, Vector3 to, int joint, List<Vector3> corners, List<double[]> shares, List<int> faces)
    {
        var start = corners.Count;
        var along = Vector3.Normalize(to - from);
        var across = Vector3.Normalize(Vector3.Cross(along, Vector3.UnitY));
        var up = Vector3.Cross(across, along);
        for (var ring = 0; ring < Rings; ring++)
        {
            var part = ring / (float)(Rings - 1);
            for (var side = 0; side < Sides; side++)
            {
                var (sin, cos) = MathF.SinCos(MathF.Tau * side / Sides);
                corners.Add(Vector3.Lerp(from, to, part) + (across * cos + up * sin) * 0.007f);
                shares.Add(Weights((joint, 0.8 + 0.1 * part), (Math.Max(0, HandJoint.Parents[joint]), 0.1 * (1 - part)), (0, 0.06), (1 + side, 0.02), (9 + ring, 0.02)));
                if (ring == Rings - 1) continue;
                var (a, b) = (start + ring * Sides + side, start + ring * Sides + (side + 1) % Sides);
                faces.AddRange([a, b, b + Sides, a, b + Sides, a + Sides]);
            }
        }
    }

    private static double[] Weights(params (int Joint, double Share)[] parts)
    {
        var weights = new double[HandJoint.Count];
        foreach (var (joint, share) in parts) weights[joint] += share / parts.Sum(part => part.Share);
        return weights;
    }

    private static double[] Share(int first, int count)
    {
        var shares = new double[ManoArrays.VertexCount - ManoHand.FingertipVertices.Count];
        for (var i = 0; i < count; i++) shares[first + i] = 1.0 / count;
        return shares;
    }

    private static double[] Gaussian(SeededRandom random, int count, double deviation)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = deviation * random.NextGaussian();
        return values;
    }
}
