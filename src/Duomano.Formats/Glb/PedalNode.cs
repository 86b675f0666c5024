using System.Numerics;
using Duomano.Core.Motion;
using Duomano.Core.Shapes;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Glb;

/// <summary>The sustain pedal: a bar below the keyboard, the node pedal_sustain, that turns about its far end as far as the foot is down.</summary>
internal static class PedalNode
{
    public const string Name = "pedal_sustain";

    // How far it goes down, radians (about 2 cm at its front).
    private const float Deepest = 0.1f;

    /// <summary>Adds it where the clip knows the pedal, with its movement as a curve: a half pressed pedal is half way down.</summary>
    public static Node? Add(ModelRoot model, IVisualNodeContainer parent, TwoHandClip clip)
    {
        if (clip.Pedal.Count == 0) return null;
        var node = parent.CreateNode(Name);
        node.LocalTransform = new SharpGLTF.Transforms.AffineTransform(Vector3.One, Quaternion.Identity, KeyShape.Pedal);
        node.Mesh = model.AddMesh(Name, KeyShape.BuildPedal(), model.UseMaterial(SurfaceMaterial.Case));
        return node;
    }

    /// <summary>Animates it.</summary>
    public static void Animate(Animation animation, Node? node, TwoHandClip clip)
    {
        if (node is null || clip.FrameCount == 0) return;
        var turns = clip.PedalFrames().Select(value => Quaternion.CreateFromAxisAngle(Vector3.UnitX, Deepest * value / 127)).ToArray();
        animation.CreateRotationChannel(node, Keyframes.Rotations(turns, clip.Fps));
    }
}
