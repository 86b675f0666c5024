using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Avatars;

/// <summary>What a skinned mesh tells of a rig that its bones do not: where fingers end, how thick they, the arms and the trunk are, how high the soles are.</summary>
internal static class RigMesh
{
    // A corner goes with a bone that moves it by this share at least.
    private const float Belonging = 0.5f;

    // A bone is as thick as its mesh between these shares of its length, if so many corners are there at least.
    private const float From = -0.05f, To = 0.85f;
    private const int Fewest = 4;

    // The waist is up to here on the way from the hips to the shoulders; belts and bags stand out from this share of its corners.
    private const float WaistHeight = 0.6f, Skin = 0.9f;

    /// <summary>The rig with all of that.</summary>
    /// <param name="rig">A rig in the pose in which its mesh was bound.</param>
    /// <param name="model">The file.</param>
    public static Rig Measure(Rig rig, ModelRoot model)
    {
        var fingers = from side in HandSides.Both from finger in Fingers.All where rig.IsWhole(side, finger) from joint in Enumerable.Range(0, HumanoidBones.FingerJoints) select MeshBone.OfFinger(rig, side, finger, joint);
        var arms = from side in HandSides.Both select MeshBone.Of(rig, HumanoidBones.Limb(side, "LowerArm"), HumanoidBones.Hand(side));
        var bones = fingers.Concat(arms).OfType<MeshBone>().DistinctBy(bone => bone.Node).ToDictionary(bone => bone.Node);
        var (feet, trunk) = (Feet(rig), Trunk.Where(rig.Has).Select(bone => rig.Bones[bone]).ToHashSet());
        var (ground, waist) = (float.PositiveInfinity, new List<Vector3>());
        foreach (var (node, corner) in Corners(rig, model))
        {
            if (bones.TryGetValue(node, out var bone)) bone.Add(corner);
            if (feet.Contains(node)) ground = MathF.Min(ground, corner.Y);
            if (trunk.Contains(node)) waist.Add(corner);
        }

        return rig with
        {
            Tips = bones.Values.Where(bone => bone is { Tip: not null, Farthest: > 0 } && !rig.Has(bone.Tip)).ToDictionary(bone => bone.Tip!, bone => bone.Start + bone.Farthest * bone.Along, StringComparer.Ordinal),
            Shape = new()
            {
                Thickness = bones.Values.Select(bone => (bone.Name, bone.Thickness)).Where(bone => bone.Thickness is not null).ToDictionary(bone => bone.Name, bone => bone.Thickness!.Value, StringComparer.Ordinal),
                Ground = float.IsFinite(ground) ? ground : null,
                Waist = Waist(rig, waist),
            },
        };
    }

    private static readonly string[] Trunk = ["hips", "spine", "chest", "upperChest"];

    // Its half breadth and its depth in front of the spine, between the hips and the lower ribs.
    private static Vector2? Waist(Rig rig, List<Vector3> corners)
    {
        string[] shoulders = [.. HandSides.Both.Select(side => HumanoidBones.Limb(side, "UpperArm"))];
        if (corners.Count < Fewest || !rig.Has("hips") || !shoulders.All(rig.Has)) return null;
        var facing = rig.Facing;
        Vector3 At(string bone) => Vector3.Transform(rig.Nodes[rig.Bones[bone]].Position, facing);
        var (hips, top) = (At("hips"), (At(shoulders[0]) + At(shoulders[1])) / 2);
        var around = corners.Select(corner => Vector3.Transform(corner, facing) - hips).Where(corner => corner.Y > 0 && corner.Y < WaistHeight * (top.Y - hips.Y)).ToList();
        if (around.Count < Fewest) return null;
        float Quantile(Func<Vector3, float> part) => around.Select(part).Order().ElementAt((int)(Skin * (around.Count - 1)));
        return new(Quantile(corner => MathF.Abs(corner.X)), Quantile(corner => corner.Z - corner.Y / (top.Y - hips.Y) * (top.Z - hips.Z)));
    }

