using System.Numerics;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Shapes;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Glb;

/// <summary>
/// Writes motion as a binary glTF 2.0 scene: two skinned hands and a keyboard in the piano frame, with one animation,
/// "performance". Nodes are called left_rig, left_wrist, left_index1 … left_index_tip, left_forearm, right_…, and key_21 … key_108;
/// keys turn about their hinge while their notes are held. No motion has a forearm: it follows the wrist
/// (<see cref="ForearmPose"/>) and is the wrist's child, so that the hand's own nodes are moved by the clip alone. MANO hands have MANO's
/// mesh, moved by four joints a corner; what MANO corrects in it for each pose is left out, which the file's extras say.
/// </summary>
public static class GlbMotion
{
    /// <summary>The animation's name.</summary>
    public const string AnimationName = "performance";

    // How much of the work it is to put the motion into keyframes.
    private const double Animated = 0.8;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="clip">The motion.</param>
    /// <param name="imprint">What its extras tell of the piece.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string path, TwoHandClip clip, Imprint? imprint = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        WholeFile.Write(path, stream => Write(stream, clip, imprint, progress, cancellation), cancellation);
    }

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, TwoHandClip clip, Imprint? imprint = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        var model = ModelRoot.CreateModel();
        var scene = model.UseScene("piano");

        // Programs that show one scene show the default one, and nothing where there is none.
        model.DefaultScene = scene;
        model.Asset.Copyright = null;
        model.Sign(clip, imprint)["units"] = "metres";
        if (clip.Skeletons.Right.Mano is not null) model.Extras["hand_mesh"] = "MANO, four joints a corner; the correctives for each pose are left out";

        var joints = PerHand.Create(side => AddHand(model, scene, clip.Skeletons[side], clip.Hands[side]));
        Animate(model, clip, joints, PianoNodes.Add(model, scene, clip), progress.Part(0, Animated), cancellation);
        progress?.Report(Animated);
        model.WriteGLB(stream);
        progress?.Report(1);
    }

    private static Node[] AddHand(ModelRoot model, Scene scene, HandSkeleton skeleton, HandTrack track)
    {
        var name = skeleton.Side.Name();
        var nodes = new Node[HandJoint.PointCount];

        // A node of its own above each hand: programs that know armatures make one of each.
        var rig = scene.CreateNode($"{name}_rig");
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = (i == HandJoint.Wrist ? rig : nodes[HandJoint.Parents[i]]).CreateNode($"{name}_{HandJoint.Name(i)}");

            // Whoever shows no animation shows the first frame.
            var rotation = track.FrameCount > 0 && i < HandJoint.Count ? Rotation.FromAxisAngle(track.GetPose(0).Rotations[i]) : Quaternion.Identity;
            var place = i != HandJoint.Wrist ? skeleton.Bone(i) : track.FrameCount > 0 ? track.Wrist(0) : Vector3.Zero;
            node.LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, Quaternion.Normalize(rotation), place);
            nodes[i] = node;
        }

        var forearm = nodes[HandJoint.Wrist].CreateNode($"{name}_forearm");
        forearm.LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, track.FrameCount > 0 ? Forearm(skeleton.Side, track, 0) : Quaternion.Identity, Vector3.Zero);

        var skin = model.CreateSkin($"{name}_hand");
        skin.Skeleton = nodes[HandJoint.Wrist];
        skin.BindJoints([.. Enumerable.Range(0, HandJoint.Count).Select(i => (nodes[i], Matrix4x4.CreateTranslation(-skeleton.Points[i]))), (forearm, Matrix4x4.Identity)]);
        var mesh = scene.CreateNode($"{name}_hand");
        mesh.Mesh = model.AddMesh($"{name}_hand", HandMesh.Of(skeleton).Parts);
        mesh.Skin = skin;
        return [.. nodes, forearm];
    }

    private static Quaternion Forearm(HandSide side, HandTrack track, int frame) =>
        ForearmPose.Relative(side, track.Wrist(frame), Rotation.FromAxisAngle(track.JointRotation(frame, HandJoint.Wrist)));

    private static void Animate(
        ModelRoot model, TwoHandClip clip, PerHand<Node[]> joints, PianoNodes piano, IProgress<double>? progress, CancellationToken cancellation)
    {
        var presses = KeyMotion.From(clip.Notes, clip.Duration);
        if (clip.FrameCount == 0 && presses.Count == 0) return;
        var animation = model.CreateAnimation(AnimationName);
        if (clip.FrameCount > 0)
        {
            foreach (var side in HandSides.Both)
            {
                animation.CreateTranslationChannel(joints[side][HandJoint.Wrist], Keyframes.Places(clip.Hands[side], clip.Fps));
                for (var joint = 0; joint < HandJoint.Count; joint++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    animation.CreateRotationChannel(joints[side][joint], Keyframes.Rotations(clip.Hands[side], joint, clip.Fps));
                    progress?.Report(((int)side * HandJoint.Count + joint + 1.0) / (2 * HandJoint.Count));
                }

                var forearms = Enumerable.Range(0, clip.FrameCount).Select(frame => Forearm(side, clip.Hands[side], frame)).ToArray();
                animation.CreateRotationChannel(joints[side][^1], Keyframes.Rotations(forearms, clip.Fps));
            }
        }

        piano.Animate(animation, clip, presses);
    }
}
