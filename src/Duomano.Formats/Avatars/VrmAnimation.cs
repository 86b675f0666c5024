using System.Numerics;
using System.Text.Json.Nodes;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Formats.Glb;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Avatars;

/// <summary>
/// Writes a body's motion as a VRM animation (.vrma, VRMC_vrm_animation 1.0): the bones at rest, looking along +z, each unturned, and
/// one animation with the rotations of all bones and the hips' place. Any VRM humanoid can play it; on one of other proportions than
/// those it was made for, fingers miss their keys.
/// </summary>
public static class VrmAnimation
{
    private const string Extension = "VRMC_vrm_animation";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="motion">The motion, in the piano frame.</param>
    /// <param name="scale">How many times as large as in its file the humanoid is beside the piano.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string path, BodyMotion motion, float scale, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(motion);
        motion = TPose.Of(motion);
        var model = ModelRoot.CreateModel();
        var scene = model.UseScene("animation");
        model.DefaultScene = scene;
        model.Asset.Generator = Imprint.Program;
        var humanoid = motion.Humanoid;
        var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
        var animation = model.CreateAnimation(GlbMotion.AnimationName);
        foreach (var bone in humanoid.Bones.Where(HumanoidBones.IsKnown))
        {
            cancellation.ThrowIfCancellationRequested();
            var parent = humanoid.Parent(bone);
            var node = parent is null ? scene.CreateNode(bone) : nodes[parent].CreateNode(bone);
            node.LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, Quaternion.Identity, (humanoid[bone] - (parent is null ? Vector3.Zero : humanoid[parent])) / scale);
            nodes[bone] = node;
            progress?.Report(nodes.Count / (humanoid.Bones.Count + 1.0));
            if (motion.FrameCount == 0) continue;
            animation.CreateRotationChannel(node, Keyframes.Rotations(
                [.. Enumerable.Range(0, motion.FrameCount).Select(frame => parent is null ? motion.Turn(bone, frame) : Quaternion.Conjugate(motion.Turn(parent, frame)) * motion.Turn(bone, frame))], motion.Fps));
            // The floor that the piano stands on is at height 0.
            if (parent is null) animation.CreateTranslationChannel(node, Keyframes.Places([.. Enumerable.Range(0, motion.FrameCount).Select(frame => (motion.Root(bone, frame) + SeatedPianist.Floor * Vector3.UnitY) / scale)], motion.Fps));
        }

        using var glb = new MemoryStream();
        model.WriteGLB(glb);
        var file = GlbContainer.WithJson(glb.ToArray(), root => AddBones(root, nodes));
        WholeFile.Write(path, stream => stream.Write(file), cancellation);
        progress?.Report(1);
    }

    private static void AddBones(JsonObject root, Dictionary<string, Node> nodes)
    {
        root["extensionsUsed"] = new JsonArray(JsonValue.Create(Extension));
        root["extensions"] = new JsonObject
        {
            [Extension] = new JsonObject
            {
                ["specVersion"] = "1.0",
                ["humanoid"] = new JsonObject { ["humanBones"] = new JsonObject([.. nodes.Select(bone => KeyValuePair.Create(bone.Key, (JsonNode?)new JsonObject { ["node"] = bone.Value.LogicalIndex }))]) },
            },
        };
    }
}
