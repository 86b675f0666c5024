using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Shapes;

namespace Duomano.Core.Body;

/// <summary>
/// A pianist to look at where nobody brings an avatar: an <see cref="AverageBody"/> with the surfaces of two hands, a dressed body and a
/// head, skinned to its bones.
/// </summary>
public sealed class PianistFigure
{
    // The grid and what is left of its triangles.
    private const float Cell = 11, FineCell = 5.5f, FinestCell = 3.5f;

    // How far beyond its nearest bone others still have a share in a corner, times the stature.
    private const float Sharing = 0.045f;

    // How thick the trunk is around its bones, times the stature: what lies on it is as near to them as to the shoulders.
    private const float Trunk = 0.082f;

    private static readonly string[] Spine = ["hips", "spine", "chest", "upperChest"], Arm = ["Shoulder", "UpperArm", "LowerArm"], Leg = ["UpperLeg", "LowerLeg"], Foot = ["Foot", "Toes"];

    private static readonly SurfaceMaterial Hair = new("hair", new(0.028f, 0.018f, 0.012f), 0.75f);
    private static readonly SurfaceMaterial Trousers = new("trousers", new(0.060f, 0.062f, 0.070f), 0.92f);
    private static readonly SurfaceMaterial Shoes = new("shoes", new(0.010f, 0.009f, 0.009f), 0.35f);

    private PianistFigure(Humanoid body, IReadOnlyList<string> bones, IReadOnlyDictionary<string, IReadOnlyList<SkinnedPart>> meshes) => (Body, Bones, Meshes) = (body, bones, meshes);

    /// <summary>The body, in a T-pose.</summary>
    public Humanoid Body { get; }

    /// <summary>The bones that the surfaces' numbers mean.</summary>
    public IReadOnlyList<string> Bones { get; }

    /// <summary>Its surfaces by what they are called, metres at rest.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SkinnedPart>> Meshes { get; }

    /// <summary>Makes one.</summary>
    /// <param name="skeletons">Its hands.</param>
    public static PianistFigure With(PerHand<HandSkeleton> skeletons)
    {
        var (body, _) = AverageBody.With(skeletons);
        var bones = body.Bones.Where(HumanoidBones.IsKnown).ToList();
        var shape = new FigureShape(body);
        var (low, high) = (new Vector3(float.MaxValue), new Vector3(float.MinValue));
        foreach (var bone in body.Bones) (low, high) = (Vector3.Min(low, 1000 * body[bone]), Vector3.Max(high, 1000 * body[bone]));
        var room = new Vector3(0.13f * shape.Stature);
        var head = new Vector3(0, 1000 * body["head"].Y, 0);

        SkinnedPart Part(SurfaceMaterial material, Func<Vector3, float> distance, Vector3 from, Vector3 to, float cell, int triangles, params string[] movedBy)
        {
            var (positions, indices) = SurfaceNets.Build(distance, from, to, cell);
            (positions, indices) = MeshSimplifier.Simplify(positions, indices, triangles, _ => 1);
            var weights = new Shares(body, bones, movedBy, shape.Stature / 1000);
            var shares = positions.Select(position => weights.Of(position / 1000)).ToList();
            return new(
                material, [.. positions.Select(position => position / 1000)], [.. positions.Select(position => Normal(distance, position, cell / 4))], [.. positions.Select(_ => Vector3.One)],
                [.. shares.Select(share => share.Joints)], [.. shares.Select(share => share.Weights)], [.. indices]);
        }

        string[] Limbs(string[] limbs) => [.. from side in HandSides.Both from limb in limbs select HumanoidBones.Limb(side, limb)];
        var hips = 1000 * body["hips"].Y;
        var meshes = new Dictionary<string, IReadOnlyList<SkinnedPart>>(StringComparer.Ordinal)
        {
            ["head"] =
            [
                Part(SurfaceMaterial.Skin, shape.Head, head - room with { Y = 1.2f * room.Y }, head + room, FineCell, 2400, "neck", "head"),
                Part(Hair, shape.Hair, head - room, head + room, FinestCell, 1800, "head"),
            ],
            ["clothes"] =
            [
                Part(SurfaceMaterial.Sleeve, shape.Jacket, new(low.X, hips - room.Y, low.Z - room.Z), new(high.X, head.Y + room.Y, high.Z + room.Z), Cell, 4200, [.. Spine, .. Limbs(Arm)]),
                Part(Trousers, shape.Trousers, new(-2 * room.X, low.Y - room.Y, low.Z - room.Z), new(2 * room.X, hips + room.Y, high.Z + room.Z), Cell, 2200, ["hips", .. Limbs(Leg)]),
                Part(Shoes, shape.Shoes, new(-2 * room.X, low.Y - room.Y, low.Z - room.Z), new(2 * room.X, low.Y + room.Y, high.Z + room.Z), FineCell, 1400, Limbs(Foot)),
            ],
        };
        foreach (var side in HandSides.Both) meshes[HumanoidBones.Hand(side)] = Hand(side, skeletons[side], body, bones);
        return new(body, bones, meshes);
    }

