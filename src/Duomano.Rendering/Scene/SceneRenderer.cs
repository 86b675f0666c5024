using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Shapes;
using Duomano.Rendering.Raster;

namespace Duomano.Rendering.Scene;

/// <summary>Draws two hands at a keyboard as one camera sees them.</summary>
internal sealed class SceneRenderer
{
    private const uint Keyboard = 1;
    private const uint Hand = 2;

    // What shade leaves of a colour on the screen, under the lamp's shadow and deep below the hands.
    private const float Shade = 0.50f;
    private const float Depth = 0.58f;

    private static readonly (Vector3 Top, Vector3 Bottom) Backdrop = (new(24, 26, 31), new(52, 54, 60));

    private readonly TriangleList _triangles = new();
    private readonly TileRaster _raster;
    private readonly KeyboardActor _keyboard = new();
    private readonly PerHand<HandSkinner> _hands;
    private readonly ShadowMap _lamp;
    private readonly ShadowMap _room;
    private readonly Vector3[][] _keyColors;
    private readonly Matrix4x4 _toScreen;
    private readonly Matrix4x4 _fromScreen;
    private readonly uint[] _still;
    private readonly int _threads;
    private readonly int _caseCorners;
    private readonly int _caseIndices;

    /// <summary>Sets the scene.</summary>
    /// <param name="camera">Who looks.</param>
    /// <param name="skeletons">The hands.</param>
    /// <param name="threads">Threads to draw with.</param>
    public SceneRenderer(Camera camera, PerHand<HandSkeleton> skeletons, int threads)
    {
        Camera = camera;
        _threads = threads;
        _hands = skeletons.Map(skeleton => new HandSkinner(skeleton));
        _raster = new(camera.Width, camera.Height);
        var (x, y) = (camera.Width * TileRaster.Samples / 2f, camera.Height * TileRaster.Samples / 2f);
        _toScreen = camera.ViewProjection * Matrix4x4.CreateScale(x, -y, 1) * Matrix4x4.CreateTranslation(x, y, 0);
        Matrix4x4.Invert(_toScreen, out _fromScreen);
        var edge = PianoKey.All[^1].CenterX + 0.10f;
        _lamp = new(Lighting.ToLamp, new(-edge, -0.30f), new(edge, 0.30f), 0.0016f, 2, 0.003f);
        _room = new(Vector3.UnitY, new(-edge, -0.30f), new(edge, 0.30f), 0.004f, 3, 0.004f);
        foreach (var body in _keyboard.Case) Occlude(body.Positions, body.Indices);
        OccludeBetweenKeys();
        _lamp.Keep();
        _room.Keep();
        OccludeByBlackKeys();
        _lamp.Blur(new(-edge), new(edge));
        _room.Blur(new(-edge), new(edge));
        foreach (var body in _keyboard.Case) AddBody(body, body.Positions, ColorsOf(body, body.Material.Color), Keyboard);
        _keyColors = [.. _keyboard.Keys.Select(body => ColorsOf(body, body.Material.Color))];
        _caseCorners = _triangles.CornerCount;
        _caseIndices = _triangles.IndexCount;
        foreach (var (body, i) in _keyboard.Keys.Select((body, i) => (body, i))) AddBody(body, body.Positions, _keyColors[i], Keyboard);
        _still = new uint[camera.Width * camera.Height];
        _raster.Draw(_triangles, 0, default, null, Backdrop, Darken, _still, threads);
    }

    public Camera Camera { get; }

    /// <summary>Moves a key before the next picture.</summary>
    /// <param name="key">Which.</param>
    /// <param name="depth">0 up to 1 down.</param>
    public void Press(PianoKey key, float depth) => _keyboard.Press(key.Index, depth);

