using System.Numerics;
using Duomano.Core.Body;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Avatars;

/// <summary>A part of an avatar's surface, of one material.</summary>
/// <param name="Positions">Where its corners are, metres in the piano frame; filled by <see cref="AvatarSkin.Pose"/>.</param>
/// <param name="Normals">Their normals, about of unit length; filled as well.</param>
/// <param name="Indices">Three corners a triangle, counter-clockwise as seen from outside.</param>
/// <param name="Tints">The linear colour of each corner, without the picture's.</param>
/// <param name="Image">A picture (PNG, JPEG, WebP) to multiply the tints with, or empty.</param>
/// <param name="Places">Where each corner is in the picture, 0 to 1 from its top left; empty without one.</param>
/// <param name="LeastAlpha">What of the picture is seen: corners at least so opaque.</param>
public sealed record AvatarSkinPart(Vector3[] Positions, Vector3[] Normals, int[] Indices, Vector3[] Tints, ReadOnlyMemory<byte> Image, Vector2[] Places, float LeastAlpha);

/// <summary>An avatar's surface that can be posed in any frame of its motion (linear blend skinning, as glTF viewers do it; morphs rest).</summary>
public sealed class AvatarSkin
{
    private readonly RigMotion _motion;
    private readonly Matrix4x4[] _frames;
    private readonly List<Skinned> _skinned = [];

    /// <summary>Prepares.</summary>
    /// <param name="avatar">The avatar.</param>
    /// <param name="motion">How it moves, in the piano frame.</param>
    /// <param name="scale">How many times as large as in its file it is beside the piano.</param>
    public AvatarSkin(AvatarFile avatar, BodyMotion motion, float scale)
    {
        ArgumentNullException.ThrowIfNull(avatar);
        ArgumentNullException.ThrowIfNull(motion);
        Body = motion;
        _motion = new(avatar.Rig, motion, scale);
        _frames = new Matrix4x4[avatar.Rig.Nodes.Count];
        var model = avatar.Open();
        foreach (var node in model.LogicalNodes.Where(node => node.Mesh is not null && IsShown(model, node)))
        {
            foreach (var primitive in node.Mesh.Primitives)
            {
                if (Skinned.Of(node, primitive) is { } skinned) _skinned.Add(skinned);
            }
        }

        Parts = [.. _skinned.Select(skinned => skinned.Part)];
    }

    /// <summary>How the body moves.</summary>
    public BodyMotion Body { get; }

    /// <summary>Its surface.</summary>
    public IReadOnlyList<AvatarSkinPart> Parts { get; }

    /// <summary>Fills the parts' places and normals.</summary>
    /// <param name="time">When, seconds.</param>
    public void Pose(double time)
    {
        if (_motion.FrameCount == 0) return;
        _motion.Pose(Math.Clamp((int)Math.Round(time * _motion.Fps), 0, _motion.FrameCount - 1), _frames);
        foreach (var skinned in _skinned) skinned.Move(_frames);
    }

    private static bool IsShown(ModelRoot model, Node node)
    {
        for (var at = node; at is not null; at = at.VisualParent)
        {
            if (at.VisualParent is null) return model.DefaultScene is null || model.DefaultScene.VisualChildren.Contains(at);
        }

        return true;
    }

    private sealed class Skinned
    {
        private readonly Vector3[] _positions, _normals;
        private readonly Vector4[] _joints, _weights;
        private readonly (int Node, Matrix4x4 Inverse)[] _skin;
        private readonly Matrix4x4[] _bones;

        private Skinned(AvatarSkinPart part, Vector3[] positions, Vector3[] normals, Vector4[] joints, Vector4[] weights, (int Node, Matrix4x4 Inverse)[] skin) =>
            (Part, _positions, _normals, _joints, _weights, _skin, _bones) = (part, positions, normals, joints, weights, skin, new Matrix4x4[skin.Length]);

        public AvatarSkinPart Part { get; }

        public static Skinned? Of(Node node, MeshPrimitive primitive)
        {
            if (primitive.GetVertexAccessor("POSITION") is not { } places || primitive.DrawPrimitiveType is not (PrimitiveType.TRIANGLES or PrimitiveType.TRIANGLE_STRIP or PrimitiveType.TRIANGLE_FAN)) return null;
            Vector3[] positions = [.. places.AsVector3Array()];
            int[] indices = [.. primitive.GetTriangleIndices().SelectMany(triangle => (int[])[triangle.A, triangle.B, triangle.C])];
            Vector3[] normals = primitive.GetVertexAccessor("NORMAL") is { } given ? [.. given.AsVector3Array()] : Core.Shapes.TriangleMesh.NormalsOf(positions, indices);
            // What no skin moves goes along with its node.
            var isSkinned = node.Skin is not null && primitive.GetVertexAccessor("JOINTS_0") is not null && primitive.GetVertexAccessor("WEIGHTS_0") is not null;
            Vector4[] joints = isSkinned ? [.. primitive.GetVertexAccessor("JOINTS_0").AsVector4Array()] : new Vector4[positions.Length];
            Vector4[] weights = isSkinned ? [.. primitive.GetVertexAccessor("WEIGHTS_0").AsVector4Array()] : [.. positions.Select(_ => Vector4.UnitX)];
            (int, Matrix4x4)[] skin = isSkinned
                ? [.. Enumerable.Range(0, node.Skin!.JointsCount).Select(i => node.Skin.GetJoint(i)).Select(joint => (joint.Joint.LogicalIndex, joint.InverseBindMatrix))]
                : [(node.LogicalIndex, Matrix4x4.Identity)];

            var color = primitive.Material?.FindChannel("BaseColor");
            var factor = color?.Color ?? Vector4.One;
            var image = color?.Texture?.PrimaryImage?.Content.Content ?? default;
            var coordinates = image.IsEmpty ? null : primitive.GetVertexAccessor($"TEXCOORD_{color!.Value.TextureCoordinate}");
            Vector2[] at = coordinates is null ? [] : [.. coordinates.AsVector2Array()];
            Vector3[] tints = primitive.GetVertexAccessor("COLOR_0") is { } painted
                ? [.. painted.AsColorArray().Select(each => new Vector3(each.X * factor.X, each.Y * factor.Y, each.Z * factor.Z))]
                : [.. positions.Select(_ => new Vector3(factor.X, factor.Y, factor.Z))];
            var leastAlpha = primitive.Material?.Alpha switch { AlphaMode.MASK => primitive.Material.AlphaCutoff, AlphaMode.BLEND => 0.5f, _ => 0 };
            return new(new(new Vector3[positions.Length], new Vector3[positions.Length], indices, tints, at.Length == 0 ? default : image, at, leastAlpha), positions, normals, joints, weights, skin);
        }

        public void Move(Matrix4x4[] frames)
        {
            for (var i = 0; i < _bones.Length; i++) _bones[i] = _skin[i].Node < frames.Length ? _skin[i].Inverse * frames[_skin[i].Node] : Matrix4x4.Identity;
            for (var i = 0; i < _positions.Length; i++)
            {
                var (joints, weights) = (_joints[i], _weights[i]);
                var bone = _bones[(int)joints.X] * weights.X;
                if (weights.Y > 0) bone += _bones[(int)joints.Y] * weights.Y;
                if (weights.Z > 0) bone += _bones[(int)joints.Z] * weights.Z;
                if (weights.W > 0) bone += _bones[(int)joints.W] * weights.W;
                Part.Positions[i] = Vector3.Transform(_positions[i], bone);
                Part.Normals[i] = Vector3.TransformNormal(_normals[i], bone);
            }
        }
    }
}
