using System.Numerics;
using Duomano.Core.Body;

namespace Duomano.Formats.Avatars;

/// <summary>A body's motion as that of a rig's nodes: those of its bones turn, those that hang on nothing move, what hangs on them goes along.</summary>
internal sealed class RigMotion
{
    private readonly Rig _rig;
    private readonly BodyMotion _motion;
    private readonly Dictionary<int, string> _bones;
    private readonly Dictionary<int, Vector3> _offsets = [];
    private (int Frame, IReadOnlyDictionary<string, Vector3> Places) _places = (-1, new Dictionary<string, Vector3>());
    private readonly Quaternion[] _rests, _given;
    private readonly Quaternion _facing;
    private readonly Dictionary<int, Matrix4x4> _above;
    private readonly float _scale;
    private readonly int[] _order;
    private readonly (Vector3 Scale, Quaternion Rotation, Vector3 Place)[] _locals;

    /// <summary>Prepares.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="motion">Its humanoid's motion, in the piano frame.</param>
    /// <param name="scale">How many times as large as in its file it is beside the piano.</param>
    public RigMotion(Rig rig, BodyMotion motion, float scale)
    {
        (_rig, _motion, _scale, _facing) = (rig, motion, scale, rig.Facing);
        _order = [.. Enumerable.Range(0, rig.Nodes.Count).OrderBy(node => rig.Nodes[node].Depth)];
        _locals = [.. Enumerable.Range(0, rig.Nodes.Count).Select(Local)];
        _bones = rig.Bones.Where(bone => motion.Humanoid.Has(bone.Key)).ToDictionary(bone => bone.Value, bone => bone.Key);
        foreach (var (node, bone) in rig.Followers.Where(follower => motion.Humanoid.Has(follower.Value)))
        {
            _bones[node] = bone;
            _offsets[node] = scale * Vector3.Transform(rig.Nodes[node].Position - rig.Nodes[rig.Bones[bone]].Position, _facing);
        }

        (_rests, _given) = ([.. rig.Nodes.Select(node => Turned(node.Bind))], [.. rig.Nodes.Select(node => Turned(node.World))]);
        Moved = [.. _bones.Keys.OrderBy(node => rig.Nodes[node].Depth)];
        // What hangs on no other bone in the file moves by itself; the nodes above it stay as they are.
        _above = Moved.Where(node => !rig.HangsOn(node, _bones.ContainsKey)).ToDictionary(node => node, node => Matrix4x4.Invert(Parent(node), out var inverse) ? inverse : Matrix4x4.Identity);
    }

    /// <summary>The nodes that turn, parents first.</summary>
    public IReadOnlyList<int> Moved { get; }

    /// <summary>The nodes that also move.</summary>
    public IEnumerable<int> Roots => _above.Keys;

    /// <summary>Frames.</summary>
    public int FrameCount => _motion.FrameCount;

    /// <summary>Frames a second.</summary>
    public double Fps => _motion.Fps;

    /// <summary>How a moved node is turned in its parent.</summary>
    public Quaternion Turn(int node, int frame) => Quaternion.Conjugate(_rig.Nodes[node].Parent is >= 0 and var parent ? World(parent, frame) : Quaternion.Identity) * World(node, frame);

    /// <summary>Where a node that moves is in its parent.</summary>
    public Vector3 Place(int node, int frame)
    {
        if (_places.Frame != frame) _places = (frame, _motion.Positions(frame));
        var at = _places.Places[_bones[node]];
        if (_offsets.TryGetValue(node, out var offset)) at += Vector3.Transform(offset, _motion.Turn(_bones[node], frame));
        return Vector3.Transform(at / _scale, _above[node]);
    }

    /// <summary>The frames of all nodes in the piano frame, row vectors.</summary>
    /// <param name="frame">Which moment.</param>
    /// <param name="frames">Receives one a node.</param>
    public void Pose(int frame, Span<Matrix4x4> frames)
    {
        var size = Matrix4x4.CreateScale(_scale);
        foreach (var node in _order)
        {
            var (scale, rotation, place) = _locals[node];
            if (_bones.ContainsKey(node)) rotation = Turn(node, frame);
            if (_above.ContainsKey(node)) place = Place(node, frame);
            var parent = _rig.Nodes[node].Parent;
            frames[node] = Matrix4x4.CreateScale(scale) * Matrix4x4.CreateFromQuaternion(rotation) * Matrix4x4.CreateTranslation(place) * (parent < 0 ? size : frames[parent]);
        }
    }

    private (Vector3 Scale, Quaternion Rotation, Vector3 Place) Local(int node)
    {
        var local = Matrix4x4.Invert(Parent(node), out var inverse) ? _rig.Nodes[node].World * inverse : _rig.Nodes[node].World;
        return Matrix4x4.Decompose(local, out var scale, out var rotation, out var place) ? (scale, rotation, place) : (Vector3.One, Quaternion.Identity, local.Translation);
    }

    private Matrix4x4 Parent(int node) => _rig.Nodes[node].Parent is >= 0 and var parent ? _rig.Nodes[parent].World : Matrix4x4.Identity;

    // How a node is turned in the world: as its bone is, or as it hangs on the nearest one that is moved.
    private Quaternion World(int node, int frame)
    {
        if (_bones.TryGetValue(node, out var bone)) return _motion.Turn(bone, frame) * _facing * _rests[node];
        var parent = _rig.Nodes[node].Parent;
        return parent < 0 ? _given[node] : World(parent, frame) * Quaternion.Conjugate(_given[parent]) * _given[node];
    }

    // The rotation in a matrix that also scales.
    private static Quaternion Turned(Matrix4x4 world) => Matrix4x4.Decompose(world, out _, out var rotation, out _) ? Quaternion.Normalize(rotation) : Quaternion.Identity;
}
