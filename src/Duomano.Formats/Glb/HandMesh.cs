using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Formats.Glb;

/// <summary>A simple hand around a skeleton at rest: a rounded palm and five tapered fingers, skinned to the 16 joints.</summary>
internal static class HandMesh
{
    private const int FingerSides = 14;
    private const int PalmSides = 28;

    // How far above the pad the middle of the fingertip lies, and how far the fingertip goes on beyond the pad.
    private const float PadDepth = 0.006f;
    private const float PadInset = 0.003f;

    // Radii at a finger's three joints and its tip for an average adult, metres.
    private static float[] Radii(Finger finger) => finger switch
    {
        Finger.Thumb => [0.0150f, 0.0115f, 0.0100f, 0.0080f],
        Finger.Index => [0.0110f, 0.0090f, 0.0080f, 0.0066f],
        Finger.Middle => [0.0110f, 0.0093f, 0.0082f, 0.0068f],
        Finger.Ring => [0.0105f, 0.0088f, 0.0078f, 0.0065f],
        _ => [0.0095f, 0.0077f, 0.0068f, 0.0058f],
    };

    /// <summary>Builds the mesh in the skeleton's rest pose, the wrist at the origin.</summary>
    public static MeshData Build(HandSkeleton skeleton)
    {
        var right = skeleton.Side == HandSide.Right ? skeleton : skeleton.Mirrored();
        var mesh = new MeshData();
        AddPalm(mesh, right);
        foreach (var finger in Fingers.All) AddFinger(mesh, right, finger);
        mesh.SmoothNormals();
        if (skeleton.Side == HandSide.Left) mesh.Mirror();
        return mesh;
    }

    private static void AddFinger(MeshData mesh, HandSkeleton skeleton, Finger finger)
    {
        var first = HandJoint.First(finger);
        var size = skeleton.Size;
        var radii = Radii(finger);
        var pad = skeleton.Points[HandJoint.Tip(finger)];
        Vector3[] line =
        [
            skeleton.Points[first],
            skeleton.Points[first + 1],
            skeleton.Points[first + 2],
            pad + Vector3.UnitY * (PadDepth * size),
        ];

        // The tip's middle lies back from its end by a radius.
        var along = Vector3.Normalize(line[3] - line[2]);
        line[3] += along * (PadInset * size - radii[3] * size);
        var tube = new Tube([.. line], [.. radii.Select(radius => radius * size)], FingerSides);
        mesh.AddLoft(tube.StartPole, tube.Rings, tube.EndPole, ring => tube.WeightAt(ring, [HandJoint.Wrist, first, first + 1, first + 2]));
    }

    private static void AddPalm(MeshData mesh, HandSkeleton skeleton)
    {
        var size = skeleton.Size;
        var (index, little) = (skeleton.Points[HandJoint.First(Finger.Index)], skeleton.Points[HandJoint.First(Finger.Little)]);
        var (middle, ring) = (skeleton.Points[HandJoint.First(Finger.Middle)], skeleton.Points[HandJoint.First(Finger.Ring)]);
        Vector3[] knuckles = [little, ring, middle, index];

        // Sections across the hand from behind the wrist (−) to the knuckles (1): half width, half thickness, height.
        (float Place, float HalfWidth, float HalfThickness, float Height)[] profile =
        [
            (-0.42f, 0.0265f, 0.0195f, 0.001f),
            (-0.20f, 0.0265f, 0.0185f, 0.001f),
            (0.00f, 0.0280f, 0.0170f, 0.000f),
            (0.20f, 0.0335f, 0.0170f, -0.002f),
            (0.45f, 0.0385f, 0.0165f, -0.003f),
            (0.70f, 0.0400f, 0.0150f, -0.003f),
            (0.90f, 0.0395f, 0.0130f, -0.003f),
            (1.02f, 0.0370f, 0.0105f, -0.003f),
            (1.09f, 0.0310f, 0.0065f, -0.003f),
        ];

        var spread = (index.Z - little.Z) / 2 / (0.030f * size); // build of this hand, times the average
        var centre = (index.Z + little.Z) / 2;
        var rings = new List<Vector3[]>();
        foreach (var (place, halfWidth, halfThickness, height) in profile)
        {
            var points = new Vector3[PalmSides];
            for (var i = 0; i < PalmSides; i++)
            {
                var (sin, cos) = MathF.SinCos(MathF.Tau * i / PalmSides);
                var widening = Math.Clamp(place, 0, 1);
                var z = centre * widening + halfWidth * size * float.Lerp(1, spread, widening) * Rounded(cos);
                var y = (height + halfThickness * Rounded(sin)) * size + float.Lerp(0, KnuckleAt(knuckles, z).Y, widening);
                points[i] = new(KnuckleAt(knuckles, z).X * place, y, z);
            }

            rings.Add(points);
        }

        var poles = new[] { rings[0], rings[^1] }.Select(points => points.Aggregate(Vector3.Zero, (sum, point) => sum + point) / PalmSides).ToArray();
        mesh.AddLoft(poles[0] + Vector3.UnitX * (0.004f * size), rings, poles[1] - Vector3.UnitX * (0.003f * size), _ => (HandJoint.Wrist, HandJoint.Wrist, 0));
    }

    // Between a circle and a square.
    private static float Rounded(float value) => MathF.Sign(value) * MathF.Pow(MathF.Abs(value), 0.8f);

    // The line of the knuckles over z, going on level beyond the outer ones.
    private static Vector3 KnuckleAt(Vector3[] knuckles, float z)
    {
        if (z <= knuckles[0].Z) return knuckles[0];
        for (var i = 1; i < knuckles.Length; i++)
        {
            if (z < knuckles[i].Z) return Vector3.Lerp(knuckles[i - 1], knuckles[i], (z - knuckles[i - 1].Z) / (knuckles[i].Z - knuckles[i - 1].Z));
        }

        return knuckles[^1];
    }
}
