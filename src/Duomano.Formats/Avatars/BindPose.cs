using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Avatars;

/// <summary>
/// The pose in which a mesh was bound to its bones. Files often have their nodes in the middle of a step; the skin's inverse bind
/// matrices tell how the humanoid stands when it does nothing.
/// </summary>
internal static class BindPose
{
    // How much worse than a bone of a wrong length it is that the head is not above the hips.
    private const float LyingDown = 100;

    /// <summary>The rig with the pose that its skins tell.</summary>
    /// <param name="rig">What was found in the file.</param>
    /// <param name="model">The file.</param>
    public static Rig Of(Rig rig, ModelRoot model)
    {
        var bound = new Dictionary<int, Matrix4x4>();
        foreach (var skin in model.LogicalSkins)
        {
            for (var i = 0; i < skin.JointsCount; i++)
            {
                var (node, inverse) = skin.GetJoint(i);
                if (node.LogicalIndex < rig.Nodes.Count && Matrix4x4.Invert(inverse, out var bind)) bound.TryAdd(node.LogicalIndex, bind);
            }
        }

        if (!rig.Bones.Values.Any(bound.ContainsKey)) return rig;
        var first = bound.Keys.MinBy(node => rig.Nodes[node].Depth);
        // Skins are told in the world, or in what the armature or the mesh hangs on.
        var frames = model.LogicalNodes.Where(node => node.Skin is not null && node.LogicalIndex < rig.Nodes.Count).Select(node => rig.Nodes[node.LogicalIndex].World)
            .Append(rig.Nodes[first].Parent is >= 0 and var above ? rig.Nodes[above].World : Matrix4x4.Identity)
            .Prepend(Matrix4x4.Identity).Concat(Standing(rig, bound));
        var placed = frames.Select(frame => Placed(rig, bound, frame)).MinBy(Misfit)!;
        return RigMesh.Measure(placed, model) with { Followers = Followers(placed, model) };
    }

    // Joints of a hand's skin that are no bones, and that no bone carries.
    private static Dictionary<int, string> Followers(Rig rig, ModelRoot model)
    {
        var bones = rig.Bones.Values.ToHashSet();
        var followers = new Dictionary<int, string>();
        foreach (var (hand, wrist) in HandSides.Both.Select(HumanoidBones.Hand).Where(rig.Has).Select(hand => (hand, rig.Bones[hand])))
        {
            foreach (var skin in model.LogicalSkins)
            {
                int[] joints = [.. Enumerable.Range(0, skin.JointsCount).Select(i => skin.GetJoint(i).Joint.LogicalIndex)];
                if (!joints.Contains(wrist) || rig.Nodes[wrist].Parent is var beside && beside < 0) continue;
                foreach (var joint in joints.Where(joint => joint < rig.Nodes.Count && rig.Nodes[joint].Parent == beside && !bones.Contains(joint) && !rig.HangsOn(joint, bones.Contains))) followers.TryAdd(joint, hand);
            }
        }

        return rig.Has("hips") ? [] : followers;
    }

    // A frame in which the bound pose is as large, and turned by right angles as, the file's is, should whatever they are told in not be known.
    private static IEnumerable<Matrix4x4> Standing(Rig rig, Dictionary<int, Matrix4x4> bound)
    {
        string[] landmarks = ["hips", "head", HumanoidBones.Limb(HandSide.Left, "UpperLeg"), HumanoidBones.Limb(HandSide.Right, "UpperLeg")];
        if (!landmarks.All(bone => rig.Has(bone) && bound.ContainsKey(rig.Bones[bone]))) yield break;
        Vector3 File(string bone) => rig.Nodes[rig.Bones[bone]].World.Translation;
        Vector3 Bound(string bone) => bound[rig.Bones[bone]].Translation;
        var (up, side) = (Bound("head") - Bound("hips"), Bound(landmarks[2]) - Bound(landmarks[3]));
        var (fileUp, fileSide) = (File("head") - File("hips"), File(landmarks[2]) - File(landmarks[3]));
        if (Vector3.Cross(up, side) == Vector3.Zero || Vector3.Cross(fileUp, fileSide) == Vector3.Zero) yield break;
        var turn = RightAngled(Rotation.BetweenFrames(up, side, fileUp, fileSide));
        var size = MathF.Sqrt(fileSide.LengthSquared() / side.LengthSquared());
        var frame = Matrix4x4.CreateScale(size) * Matrix4x4.CreateFromQuaternion(turn);
        yield return frame * Matrix4x4.CreateTranslation(File("hips") - Vector3.Transform(Bound("hips"), frame));
    }

    // The nearest rotation by right angles about the axes.
    private static Quaternion RightAngled(Quaternion rotation)
    {
        Vector3 Axis(Vector3 axis)
        {
            var turned = Vector3.Transform(axis, rotation);
            var size = Vector3.Abs(turned);
            return size.X >= size.Y && size.X >= size.Z ? new(MathF.Sign(turned.X), 0, 0) : size.Y >= size.Z ? new(0, MathF.Sign(turned.Y), 0) : new(0, 0, MathF.Sign(turned.Z));
        }

        var (x, y) = (Axis(Vector3.UnitX), Axis(Vector3.UnitY));
        return Vector3.Dot(x, y) == 0 ? Rotation.BetweenFrames(Vector3.UnitX, Vector3.UnitY, x, y) : rotation;
    }

    private static Rig Placed(Rig rig, Dictionary<int, Matrix4x4> bound, Matrix4x4 frame)
    {
        var binds = new Matrix4x4[rig.Nodes.Count];
        foreach (var node in Enumerable.Range(0, binds.Length).OrderBy(node => rig.Nodes[node].Depth))
        {
            var parent = rig.Nodes[node].Parent;
            binds[node] = bound.TryGetValue(node, out var bind) ? bind * frame
                : parent < 0 || !Matrix4x4.Invert(rig.Nodes[parent].World, out var inverse) ? rig.Nodes[node].World
                : rig.Nodes[node].World * inverse * binds[parent];
        }

        return rig with { Nodes = [.. rig.Nodes.Select((node, i) => node with { Bind = binds[i] })] };
    }

    // By what factors bones are longer or shorter than in the file, and whether it stands.
    private static float Misfit(Rig rig)
    {
        var misfit = 0f;
        foreach (var node in rig.Bones.Values)
        {
            if (rig.Nodes[node].Parent is not (>= 0 and var parent)) continue;
            var (file, bind) = (Vector3.Distance(rig.Nodes[node].World.Translation, rig.Nodes[parent].World.Translation), Vector3.Distance(rig.Nodes[node].Position, rig.Nodes[parent].Position));
            if (file > 0 && bind > 0) misfit += MathF.Abs(MathF.Log(bind / file));
        }

        if (!rig.Has("hips") || !rig.Has("head")) return misfit;
        var up = rig.Nodes[rig.Bones["head"]].Position - rig.Nodes[rig.Bones["hips"]].Position;
        return up.Y > 0.7f * up.Length() ? misfit : misfit + LyingDown;
    }
}