    /// <summary>Draws the hands in two poses at the keys as they are.</summary>
    /// <param name="poses">How the hands stand.</param>
    /// <param name="marks">Colour (linear) in which a pressed key shows whose it is; none for keys that are up.</param>
    /// <param name="picture">[height × width] pixels to fill, 0xFFRRGGBB.</param>
    public void Draw(PerHand<HandPose> poses, Func<int, Vector3?> marks, uint[] picture)
    {
        foreach (var side in HandSides.Both) _hands[side].Pose(poses[side]);
        var bounds = CastShadows();
        _triangles.Truncate(_caseCorners, _caseIndices);
        for (var key = 0; key < PianoKey.Count; key++)
        {
            if (_keyboard.Depths[key] == 0) AddBody(_keyboard.Keys[key], _keyboard.Keys[key].Positions, _keyColors[key], Keyboard);
        }

        var firstNew = _triangles.IndexCount;
        for (var key = 0; key < PianoKey.Count; key++)
        {
            if (_keyboard.Depths[key] == 0) continue;
            var body = _keyboard.Keys[key];
            var color = marks(key) is { } mark ? Vector3.Lerp(body.Material.Color, mark, _keyboard.Depths[key]) : body.Material.Color;
            AddBody(body, _keyboard.PositionsOf(key), ColorsOf(body, color), Keyboard);
        }

        foreach (var side in HandSides.Both) AddHand(_hands[side]);
        _raster.Draw(_triangles, firstNew, bounds, _still, Backdrop, Darken, picture, _threads);
    }

    private void Occlude(Vector3[] positions, int[] indices)
    {
        _lamp.Add(positions, indices);
        _room.Add(positions, indices);
    }

    // Hardly any light gets between the keys: as if there were a plate just below where they go down to.
    private void OccludeBetweenKeys()
    {
        const float Height = -PianoKey.Travel - 0.0025f;
        var (left, right) = (PianoKey.All[0].ExtentX(0).Left, PianoKey.All[^1].ExtentX(0).Right);
        Occlude([new(left, Height, -0.001f), new(right, Height, -0.001f), new(right, Height, PianoKey.BackZ), new(left, Height, PianoKey.BackZ)], [0, 1, 2, 0, 2, 3]);
    }

    private void OccludeByBlackKeys()
    {
        _lamp.Clear();
        _room.Clear();
        for (var key = 0; key < PianoKey.Count; key++)
        {
            if (PianoKey.All[key].IsBlack) Occlude(_keyboard.PositionsOf(key), _keyboard.Keys[key].Indices);
        }
    }

