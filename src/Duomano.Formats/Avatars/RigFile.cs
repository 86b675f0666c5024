using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Core.Hands;

namespace Duomano.Formats.Avatars;

/// <summary>
/// Reads the nodes of glTF files (.glb, .gltf, .vrm) and finds a humanoid's bones in them: as VRM 1.0 and 0.x list them, by the names
/// that programs give, or by the structure of two hands. Meshes and pictures are not looked at.
/// </summary>
public static class RigFile
{
    private const uint GlbMagic = 0x46546C67;
    private const uint JsonChunk = 0x4E4F534A;
    private const int LongestJson = 64 << 20;
    private const int MostNodes = 20_000;

    /// <summary>Whether a name ends as those of rigs do.</summary>
    public static bool IsName(string path) => Path.GetExtension(path).ToUpperInvariant() is ".GLB" or ".GLTF" or ".VRM";

    /// <summary>Reads a rig.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bonesPath">A JSON object whose keys are bones of VRM 1.0 and whose values are nodes' names; it goes before what is found. Null for none.</param>
    /// <exception cref="UnreadableFileException">It is no glTF file, or its nodes make no sense.</exception>
    public static Rig Read(string path, string? bonesPath = null)
    {
        using var file = OrdinaryFile.OpenRead(path);
        return Read(file, path, bonesPath);
    }

    /// <summary>Reads a rig.</summary>
    /// <param name="stream">A glTF file from its beginning, which can be sought in.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <param name="bonesPath">As above.</param>
    /// <exception cref="UnreadableFileException">It is no glTF file, or its nodes make no sense.</exception>
    public static Rig Read(Stream stream, string path, string? bonesPath = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var document = Parse(JsonOf(stream, path), path);
        try
        {
            return Find(document.RootElement, path, bonesPath);
        }
        catch (InvalidOperationException error)
        {
            throw new UnreadableFileException(path, "", "has names with halves of characters", error);
        }
    }

