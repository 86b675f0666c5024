using System.Numerics;
using System.Runtime.InteropServices;
using SharpGLTF.Memory;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Glb;

/// <summary>Puts meshes and materials into a glTF model.</summary>
internal static class GlbScene
{
    /// <summary>A plain material.</summary>
    /// <param name="model">Where to make it.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="color">Linear red, green and blue.</param>
    /// <param name="roughness">0 mirror-like to 1 chalk-like.</param>
    public static Material AddMaterial(this ModelRoot model, string name, Vector3 color, float roughness)
    {
        var material = model.CreateMaterial(name);
        material.InitializePBRMetallicRoughness();
        var baseColor = material.FindChannel("BaseColor")!.Value;
        baseColor.Color = new Vector4(color, 1);
        var surface = material.FindChannel("MetallicRoughness")!.Value;
        surface.SetFactor("MetallicFactor", 0);
        surface.SetFactor("RoughnessFactor", roughness);
        return material;
    }

    /// <summary>Stores a mesh.</summary>
    public static Mesh AddMesh(this ModelRoot model, string name, MeshData data, Material material)
    {
        var mesh = model.CreateMesh(name);
        var primitive = mesh.CreatePrimitive();
        primitive.Material = material;
        primitive.SetVertexAccessor("POSITION", model.AddAccessor(CollectionsMarshal.AsSpan(data.Positions), DimensionType.VEC3, EncodingType.FLOAT));
        primitive.SetVertexAccessor("NORMAL", model.AddAccessor(CollectionsMarshal.AsSpan(data.Normals), DimensionType.VEC3, EncodingType.FLOAT));
        if (data.Weights.Count > 0)
        {
            // A joint of no weight must be 0.
            var joints = data.Weights.SelectMany(weight => (byte[])[(byte)(weight.SecondWeight < 1 ? weight.First : 0), (byte)(weight.SecondWeight > 0 ? weight.Second : 0), 0, 0]).ToArray();
            var weights = data.Weights.Select(weight => new Vector4(1 - weight.SecondWeight, weight.SecondWeight, 0, 0)).ToArray();
            primitive.SetVertexAccessor("JOINTS_0", model.AddAccessor(MemoryMarshal.Cast<byte, uint>(joints), DimensionType.VEC4, EncodingType.UNSIGNED_BYTE));
            primitive.SetVertexAccessor("WEIGHTS_0", model.AddAccessor<Vector4>(weights, DimensionType.VEC4, EncodingType.FLOAT));
        }

        var indices = data.Indices.ConvertAll(index => (ushort)index);
        var view = model.UseBufferView(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(indices)).ToArray(), 0, null, 0, BufferMode.ELEMENT_ARRAY_BUFFER);
        var accessor = model.CreateAccessor();
        accessor.SetIndexData(view, 0, indices.Count, IndexEncodingType.UNSIGNED_SHORT);
        primitive.SetIndexAccessor(accessor);
        return mesh;
    }

    private static Accessor AddAccessor<T>(this ModelRoot model, ReadOnlySpan<T> values, DimensionType dimensions, EncodingType encoding)
        where T : unmanaged
    {
        var view = model.UseBufferView(MemoryMarshal.AsBytes(values).ToArray(), 0, null, 0, BufferMode.ARRAY_BUFFER);
        var accessor = model.CreateAccessor();
        accessor.SetVertexData(view, 0, values.Length, new AttributeFormat(dimensions, encoding, false));
        return accessor;
    }
}
