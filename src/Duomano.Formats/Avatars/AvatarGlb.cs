using System.Numerics;
using System.Text.Json.Nodes;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Shapes;
using Duomano.Formats.Glb;
using SharpGLTF.Schema2;
using SharpGLTF.Validation;

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
    /// <param name="avatar">The avatar's file.</param>
    /// <param name="rig">What was found in it, by <see cref="Read"/>.</param>
    /// <param name="motion">How it moves, in the piano frame.</param>
    /// <param name="scale">How many times as large as in its file it is beside the piano.</param>
    /// <param name="clip">What it plays.</param>
    /// <param name="imprint">What the file's extras tell of the piece.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <exception cref="UnreadableFileException">The avatar's file is broken, or needs what cannot be read.</exception>
    public static void Write(
        string path, string avatar, Rig rig, BodyMotion motion, float scale, TwoHandClip clip, Imprint? imprint = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(motion);
        ArgumentNullException.ThrowIfNull(clip);
        var model = Load(avatar);
        if (model.LogicalNodes.Count != rig.Nodes.Count) throw new UnreadableFileException(avatar, "", $"has {model.LogicalNodes.Count} nodes, expected {rig.Nodes.Count}");
        var scene = model.DefaultScene ?? (model.LogicalScenes.Count > 0 ? model.LogicalScenes[0] : model.UseScene("avatar"));
        model.DefaultScene = scene;
        model.Sign(clip, imprint)["piano_scale"] = 1 / scale;

        var room = scene.CreateNode("piano");
        room.LocalTransform = new SharpGLTF.Transforms.AffineTransform(new Vector3(1 / scale), Quaternion.Identity, Vector3.Zero);
        var piano = PianoNodes.Add(model, room, clip);
        AddBench(model, room, motion);
        var animation = model.CreateAnimation(GlbMotion.AnimationName);
        Animate(model, animation, rig, motion, scale, progress, cancellation);
        piano.Animate(animation, clip, KeyMotion.From(clip.Notes, clip.Duration));
        WholeFile.Write(path, stream => model.WriteGLB(stream), cancellation);
    }

    /// <summary>Reads a rig with the pose in which its mesh was bound to its bones.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bonesPath">As <see cref="RigFile.Read(string, string?)"/> takes it.</param>
    /// <exception cref="UnreadableFileException">The file is broken, or needs what cannot be read.</exception>
    public static Rig Read(string path, string? bonesPath = null)
    {
        var rig = RigFile.Read(path, bonesPath);
        if (rig.Needed.Intersect(Compressed).ToList() is { Count: > 0 } compressed) throw new UnreadableFileException(path, "", $"its meshes are compressed ({string.Join(", ", compressed)}); expected a file without compression");
        return BindPose.Of(rig, Load(path));
    }

    private static readonly string[] Compressed = ["KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_meshopt_compression"];

    private static ModelRoot Load(string path)
    {
        // Its own animations would move the same bones; programs play the first one.
        var settings = new ReadSettings { Validation = ValidationMode.Skip, JsonPreprocessor = WithoutAnimations };
        try
        {
            return ModelRoot.Load(path, settings);
        }
        catch (Exception problem) when (problem is not (OutOfMemoryException or OperationCanceledException))
        {
            throw new UnreadableFileException(path, "", $"cannot be read as glTF: {problem.Message.Split('\n')[0].Trim()}", problem);
        }
    }

    private static string WithoutAnimations(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject root) return json;
        root.Remove("animations");
        return root.ToJsonString();
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

    private static void Animate(ModelRoot model, Animation animation, Rig rig, BodyMotion motion, float scale, IProgress<double>? progress, CancellationToken cancellation)
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
            progress?.Report(frame / (double)motion.FrameCount);
            foreach (var node in moved)
            {
                var parent = rig.Nodes[node].Parent;
                turns[node][frame] = Quaternion.Conjugate(parent < 0 ? Quaternion.Identity : World(parent, frame)) * World(node, frame);
            }
        }

        foreach (var node in moved) animation.CreateRotationChannel(model.LogicalNodes[node], Keyframes.Rotations(turns[node], motion.Fps));

        // The nodes above the hips stay as they are.
        var above = rig.Nodes[root].Parent;
        if (!Matrix4x4.Invert(above < 0 ? Matrix4x4.Identity : rig.Nodes[above].World, out var inverse)) inverse = Matrix4x4.Identity;
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
