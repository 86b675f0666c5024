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
    // How far the bench's middle is behind the hips, metres.
    private const float BenchBehind = 0.03f;

    // From the hips' joint down to what one sits on, times the thigh's length.
    private const float SittingDepth = 0.2f;

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

        var room = scene.CreateNode("piano");
        room.LocalTransform = new SharpGLTF.Transforms.AffineTransform(new Vector3(size / scale), Quaternion.Identity, Vector3.Zero);
        var piano = PianoNodes.Add(model, room, clip);
        AddBench(model, room, motion);
        var animation = model.CreateAnimation(GlbMotion.AnimationName);
        Animate(model, animation, avatar.Rig, motion, scale / size, size, progress, cancellation);
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
        if (motion.FrameCount == 0) return;
        var humanoid = motion.Humanoid;
        var thigh = Vector3.Distance(humanoid["leftUpperLeg"], humanoid["leftLowerLeg"]);
        var seat = Enumerable.Range(0, motion.FrameCount).Select(motion.Root).Aggregate(Vector3.Zero, (sum, hips) => sum + hips) / motion.FrameCount;
        var top = Enumerable.Range(0, motion.FrameCount).Min(frame => motion.Root(frame).Y) - SittingDepth * thigh;
        var bench = room.CreateNode("bench");
        bench.LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, Quaternion.Identity, new(seat.X, 0, seat.Z + BenchBehind));
        bench.Mesh = model.AddMesh("bench", BenchShape.Build(top, -SeatedPianist.Floor), model.UseMaterial(SurfaceMaterial.Case));
    }

    private static void Animate(ModelRoot model, Animation animation, Rig rig, BodyMotion motion, float scale, float size, IProgress<double>? progress, CancellationToken cancellation)
    {
        var facing = rig.Facing;
        var bones = rig.Bones.ToDictionary(bone => bone.Value, bone => bone.Key);
        var (rests, given) = (rig.Nodes.Select(node => Turned(node.Bind)).ToArray(), rig.Nodes.Select(node => Turned(node.World)).ToArray());
        // Each node with a bone, parents first, as deep as it lies.
        var moved = bones.Keys.Where(node => motion.Humanoid.Has(bones[node])).OrderBy(node => rig.Nodes[node].Depth).ToList();
        var turns = moved.ToDictionary(node => node, _ => new Quaternion[motion.FrameCount]);
        var root = rig.Bones[motion.Humanoid.Bones[0]];
        for (var frame = 0; frame < motion.FrameCount; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(frame / (motion.FrameCount + 1.0));
            foreach (var node in moved)
            {
                var parent = rig.Nodes[node].Parent;
                turns[node][frame] = Quaternion.Conjugate(parent < 0 ? Quaternion.Identity : World(parent, frame)) * World(node, frame);
            }
        }

        foreach (var node in moved) animation.CreateRotationChannel(model.LogicalNodes[node], Keyframes.Rotations(turns[node], motion.Fps));

        // The nodes above the hips stay as they are.
        var above = rig.Nodes[root].Parent;
        if (!Matrix4x4.Invert(above < 0 ? Matrix4x4.Identity : rig.Nodes[above].World * Matrix4x4.CreateScale(size), out var inverse)) inverse = Matrix4x4.Identity;
        animation.CreateTranslationChannel(
            model.LogicalNodes[root], Keyframes.Places([.. Enumerable.Range(0, motion.FrameCount).Select(frame => Vector3.Transform(motion.Root(frame) / scale, inverse))], motion.Fps));

        // How a node is turned in the world: as its bone is, or as it hangs on the nearest one that is moved.
        Quaternion World(int node, int frame)
        {
            if (turns.ContainsKey(node)) return motion.Turn(bones[node], frame) * facing * rests[node];
            var parent = rig.Nodes[node].Parent;
            return parent < 0 ? given[node] : World(parent, frame) * Quaternion.Conjugate(given[parent]) * given[node];
        }
    }

    // The rotation in a matrix that also scales.
    private static Quaternion Turned(Matrix4x4 world) =>
        Matrix4x4.Decompose(world, out _, out var rotation, out _) ? Quaternion.Normalize(rotation) : Quaternion.Identity;
}
