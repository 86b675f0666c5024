using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Core.Shapes;

namespace Duomano.Rendering.Scene;

/// <summary>A body of the scene that does not bend, ready to be drawn.</summary>
/// <param name="Material">What it is made of.</param>
/// <param name="Positions">Corners, metres in the piano frame.</param>
/// <param name="Normals">Their normals.</param>
/// <param name="Indices">Three corners a triangle.</param>
internal sealed record Body(SurfaceMaterial Material, Vector3[] Positions, Vector3[] Normals, int[] Indices)
{
    public static Body Of(SurfaceMaterial material, TriangleMesh mesh, Vector3 place) =>
        new(material, [.. mesh.Positions.Select(position => position + place)], [.. mesh.Normals], [.. mesh.Indices]);
}

/// <summary>The piano: its case, and 88 keys that can be anywhere between up and down.</summary>
internal sealed class KeyboardActor
{
    private readonly Vector3[][] _pressed = new Vector3[PianoKey.Count][];
    private readonly float[] _depths = new float[PianoKey.Count];

    public KeyboardActor()
    {
        Case = [.. KeyShape.BuildCase().Select(part => Body.Of(part.Material, part.Mesh, Vector3.Zero))];
        var shapes = new Dictionary<string, TriangleMesh>();
        Keys = [.. PianoKey.All.Select(key =>
        {
            var name = KeyShape.ShapeName(key);
            if (!shapes.TryGetValue(name, out var mesh)) shapes[name] = mesh = KeyShape.Build(key);
            return Body.Of(KeyShape.Material(key), mesh, KeyShape.Hinge(key));
        })];
        for (var i = 0; i < Keys.Count; i++) _pressed[i] = [.. Keys[i].Positions];
    }

    public IReadOnlyList<Body> Case { get; }

    /// <summary>The keys at rest, from the bass to the treble.</summary>
    public IReadOnlyList<Body> Keys { get; }

    /// <summary>How far down each key is, 0 to 1.</summary>
    public ReadOnlySpan<float> Depths => _depths;

    /// <summary>Where the corners of a key are now.</summary>
    public Vector3[] PositionsOf(int key) => _pressed[key];

    /// <summary>Moves a key.</summary>
    /// <param name="key">0 to 87.</param>
    /// <param name="depth">0 up to 1 down.</param>
    public void Press(int key, float depth)
    {
        if (_depths[key] == depth) return;
        _depths[key] = depth;
        var hinge = KeyShape.Hinge(PianoKey.All[key]);
        var turn = Matrix4x4.CreateTranslation(-hinge) * Matrix4x4.CreateRotationX(KeyShape.PressAngle(PianoKey.All[key]) * depth) * Matrix4x4.CreateTranslation(hinge);
        var rest = Keys[key].Positions;
        for (var i = 0; i < rest.Length; i++) _pressed[key][i] = Vector3.Transform(rest[i], turn);
    }
}