    // Returns what the shadows of hands reach on the screen.
    private Vector4 CastShadows()
    {
        OccludeByBlackKeys();
        var (low, high) = (new Vector3(float.MaxValue), new Vector3(float.MinValue));
        foreach (var side in HandSides.Both)
        {
            var hand = _hands[side];
            for (var part = 0; part < hand.Mesh.Parts.Count; part++)
            {
                if (hand.Mesh.Parts[part].Material != SurfaceMaterial.Nail) Occlude(hand.Positions[part], hand.Mesh.Parts[part].Indices);
                foreach (var position in hand.Positions[part]) (low, high) = (Vector3.Min(low, position), Vector3.Max(high, position));
            }
        }

        var edge = PianoKey.All[^1].CenterX + 0.10f;
        _lamp.Blur(new(-edge), new(edge));
        _room.Blur(new(-edge), new(edge));
        var (left, top, right, bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        for (var corner = 0; corner < 8; corner++)
        {
            var point = new Vector3((corner & 1) == 0 ? low.X : high.X, (corner & 2) == 0 ? low.Y : high.Y, (corner & 4) == 0 ? low.Z : high.Z);
            foreach (var height in (ReadOnlySpan<float>)[-0.03f, 0.02f])
            {
                var cast = _lamp.Cast(point - Vector3.UnitY * height);
                var screen = Vector4.Transform(new Vector4(cast.X, height, cast.Y, 1), _toScreen);
                if (screen.W < Camera.Near) continue;
                (left, top) = (MathF.Min(left, screen.X / screen.W), MathF.Min(top, screen.Y / screen.W));
                (right, bottom) = (MathF.Max(right, screen.X / screen.W), MathF.Max(bottom, screen.Y / screen.W));
            }
        }

        const float Soft = 40;
        return new(left - Soft, top - Soft, right + Soft, bottom + Soft);
    }

    private void AddBody(Body body, Vector3[] positions, Vector3[] colors, uint tag)
    {
        var first = _triangles.Reserve(positions.Length, tag);
        ToScreen(positions, _triangles.Places.AsSpan(first));
        colors.CopyTo(_triangles.Colors.AsSpan(first));
        _triangles.AddTriangles(body.Indices, first);
    }

    private void AddHand(HandSkinner hand)
    {
        for (var i = 0; i < hand.Mesh.Parts.Count; i++)
        {
            var part = hand.Mesh.Parts[i];
            var (positions, normals) = (hand.Positions[i], hand.Normals[i]);
            var surface = Surface.Of(part.Material);
            var first = _triangles.Reserve(positions.Length, Hand);
            ToScreen(positions, _triangles.Places.AsSpan(first));
            var colors = _triangles.Colors.AsSpan(first);
            for (var corner = 0; corner < positions.Length; corner++)
            {
                var normal = Vector3.Normalize(normals[corner]);
                var outside = positions[corner] + normal * 0.004f;
                var lit = _lamp.Light(outside + Vector3.UnitY * 0.004f);
                var open = 0.35f + 0.65f * _room.Light(outside + Vector3.UnitY * 0.010f);
                colors[corner] = Lighting.Shade(surface, part.Material.Color * part.Tints[corner], normal, Vector3.Normalize(Camera.Eye - positions[corner]), lit, open);
            }

            _triangles.AddTriangles(part.Indices, first);
        }
    }

    private Vector3[] ColorsOf(Body body, Vector3 color)
    {
        var surface = Surface.Of(body.Material);
        var colors = new Vector3[body.Positions.Length];
        for (var i = 0; i < colors.Length; i++)
        {
            // The lower a side, the less light gets there.
            var depth = body.Positions[i].Y < -0.0005f ? MathF.Max(0.35f, 1 + body.Positions[i].Y / 0.03f) * 0.8f : 1;
            colors[i] = Lighting.Shade(surface, color, Vector3.Normalize(body.Normals[i]), Vector3.Normalize(Camera.Eye - body.Positions[i]), depth, depth);
        }

        return colors;
    }

    private void ToScreen(ReadOnlySpan<Vector3> positions, Span<Vector3> places)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var screen = Vector4.Transform(new Vector4(positions[i], 1), _toScreen);
            places[i] = screen.W < Camera.Near ? new(0, 0, -1) : new Vector3(screen.X, screen.Y, screen.Z) / screen.W;
        }
    }

    // Shadows on what belongs to the keyboard, one look-up for a pixel's four samples.
    private void Darken(int left, int top, ReadOnlySpan<float> depths, Span<uint> colors)
    {
        const int Width = TileRaster.TileSamples;
        for (var y = 0; y < Width; y += 2)
        {
            for (var x = 0; x < Width; x += 2)
            {
                var at = y * Width + x;
                var sample = colors[at] >> 24 == Keyboard ? at : colors[at + 1] >> 24 == Keyboard ? at + 1
                    : colors[at + Width] >> 24 == Keyboard ? at + Width : colors[at + Width + 1] >> 24 == Keyboard ? at + Width + 1 : -1;
                if (sample < 0) continue;
                var place = Vector4.Transform(new Vector4(left + x + 1, top + y + 1, depths[sample], 1), _fromScreen);
                var point = new Vector3(place.X, place.Y, place.Z) / place.W;
                var light = (Shade + (1 - Shade) * _lamp.Light(point)) * (Depth + (1 - Depth) * _room.Light(point));
                if (light > 0.995f) continue;
                var factor = (uint)(light * 256);
                Dim(ref colors[at], factor);
                Dim(ref colors[at + 1], factor);
                Dim(ref colors[at + Width], factor);
                Dim(ref colors[at + Width + 1], factor);
            }
        }
    }

    private static void Dim(ref uint color, uint factor)
    {
        if (color >> 24 != Keyboard) return;
        color = Keyboard << 24 | ((color & 0xFF00FF) * factor >> 8 & 0xFF00FF) | ((color & 0xFF00) * factor >> 8 & 0xFF00);
    }
}