    // The hand's own surface, without its sleeve, which the jacket has.
    private static IReadOnlyList<SkinnedPart> Hand(HandSide side, HandSkeleton skeleton, Humanoid body, List<string> bones)
    {
        var wrist = body[HumanoidBones.Hand(side)];
        var numbers = new byte[HandMesh.BoneCount];
        numbers[HandJoint.Wrist] = (byte)bones.IndexOf(HumanoidBones.Hand(side));
        numbers[HandMesh.Forearm] = (byte)bones.IndexOf(HumanoidBones.Limb(side, "LowerArm"));
        foreach (var finger in Fingers.All)
        {
            for (var joint = 0; joint < HumanoidBones.FingerJoints; joint++) numbers[HandJoint.First(finger) + joint] = (byte)bones.IndexOf(HumanoidBones.Joint(side, finger, joint));
        }

        return
        [
            .. HandMesh.Of(skeleton).Parts.Where(part => part.Material != SurfaceMaterial.Sleeve).Select(part => part with
            {
                Positions = [.. part.Positions.Select(position => position + wrist)],
                Joints = [.. part.Joints.Select((joint, i) => (Number(joint.A, part.Weights[i].X), Number(joint.B, part.Weights[i].Y), Number(joint.C, part.Weights[i].Z), Number(joint.D, part.Weights[i].W)))],
            }),
        ];

        // Bones without a share are told as the first one.
        byte Number(byte joint, float weight) => weight > 0 ? numbers[joint] : (byte)0;
    }

    private static Vector3 Normal(Func<Vector3, float> distance, Vector3 point, float step)
    {
        float Along(Vector3 axis) => distance(point + step * axis) - distance(point - step * axis);
        var slope = new Vector3(Along(Vector3.UnitX), Along(Vector3.UnitY), Along(Vector3.UnitZ));
        return slope.LengthSquared() > 0 ? Vector3.Normalize(slope) : Vector3.UnitY;
    }

    // How much each bone moves a corner: by how near it is to the bone, from its joint to where it ends.
    private sealed class Shares
    {
        private readonly (byte Number, Vector3 From, Vector3 To, float Thickness)[] _bones;
        private readonly float _reach;

        public Shares(Humanoid body, List<string> bones, string[] movedBy, float stature)
        {
            _reach = Sharing * stature;
            _bones =
            [
                .. movedBy.Select(bone =>
                {
                    // The limbs' own ends; the trunk's bones end in the next one of the spine, the head above itself.
                    var end = bones.Where(child => body.Parent(child) == bone).OrderBy(child => Vector3.Cross(body[child] - body[bone], Main(bone)).Length()).FirstOrDefault();
                    return ((byte)bones.IndexOf(bone), body[bone], end is null ? body[bone] + 0.1f * Main(bone) : body[end], Spine.Contains(bone) ? Trunk * stature : 0);
                }),
            ];
        }

        public ((byte A, byte B, byte C, byte D) Joints, Vector4 Weights) Of(Vector3 point)
        {
            var near = _bones.Select(bone => (bone.Number, Distance: Distance(point, bone.From, bone.To) - bone.Thickness)).OrderBy(bone => bone.Distance).Take(4).ToArray();
            Span<byte> joints = stackalloc byte[4];
            var weights = Vector4.Zero;
            for (var i = 0; i < near.Length; i++)
            {
                var share = MathF.Max(0, 1 - (near[i].Distance - near[0].Distance) / _reach);
                if (share == 0) continue;
                (joints[i], weights[i]) = (near[i].Number, share * share);
            }

            return ((joints[0], joints[1], joints[2], joints[3]), weights / Vector4.Dot(weights, Vector4.One));
        }

        private static Vector3 Main(string bone) =>
            bone.Contains("Leg", StringComparison.Ordinal) ? -Vector3.UnitY
            : bone.EndsWith("Foot", StringComparison.Ordinal) || bone.EndsWith("Toes", StringComparison.Ordinal) ? Vector3.UnitZ
            : bone.StartsWith("left", StringComparison.Ordinal) ? Vector3.UnitX : bone.StartsWith("right", StringComparison.Ordinal) ? -Vector3.UnitX : Vector3.UnitY;

        private static float Distance(Vector3 point, Vector3 from, Vector3 to)
        {
            var way = to - from;
            return Vector3.Distance(point, from + Math.Clamp(Vector3.Dot(point - from, way) / way.LengthSquared(), 0, 1) * way);
        }
    }
}
