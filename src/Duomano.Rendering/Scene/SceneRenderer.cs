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
    private const uint Flat = 3;

    // How much farther than its edge a shadow is soft, and where there is nothing more for it to fall on, metres.
    private const float Soft = 0.022f;
    private const float Front = 0.03f;

    private static readonly (Vector3 Top, Vector3 Bottom) Backdrop = (new(24, 26, 31), new(52, 54, 60));

    private readonly TriangleList _triangles = new();
    private readonly TileRaster _raster;
    private readonly KeyboardActor _keyboard = new();
    private readonly PerHand<HandSkinner> _hands;
    private readonly SceneShadows _shadows;
    private readonly Vector3[][] _keyColors;
    private readonly Matrix4x4 _toScreen;
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
        Matrix4x4.Invert(_toScreen, out var fromScreen);
        _shadows = new(_keyboard, fromScreen);
        foreach (var body in _keyboard.Case) AddBody(body, body.Positions, ColorsOf(body, body.Material.Color), Keyboard);
        _keyColors = [.. _keyboard.Keys.Select(body => ColorsOf(body, body.Material.Color))];
        _caseCorners = _triangles.CornerCount;
        _caseIndices = _triangles.IndexCount;
        foreach (var (body, i) in _keyboard.Keys.Select((body, i) => (body, i))) AddBody(body, body.Positions, _keyColors[i], Keyboard);
        _still = new uint[camera.Width * camera.Height];
        _raster.Draw(_triangles, 0, [], null, Backdrop, Darken, _still, threads);
    }

    public Camera Camera { get; }

    /// <summary>Moves a key before the next picture.</summary>
    /// <param name="key">Which.</param>
    /// <param name="depth">0 up to 1 down.</param>
    public void Press(PianoKey key, float depth) => _keyboard.Press(key.Index, depth);

    /// <summary>Draws the hands in two poses at the keys as they are.</summary>
    /// <param name="poses">How the hands stand.</param>
    /// <param name="marks">Colour (linear) in which a pressed key shows whose it is; none for keys that are up.</param>
    /// <param name="more">Adds what else is to be seen.</param>
    /// <param name="picture">[height × width] pixels to fill, 0xFFRRGGBB.</param>
    public void Draw(PerHand<HandPose> poses, Func<int, Vector3?> marks, Action<SceneRenderer>? more, uint[] picture)
    {
        foreach (var side in HandSides.Both) _hands[side].Pose(poses[side]);
        _shadows.Cast([_hands.Left, _hands.Right]);
        var bounds = _hands.Map(ShadowBounds);
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
        more?.Invoke(this);
        _raster.Draw(_triangles, firstNew, [bounds.Left, bounds.Right], _still, Backdrop, Darken, picture, _threads);
    }

    /// <summary>Adds a convex flat shape of one colour while a picture is drawn.</summary>
    /// <param name="corners">Its corners in the piano frame, counter-clockwise as the camera sees them.</param>
    /// <param name="color">Its colour on the screen, 0 to 255.</param>
    public void AddPolygon(ReadOnlySpan<Vector3> corners, Vector3 color)
    {
        var first = _triangles.Reserve(corners.Length, Flat);
        ToScreen(corners, _triangles.Places.AsSpan(first));
        _triangles.Colors.AsSpan(first, corners.Length).Fill(color);
        for (var i = 2; i < corners.Length; i++) _triangles.AddTriangles([0, i - 1, i], first);
    }

    // What on the screen the shadows of hands can reach: left, top, right, bottom of the keyboard's part of it.
    private Vector4 ShadowBounds(HandSkinner hand)
    {
        var (low, high) = (new Vector3(float.MaxValue), new Vector3(float.MinValue));
        foreach (var position in hand.Positions[0]) (low, high) = (Vector3.Min(low, position), Vector3.Max(high, position));
        var bounds = new Vector4(float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        for (var corner = 0; corner < 8; corner++)
        {
            var point = new Vector3((corner & 1) == 0 ? low.X : high.X, (corner & 2) == 0 ? low.Y : high.Y, (corner & 4) == 0 ? low.Z : high.Z);
            foreach (var height in (ReadOnlySpan<float>)[-0.03f, 0.02f])
            {
                var cast = _shadows.Cast(point - Vector3.UnitY * height);
                var side = (corner & 1) == 0 ? -Soft : Soft;
                var ahead = (corner & 4) == 0 ? -Soft : Soft;
                var screen = Vector4.Transform(new Vector4(cast.X + side, height, MathF.Min(cast.Y + ahead, Front), 1), _toScreen);
                if (screen.W < Camera.Near) continue;
                var place = new Vector2(screen.X, screen.Y) / screen.W;
                bounds = new(MathF.Min(bounds.X, place.X), MathF.Min(bounds.Y, place.Y), MathF.Max(bounds.Z, place.X), MathF.Max(bounds.W, place.Y));
            }
        }

        return bounds;
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
                var toEye = Vector3.Normalize(Camera.Eye - positions[corner]);
                colors[corner] = Lighting.Shade(surface, part.Material.Color * part.Tints[corner], normal, toEye, _shadows.Lit(outside), _shadows.Open(outside));
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

    private void Darken(int left, int top, ReadOnlySpan<float> depths, Span<uint> colors) => _shadows.Darken(Keyboard, left, top, depths, colors);
}
