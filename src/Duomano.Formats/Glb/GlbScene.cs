using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Duomano.Core.Motion;
using Duomano.Core.Shapes;
using SharpGLTF.Memory;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Glb;

/// <summary>Puts meshes and materials into a glTF model.</summary>
internal static class GlbScene
{
    /// <summary>Says who made the file and, in its extras, of what.</summary>
    /// <returns>The extras, for more.</returns>
    public static JsonNode Sign(this ModelRoot model, TwoHandClip clip, Imprint? imprint)
    {
        model.Asset.Generator = Imprint.Program;
        model.Extras = new JsonObject { ["generator"] = Imprint.MadeWith, ["fps"] = clip.Fps, ["frames"] = clip.FrameCount, ["notes"] = clip.Notes.Count };
        if (imprint?.Title is { } title) model.Extras["title"] = title;
        if (imprint?.Credits is { Count: > 0 } credits) model.Extras["credits"] = new JsonArray([.. credits.Select(line => (JsonNode?)JsonValue.Create(line))]);
        return model.Extras;
    }

    /// <summary>A material, made when it is first asked for.</summary>
    public static Material UseMaterial(this ModelRoot model, SurfaceMaterial wanted)
    {
        if (model.LogicalMaterials.FirstOrDefault(material => material.Name == wanted.Name) is { } made) return made;
        var material = model.CreateMaterial(wanted.Name);
        material.InitializePBRMetallicRoughness();
        var baseColor = material.FindChannel("BaseColor")!.Value;
        baseColor.Color = new Vector4(wanted.Color, 1);
        var surface = material.FindChannel("MetallicRoughness")!.Value;
        surface.SetFactor("MetallicFactor", 0);
        surface.SetFactor("RoughnessFactor", wanted.Roughness);
        return material;
    }

    /// <summary>Stores a body that does not bend.</summary>
    public static Mesh AddMesh(this ModelRoot model, string name, TriangleMesh body, Material material)
    {
        var mesh = model.CreateMesh(name);
        var primitive = mesh.CreatePrimitive();
        primitive.Material = material;
        primitive.SetVertexAccessor("POSITION", model.AddAccessor<Vector3>([.. body.Positions], DimensionType.VEC3, EncodingType.FLOAT));
        primitive.SetVertexAccessor("NORMAL", model.AddAccessor<Vector3>([.. body.Normals], DimensionType.VEC3, EncodingType.FLOAT));
        primitive.SetIndexAccessor(model.AddIndices(body.Indices));
        return mesh;
    }

    /// <summary>Stores a surface, skinned and tinted, with a primitive for each of its parts.</summary>
    public static Mesh AddMesh(this ModelRoot model, string name, IEnumerable<SkinnedPart> parts)
    {
        var mesh = model.CreateMesh(name);
        foreach (var part in parts)
        {
            var primitive = mesh.CreatePrimitive();
            primitive.Material = model.UseMaterial(part.Material);
            primitive.SetVertexAccessor("POSITION", model.AddAccessor<Vector3>(part.Positions, DimensionType.VEC3, EncodingType.FLOAT));
            primitive.SetVertexAccessor("NORMAL", model.AddAccessor<Vector3>(part.Normals, DimensionType.VEC3, EncodingType.FLOAT));
            var joints = part.Joints.SelectMany(joint => (byte[])[joint.A, joint.B, joint.C, joint.D]).ToArray();
            primitive.SetVertexAccessor("JOINTS_0", model.AddAccessor(MemoryMarshal.Cast<byte, uint>(joints), DimensionType.VEC4, EncodingType.UNSIGNED_BYTE));
            primitive.SetVertexAccessor("WEIGHTS_0", model.AddAccessor<Vector4>(part.Weights, DimensionType.VEC4, EncodingType.FLOAT));
            if (part.Tints.Any(tint => tint != Vector3.One))
            {
                var tints = part.Tints.SelectMany(tint => (byte[])[Share(tint.X), Share(tint.Y), Share(tint.Z), 255]).ToArray();
                primitive.SetVertexAccessor("COLOR_0", model.AddAccessor(MemoryMarshal.Cast<byte, uint>(tints), DimensionType.VEC4, EncodingType.UNSIGNED_BYTE, normalized: true));
            }

            primitive.SetIndexAccessor(model.AddIndices(part.Indices));
        }

        return mesh;
    }

    private static byte Share(float value) => (byte)MathF.Round(255 * value);

    private static Accessor AddIndices(this ModelRoot model, IEnumerable<int> corners)
    {
        var indices = corners.Select(index => (ushort)index).ToArray();
        var view = model.UseBufferView(MemoryMarshal.AsBytes(indices.AsSpan()).ToArray(), 0, null, 0, BufferMode.ELEMENT_ARRAY_BUFFER);
        var accessor = model.CreateAccessor();
        accessor.SetIndexData(view, 0, indices.Length, IndexEncodingType.UNSIGNED_SHORT);
        return accessor;
    }

    private static Accessor AddAccessor<T>(this ModelRoot model, ReadOnlySpan<T> values, DimensionType dimensions, EncodingType encoding, bool normalized = false)
        where T : unmanaged
    {
        var view = model.UseBufferView(MemoryMarshal.AsBytes(values).ToArray(), 0, null, 0, BufferMode.ARRAY_BUFFER);
        var accessor = model.CreateAccessor();
        accessor.SetVertexData(view, 0, values.Length, new AttributeFormat(dimensions, encoding, normalized));
        return accessor;
    }
}
