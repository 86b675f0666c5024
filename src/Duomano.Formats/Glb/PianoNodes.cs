using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Shapes;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Glb;

/// <summary>The piano in a glTF scene: the node "keyboard" with its case and the nodes key_21 … key_108, and the pedal where the clip knows it.</summary>
internal sealed class PianoNodes
{
    private readonly Dictionary<PianoKey, Node> _keys = [];
    private readonly Node? _pedal;

    private PianoNodes(Node? pedal) => _pedal = pedal;

    /// <summary>Adds it, in the piano frame of what it is put into.</summary>
    /// <param name="model">The file.</param>
    /// <param name="parent">A scene or a node.</param>
    /// <param name="clip">What will be played.</param>
    public static PianoNodes Add(ModelRoot model, IVisualNodeContainer parent, TwoHandClip clip)
    {
        var keyboard = parent.CreateNode("keyboard");
        foreach (var part in KeyShape.BuildCase()) keyboard.CreateNode(part.Name).Mesh = model.AddMesh(part.Name, part.Mesh, model.UseMaterial(part.Material));
        var piano = new PianoNodes(PedalNode.Add(model, parent, clip));
        var meshes = new Dictionary<string, Mesh>();
        foreach (var key in PianoKey.All)
        {
            var shape = KeyShape.ShapeName(key);
            if (!meshes.TryGetValue(shape, out var mesh)) meshes[shape] = mesh = model.AddMesh($"key_{shape}", KeyShape.Build(key), model.UseMaterial(KeyShape.Material(key)));
            var node = keyboard.CreateNode($"key_{key.Midi}");
            node.LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, Quaternion.Identity, KeyShape.Hinge(key));
            node.Mesh = mesh;
            piano._keys[key] = node;
        }

        return piano;
    }

    /// <summary>Lets keys turn about their hinges while their notes are held, and the pedal.</summary>
    /// <param name="animation">Where to.</param>
    /// <param name="clip">What is played.</param>
    /// <param name="presses">From <see cref="KeyMotion"/>.</param>
    public void Animate(Animation animation, TwoHandClip clip, IReadOnlyDictionary<PianoKey, List<(float Time, float Depth)>> presses)
    {
        PedalNode.Animate(animation, _pedal, clip);
        foreach (var (key, corners) in presses)
        {
            var angle = KeyShape.PressAngle(key);
            animation.CreateRotationChannel(_keys[key], corners.ToDictionary(
                corner => corner.Time,
                corner => Quaternion.CreateFromAxisAngle(Vector3.UnitX, angle * corner.Depth)));
        }
    }
}
