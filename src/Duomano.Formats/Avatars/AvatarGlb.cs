using System.Numerics;
using System.Text.Json.Nodes;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Shapes;
using Duomano.Formats.Glb;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Avatars;

/// <summary>
/// Writes an avatar at the piano as a binary glTF 2.0 scene: the avatar's own file with its meshes, materials and extensions, one
/// animation, "performance", in place of those that it had, and beside it a bench and the piano under the node "piano",
/// as large as it is for the avatar.
/// </summary>
public static class AvatarGlb
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="avatar">The avatar.</param>
    /// <param name="motion">How it moves, in the piano frame.</param>
    /// <param name="scale">How many times as large as in its file it is beside the piano.</param>
    /// <param name="clip">What it plays.</param>
    /// <param name="resized">Whether the avatar is made as large as it is beside the piano, which else is as large as it is for the avatar.</param>
    /// <param name="imprint">What the file's extras tell of the piece.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <exception cref="UnreadableFileException">The avatar's file is broken, or needs what cannot be read.</exception>
    public static void Write(
        string path, AvatarFile avatar, BodyMotion motion, float scale, TwoHandClip clip, bool resized = false, Imprint? imprint = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(avatar);
        ArgumentNullException.ThrowIfNull(motion);
        ArgumentNullException.ThrowIfNull(clip);
        WholeFile.Write(path, stream => Write(stream, avatar, motion, scale, clip, resized, imprint, progress, cancellation), cancellation);
    }

    /// <summary>Writes to a stream that can be sought in; see <see cref="Write(string, AvatarFile, BodyMotion, float, TwoHandClip, bool, Imprint?, IProgress{double}?, CancellationToken)"/>.</summary>
    public static void Write(
        Stream stream, AvatarFile avatar, BodyMotion motion, float scale, TwoHandClip clip, bool resized = false, Imprint? imprint = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(avatar);
        ArgumentNullException.ThrowIfNull(motion);
        ArgumentNullException.ThrowIfNull(clip);
        var model = avatar.Open();
        var scene = model.DefaultScene ?? (model.LogicalScenes.Count > 0 ? model.LogicalScenes[0] : model.UseScene("avatar"));
        model.DefaultScene = scene;
        var size = resized ? scale : 1;
        if (resized) Resize(scene, scale);
        var extras = model.Sign(clip, imprint);
        extras["piano_scale"] = size / scale;
        extras["hands"] = Hands(avatar.Rig);
        extras["seated"] = motion.Humanoid.Has("hips");

        var room = scene.CreateNode("piano");
        room.LocalTransform = new SharpGLTF.Transforms.AffineTransform(new Vector3(size / scale), Quaternion.Identity, Vector3.Zero);
        var piano = PianoNodes.Add(model, room, clip);
        AddBench(model, room, motion);
        var animation = model.CreateAnimation(GlbMotion.AnimationName);
        Animate(model, animation, new RigMotion(avatar.Rig, motion, scale), size, progress, cancellation);
        piano.Animate(animation, clip, KeyMotion.From(clip.Notes, clip.Duration));
        model.WriteGLB(stream);
        progress?.Report(1);
    }

    // For programs that show fingers: each hand's wrist and, from the thumb on, the fingertips: the number of a node and the tip in its frame.
    private static JsonObject Hands(Rig rig) => new(HandSides.Both.Where(side => rig.Has(HumanoidBones.Hand(side))).Select(side => KeyValuePair.Create(side.Name(), (JsonNode?)new JsonObject
    {
        ["wrist"] = rig.Bones[HumanoidBones.Hand(side)],
        ["tips"] = new JsonArray([.. Fingers.All.Select(finger => Tip(rig, side, finger))]),
    })));

    private static JsonNode? Tip(Rig rig, HandSide side, Finger finger)
    {
        if (!rig.IsWhole(side, finger)) return null;
        if (rig.Bones.TryGetValue(HumanoidBones.Tip(side, finger), out var end)) return new JsonObject { ["node"] = end, ["at"] = new JsonArray(0, 0, 0) };
        var last = rig.Bones[HumanoidBones.Joint(side, finger, HumanoidBones.FingerJoints - 1)];
        var at = rig.Tips.TryGetValue(HumanoidBones.Tip(side, finger), out var tip) && Matrix4x4.Invert(rig.Nodes[last].Bind, out var inverse) ? Vector3.Transform(tip, inverse) : Vector3.Zero;
        return new JsonObject { ["node"] = last, ["at"] = new JsonArray(at.X, at.Y, at.Z) };
    }

    // What stands in the scene, all of it.
    private static void Resize(Scene scene, float size)
    {
        foreach (var root in scene.VisualChildren)
        {
            root.LocalTransform = Matrix4x4.Decompose(root.LocalMatrix, out var scale, out var rotation, out var translation)
                ? new SharpGLTF.Transforms.AffineTransform(size * scale, rotation, size * translation)
                : root.LocalMatrix * Matrix4x4.CreateScale(size);
        }
    }

    private static void AddBench(ModelRoot model, Node room, BodyMotion motion)
    {
        if (BenchShape.Below(motion, -SeatedPianist.Floor) is not { } below) return;
        var bench = room.CreateNode("bench");
        bench.LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, Quaternion.Identity, below.Place);
        bench.Mesh = model.AddMesh("bench", below.Mesh, model.UseMaterial(SurfaceMaterial.Case));
    }

    private static void Animate(ModelRoot model, Animation animation, RigMotion motion, float size, IProgress<double>? progress, CancellationToken cancellation)
    {
        var frames = Enumerable.Range(0, motion.FrameCount);
        foreach (var (node, i) in motion.Moved.Select((node, i) => (node, i)))
        {
            cancellation.ThrowIfCancellationRequested();
            animation.CreateRotationChannel(model.LogicalNodes[node], Keyframes.Rotations([.. frames.Select(frame => motion.Turn(node, frame))], motion.Fps));
            progress?.Report((i + 1) / (motion.Moved.Count + 1.0));
        }

        // What hangs on nothing is told in the scene's own size.
        foreach (var root in motion.Roots)
        {
            var unit = model.LogicalNodes[root].VisualParent is null ? size : 1;
            animation.CreateTranslationChannel(model.LogicalNodes[root], Keyframes.Places([.. frames.Select(frame => unit * motion.Place(root, frame))], motion.Fps));
        }
    }
}