    // Each corner of a skinned mesh, where it is in the bound pose, and the node that it goes with.
    private static IEnumerable<(int Node, Vector3 Place)> Corners(Rig rig, ModelRoot model)
    {
        foreach (var node in model.LogicalNodes.Where(node => node is { Skin: not null, Mesh: not null }))
        {
            var joints = Enumerable.Range(0, node.Skin.JointsCount).Select(i => node.Skin.GetJoint(i)).ToArray();
            foreach (var primitive in node.Mesh.Primitives)
            {
                if (primitive.GetVertexAccessor("POSITION") is not { } places || primitive.GetVertexAccessor("JOINTS_0") is not { } numbers || primitive.GetVertexAccessor("WEIGHTS_0") is not { } weights) continue;
                var (positions, indices, shares) = (places.AsVector3Array(), numbers.AsVector4Array(), weights.AsVector4Array());
                for (var i = 0; i < positions.Count; i++)
                {
                    for (var k = 0; k < 4; k++)
                    {
                        if (shares[i][k] < Belonging || (int)indices[i][k] is var joint && joint >= joints.Length) continue;
                        var at = joints[joint].Joint.LogicalIndex;
                        if (at < rig.Nodes.Count) yield return (at, Vector3.Transform(positions[i], joints[joint].InverseBindMatrix * rig.Nodes[at].Bind));
                    }
                }
            }
        }
    }

    // The nodes of both feet and of what hangs on them.
    private static HashSet<int> Feet(Rig rig)
    {
        var feet = HandSides.Both.Select(side => HumanoidBones.Limb(side, "Foot")).Where(rig.Has).Select(bone => rig.Bones[bone]).ToHashSet();
        foreach (var (node, i) in rig.Nodes.Select((node, i) => (node, i)).OrderBy(each => each.node.Depth))
        {
            if (feet.Contains(node.Parent)) feet.Add(i);
        }

        return feet;
    }

    // A bone from its joint to the next one; a finger's last one to its tip, if that is known.
    private sealed class MeshBone
    {
        private readonly float? _length;
        private readonly List<(float Along, float Aside)> _corners = [];

        private MeshBone(int node, string name, string? tip, Vector3 start, Vector3 along, float? length) => (Node, Name, Tip, Start, Along, _length) = (node, name, tip, start, along, length);

        public int Node { get; }

        public string Name { get; }

        // What it ends in, of a finger's last bone.
        public string? Tip { get; }

        public Vector3 Start { get; }

        public Vector3 Along { get; }

        public float Farthest => _corners.Select(corner => corner.Along).DefaultIfEmpty().Max();

        public float? Thickness
        {
            get
            {
                var length = _length ?? Farthest;
                float[] aside = [.. _corners.Where(corner => corner.Along >= From * length && corner.Along <= To * length).Select(corner => corner.Aside).Order()];
                return aside.Length < Fewest ? null : aside[aside.Length / 2];
            }
        }

        public static MeshBone? OfFinger(Rig rig, HandSide side, Finger finger, int joint)
        {
            var name = HumanoidBones.Joint(side, finger, joint);
            if (joint < HumanoidBones.FingerJoints - 1) return Of(rig, name, HumanoidBones.Joint(side, finger, joint + 1));
            var tip = HumanoidBones.Tip(side, finger);
            // Without an end it goes on as the bone before it.
            return rig.Has(tip) ? Of(rig, name, tip, tip) : Of(rig, name, At(rig, name), At(rig, name) - At(rig, HumanoidBones.Joint(side, finger, joint - 1)), null, tip);
        }

        public static MeshBone? Of(Rig rig, string name, string end, string? tip = null) =>
            rig.Has(name) && rig.Has(end) ? Of(rig, name, At(rig, name), At(rig, end) - At(rig, name), Vector3.Distance(At(rig, name), At(rig, end)), tip) : null;

        public void Add(Vector3 corner)
        {
            var from = corner - Start;
            var along = Vector3.Dot(from, Along);
            _corners.Add((along, (from - along * Along).Length()));
        }

        private static MeshBone? Of(Rig rig, string name, Vector3 start, Vector3 way, float? length, string? tip) =>
            way == Vector3.Zero ? null : new(rig.Bones[name], name, tip, start, Vector3.Normalize(way), length);

        private static Vector3 At(Rig rig, string bone) => rig.Nodes[rig.Bones[bone]].Position;
    }
}
