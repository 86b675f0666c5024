using System.Numerics;
using System.Text.Json.Nodes;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Formats.Glb;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Avatars;

/// <summary>The pianist of our own (<see cref="PianistFigure"/>) as a VRM 1.0 avatar: a glTF file whose bones are listed by VRMC_vrm.</summary>
public static class PianistVrm
{
    private const string Extension = "VRMC_vrm";

    /// <summary>Writes it as a file.</summary>
    /// <param name="path">The .vrm to make or replace.</param>
    /// <param name="hands">Its hands.</param>
    public static void Write(string path, PerHand<HandSkeleton> hands)
    {
        var file = Build(hands);
        WholeFile.Write(path, stream => stream.Write(file));
    }

    /// <summary>The file's bytes.</summary>
    internal static byte[] Build(PerHand<HandSkeleton> hands)
    {
        var figure = PianistFigure.With(hands);
        var model = ModelRoot.CreateModel();
        model.Asset.Generator = Imprint.Program;
        var scene = model.UseScene("pianist");
        model.DefaultScene = scene;
        var rig = scene.CreateNode("rig");
        var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var bone in figure.Bones)
        {
            var parent = figure.Body.Parent(bone);
            nodes[bone] = (parent is null ? rig : nodes[parent]).CreateNode(bone);
            nodes[bone].LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, Quaternion.Identity, figure.Body[bone] - (parent is null ? Vector3.Zero : figure.Body[parent]));
        }

        var skin = model.CreateSkin("pianist");
        skin.BindJoints([.. figure.Bones.Select(bone => (nodes[bone], Matrix4x4.CreateTranslation(-figure.Body[bone])))]);
        foreach (var (name, parts) in figure.Meshes)
        {
            var node = scene.CreateNode($"{name}_mesh");
            (node.Mesh, node.Skin) = (model.AddMesh(name, parts), skin);
        }

        using var glb = new MemoryStream();
        model.WriteGLB(glb);
        return GlbContainer.WithJson(glb.ToArray(), root => AddHumanoid(root, nodes));
    }

    private static void AddHumanoid(JsonObject root, Dictionary<string, Node> nodes)
    {
        root["extensionsUsed"] = new JsonArray(JsonValue.Create(Extension));
        root["extensions"] = new JsonObject
        {
            [Extension] = new JsonObject
            {
                ["specVersion"] = "1.0",
                ["meta"] = new JsonObject
                {
                    ["name"] = "Pianist",
                    ["authors"] = new JsonArray(JsonValue.Create(Imprint.Program)),
                    ["licenseUrl"] = "https://vrm.dev/licenses/1.0/",
                },
                ["humanoid"] = new JsonObject { ["humanBones"] = new JsonObject([.. nodes.Select(bone => KeyValuePair.Create(bone.Key, (JsonNode?)new JsonObject { ["node"] = bone.Value.LogicalIndex }))]) },
            },
        };
    }
}
