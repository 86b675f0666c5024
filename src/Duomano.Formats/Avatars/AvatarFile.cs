using System.Text.Json.Nodes;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using SharpGLTF.Schema2;
using SharpGLTF.Validation;

namespace Duomano.Formats.Avatars;

/// <summary>An avatar that can be opened as often as it is needed: somebody's file, or the pianist of our own.</summary>
public sealed class AvatarFile
{
    private static readonly string[] Compressed = ["KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_meshopt_compression"];

    // Its own animations would move the same bones; programs play the first one.
    private static readonly ReadSettings Settings = new() { Validation = ValidationMode.Skip, JsonPreprocessor = WithoutAnimations };

    private readonly Func<ModelRoot> _open;

    private AvatarFile(string name, Rig rig, Func<ModelRoot> open) => (Name, Rig, _open) = (name, rig, open);

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Its bones, with the pose in which its mesh was bound to them.</summary>
    public Rig Rig { get; }

    /// <summary>Reads somebody's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bonesPath">As <see cref="RigFile.Read(string, string?)"/> takes it.</param>
    /// <exception cref="UnreadableFileException">The file is broken, or needs what cannot be read.</exception>
    public static AvatarFile Read(string path, string? bonesPath = null)
    {
        var rig = RigFile.Read(path, bonesPath);
        if (rig.Needed.Intersect(Compressed).ToList() is { Count: > 0 } compressed) throw new UnreadableFileException(path, "", $"its meshes are compressed ({string.Join(", ", compressed)}); expected a file without compression");
        return new(path, BindPose.Of(rig, Open()), Open);

        ModelRoot Open()
        {
            try
            {
                return ModelRoot.Load(path, Settings);
            }
            catch (Exception problem) when (problem is not (OutOfMemoryException or OperationCanceledException))
            {
                throw new UnreadableFileException(path, "", $"cannot be read as glTF: {problem.Message.Split('\n')[0].Trim()}", problem);
            }
        }
    }

    /// <summary>The pianist of our own.</summary>
    /// <param name="hands">Its hands.</param>
    public static AvatarFile Pianist(PerHand<HandSkeleton> hands)
    {
        var bytes = PianistVrm.Build(hands);
        using var stream = new MemoryStream(bytes);
        return new("pianist", BindPose.Of(RigFile.Read(stream, "pianist"), Open()), Open);

        ModelRoot Open()
        {
            using var file = new MemoryStream(bytes);
            return ModelRoot.ReadGLB(file, Settings);
        }
    }

    /// <summary>Its model, without its animations, for whoever changes it.</summary>
    /// <exception cref="UnreadableFileException">The file is broken by now, or is another one.</exception>
    internal ModelRoot Open()
    {
        var model = _open();
        return model.LogicalNodes.Count == Rig.Nodes.Count ? model : throw new UnreadableFileException(Name, "", $"has {model.LogicalNodes.Count} nodes, expected {Rig.Nodes.Count}");
    }

    private static string WithoutAnimations(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject root) return json;
        root.Remove("animations");
        return root.ToJsonString();
    }
}