    private static Rig Find(JsonElement root, string path, string? bonesPath)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("asset", out _)) throw new UnreadableFileException(path, "", "the JSON is no glTF document (it has no 'asset')");
        var nodes = Nodes(root, path);
        var (format, listed) = Listed(root, nodes, path);
        var bones = listed ?? new Dictionary<string, int>(StringComparer.Ordinal);
        var by = listed is not null ? format : "";
        if (listed is null)
        {
            bones = NamedBones.Of(nodes, Path.GetFileNameWithoutExtension(path));
            by = "names";
            if (!HandSides.Both.Any(side => bones.ContainsKey(HumanoidBones.Hand(side))) && HandChains.Find(nodes) is { } found) (bones, by) = (found, "the structure of two hands");
        }

        NamedBones.AddTips(nodes, bones);
        if (bonesPath is not null)
        {
            foreach (var (bone, node) in Given(bonesPath, nodes)) bones[bone] = node;
            by = $"{bonesPath}, then {by}";
        }

        string[] needed = root.TryGetProperty("extensionsRequired", out var required) && required.ValueKind == JsonValueKind.Array ? [.. required.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)] : [];
        return new(format, by, nodes, bones, needed);
    }

    private static byte[] JsonOf(Stream file, string path)
    {
        var head = new byte[20];
        var count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (count == 0) throw new UnreadableFileException(path, "", "the file is empty");
        if (count < head.Length || BinaryPrimitives.ReadUInt32LittleEndian(head) != GlbMagic)
        {
            file.Position = 0;
            return BoundedBytes.ReadAll(file, path, LongestJson);
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
        if (version != 2) throw new UnreadableFileException(path, "byte 4", $"glTF {version}, expected 2");
        if (BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(16)) != JsonChunk) throw new UnreadableFileException(path, "byte 16", "the first chunk is not the JSON one");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12));
        if (length > LongestJson || length > file.Length - head.Length) throw new UnreadableFileException(path, "byte 12", $"a JSON chunk of {length} bytes, but the file has {file.Length - head.Length} more");
        var json = new byte[length];
        file.ReadExactly(json);
        return json;
    }

    private static JsonDocument Parse(byte[] json, string path)
    {
        try
        {
            // Names in other encodings are as good as any.
            return JsonDocument.Parse(Encoding.UTF8.GetString(json).TrimStart('\uFEFF'));
        }
        catch (JsonException error)
        {
            throw new UnreadableFileException(path, error.LineNumber is { } line ? $"line {line + 1}" : "", "is neither a binary glTF file nor JSON", error);
        }
    }

    private static List<RigNode> Nodes(JsonElement root, string path)
    {
        if (!root.TryGetProperty("nodes", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) throw new UnreadableFileException(path, "", "has no nodes");
        var count = list.GetArrayLength();
        if (count > MostNodes) throw new UnreadableFileException(path, "", $"{count} nodes, expected at most {MostNodes}");
        var parents = new int[count];
        Array.Fill(parents, -1);
        JsonElement[] elements = [.. list.EnumerateArray()];
        for (var i = 0; i < count; i++)
        {
            if (elements[i].ValueKind != JsonValueKind.Object) throw Wrong(i, "is no object");
            if (!elements[i].TryGetProperty("children", out var children)) continue;
            if (children.ValueKind != JsonValueKind.Array) throw Wrong(i, "has children that are no list");
            foreach (var child in children.EnumerateArray())
            {
                if (!child.TryInt(out var index) || index < 0 || index >= count) throw Wrong(i, $"has a child {child.GetRawText()}, expected 0 to {count - 1}");
                if (parents[index] >= 0) throw Wrong(index, $"is a child of nodes {parents[index]} and {i}");
                parents[index] = i;
            }
        }

        var nodes = new RigNode?[count];
        var way = new Stack<int>();
        for (var i = 0; i < count; i++)
        {
            for (var at = i; at >= 0 && nodes[at] is null; at = parents[at])
            {
                if (way.Count > count) throw Wrong(i, "is among its own children");
                way.Push(at);
            }

            while (way.TryPop(out var at))
            {
                var above = parents[at] < 0 ? null : nodes[parents[at]];
                var name = elements[at].TryGetProperty("name", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "";
                nodes[at] = new(name, parents[at], above is null ? 0 : above.Depth + 1, Local(elements[at], at) * (above?.World ?? Matrix4x4.Identity));
            }
        }

        return [.. nodes.Select(node => node!)];

        // Row vectors: the columns of glTF's matrices are the rows here.
        Matrix4x4 Local(JsonElement node, int index)
        {
            if (Numbers(node, "matrix", 16, index) is { } m) return new(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11], m[12], m[13], m[14], m[15]);
            var s = Numbers(node, "scale", 3, index) ?? [1, 1, 1];
            var r = Numbers(node, "rotation", 4, index) ?? [0, 0, 0, 1];
            var t = Numbers(node, "translation", 3, index) ?? [0, 0, 0];
            return Matrix4x4.CreateScale(s[0], s[1], s[2]) * Matrix4x4.CreateFromQuaternion(new(r[0], r[1], r[2], r[3])) * Matrix4x4.CreateTranslation(t[0], t[1], t[2]);
        }

        float[]? Numbers(JsonElement node, string name, int length, int index)
        {
            if (!node.TryGetProperty(name, out var list)) return null;
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() != length) throw Wrong(index, $"has a {name} that is no list of {length} numbers");
            var numbers = new float[length];
            var i = 0;
            foreach (var one in list.EnumerateArray())
            {
                if (one.ValueKind != JsonValueKind.Number || !one.TryGetSingle(out numbers[i]) || !float.IsFinite(numbers[i++])) throw Wrong(index, $"has a {name} that is no list of {length} numbers");
            }

            return numbers;
        }

        UnreadableFileException Wrong(int index, string problem) => new(path, $"node {index}", problem);
    }

    // What the file itself says of its bones.
    private static (string Format, Dictionary<string, int>? Bones) Listed(JsonElement root, List<RigNode> nodes, string path)
    {
        if (!root.TryGetProperty("extensions", out var extensions) || extensions.ValueKind != JsonValueKind.Object) return ("glTF 2.0", null);
        if (extensions.TryGetProperty("VRMC_vrm", out var one) && Bones(one) is { ValueKind: JsonValueKind.Object } named)
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var bone in named.EnumerateObject().Where(bone => HumanoidBones.IsKnown(bone.Name))) known[bone.Name] = Node(bone.Value, bone.Name);
            return ("VRM 1.0", known);
        }

        if (!extensions.TryGetProperty("VRM", out var zero) || Bones(zero) is not { ValueKind: JsonValueKind.Array } listed) return ("glTF 2.0", null);
        var bones = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var bone in listed.EnumerateArray())
        {
            if (bone.ValueKind == JsonValueKind.Object && bone.TryGetProperty("bone", out var name) && name.ValueKind == JsonValueKind.String && Renamed(name.GetString()!) is var renamed && HumanoidBones.IsKnown(renamed)) bones[renamed] = Node(bone, renamed);
        }

        return ("VRM 0.x", bones);

        static JsonElement? Bones(JsonElement extension) =>
            extension.ValueKind == JsonValueKind.Object && extension.TryGetProperty("humanoid", out var humanoid) && humanoid.ValueKind == JsonValueKind.Object && humanoid.TryGetProperty("humanBones", out var bones) ? bones : null;

        int Node(JsonElement bone, string name) =>
            bone.ValueKind == JsonValueKind.Object && bone.TryGetProperty("node", out var node) && node.TryInt(out var index) && index >= 0 && index < nodes.Count
                ? index
                : throw new UnreadableFileException(path, name, $"the bone's node is none of the file's {nodes.Count}");

        // The thumb's bones were called like a finger's.
        static string Renamed(string bone) => bone.Contains("Thumb", StringComparison.Ordinal) ? bone.Replace("Proximal", "Metacarpal", StringComparison.Ordinal).Replace("Intermediate", "Proximal", StringComparison.Ordinal) : bone;
    }

    private static IEnumerable<(string Bone, int Node)> Given(string path, List<RigNode> nodes)
    {
        using var file = OrdinaryFile.OpenRead(path);
        using var document = Parse(BoundedBytes.ReadAll(file, path, LongestJson), path);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new UnreadableFileException(path, "", "is no JSON object of bones and nodes");
        var given = new List<(string, int)>();
        foreach (var pair in document.RootElement.EnumerateObject())
        {
            var isTip = HandSides.Both.Any(side => Core.Fingering.Fingers.All.Any(finger => HumanoidBones.Tip(side, finger) == pair.Name));
            if (!isTip && !HumanoidBones.IsKnown(pair.Name)) throw new UnreadableFileException(path, pair.Name, "is no bone of VRM 1.0, such as leftHand or rightIndexProximal");
            var index = pair.Value.ValueKind == JsonValueKind.String ? nodes.FindIndex(node => node.Name == pair.Value.GetString()) : pair.Value.TryInt(out var number) && number >= 0 && number < nodes.Count ? number : -1;
            given.Add((pair.Name, index >= 0 ? index : throw new UnreadableFileException(path, pair.Name, $"the rig has no node {pair.Value.GetRawText()}")));
        }

        return given;
    }

    private static bool TryInt(this JsonElement element, out int value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }
}
