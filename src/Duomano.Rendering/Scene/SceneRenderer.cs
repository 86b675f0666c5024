using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Core.Shapes;
using Duomano.Rendering.Raster;

namespace Duomano.Rendering.Scene;

/// <summary>Draws whoever plays at a keyboard as one camera sees it.</summary>
internal sealed class SceneRenderer
{
    private const uint Keyboard = 1;
    private const uint Hand = 2;
    private const uint Flat = 3;

    private static readonly (Vector3 Top, Vector3 Bottom) Backdrop = (new(24, 26, 31), new(52, 54, 60));

    private readonly TriangleList _moving = new();
    private readonly TileRaster _raster;
    private readonly KeyboardActor _keyboard = new();
    private readonly IActor _actor;
    private readonly SceneShadows _shadows;
    private readonly Matrix4x4 _toScreen;
    private readonly int _threads;
    private TriangleList _triangles;

    /// <summary>Sets the scene.</summary>
    /// <param name="camera">Who looks.</param>
    /// <param name="actor">Whoever plays.</param>
    /// <param name="threads">Threads to draw with.</param>
    /// <param name="ground">Adds what else stays where it is.</param>
    public SceneRenderer(Camera camera, IActor actor, int threads, Action<SceneRenderer>? ground)
    {
        Camera = camera;
        _threads = threads;
        _actor = actor;
        _raster = new(camera.Width, camera.Height);
        var (x, y) = (camera.Width * TileRaster.Samples / 2f, camera.Height * TileRaster.Samples / 2f);
        _toScreen = camera.ViewProjection * Matrix4x4.CreateScale(x, -y, 1) * Matrix4x4.CreateTranslation(x, y, 0);
        Matrix4x4.Invert(_toScreen, out var fromScreen);
        _shadows = new(_keyboard, fromScreen, _raster.TileCount);
        _triangles = new();
        var owners = new List<byte>();
        foreach (var body in _keyboard.Case) AddBody(body, body.Positions, ColorsOf(body, body.Material.Color), Keyboard);
        ground?.Invoke(this);
        OwnSince(TileRaster.Nobody);
        foreach (var (body, i) in _keyboard.Keys.Select((body, i) => (body, i)))
        {
            AddBody(body, body.Positions, ColorsOf(body, body.Material.Color), Keyboard);
            OwnSince((byte)i);
        }

        _raster.Remember(_triangles, [.. owners], Backdrop, SurveyAndDarken, threads);
        _triangles = _moving;

        void OwnSince(byte owner)
        {
            while (owners.Count < _triangles.IndexCount / 3) owners.Add(owner);
        }
    }

    public Camera Camera { get; }

    /// <summary>Moves a key before the next picture.</summary>
    /// <param name="key">Which.</param>
    /// <param name="depth">0 up to 1 down.</param>
    public void Press(PianoKey key, float depth) => _keyboard.Press(key.Index, depth);

    /// <summary>Draws whoever plays, as it is posed, at the keys as they are.</summary>
    /// <param name="marks">Colour (linear) in which a pressed key shows whose it is; none for keys that are up.</param>
    /// <param name="more">Adds what else is to be seen.</param>
    /// <param name="picture">[height × width] pixels to fill, 0xFFRRGGBB.</param>
    public void Draw(Func<int, Vector3?> marks, Action<SceneRenderer>? more, uint[] picture)
    {
        _shadows.Cast(_actor);
        _moving.Truncate(0, 0);
        var pressed = UInt128.Zero;
        for (var key = 0; key < PianoKey.Count; key++)
        {
            if (_keyboard.Depths[key] == 0) continue;
            pressed |= UInt128.One << key;
            var body = _keyboard.Keys[key];
            var color = marks(key) is { } mark ? Vector3.Lerp(body.Material.Color, mark, _keyboard.Depths[key]) : body.Material.Color;
            AddBody(body, _keyboard.PositionsOf(key), ColorsOf(body, color), Keyboard);
        }

        foreach (var part in _actor.Parts) AddPart(part);
        more?.Invoke(this);
        _raster.Draw(_moving, pressed, _shadows.Changed, Darken, picture, _threads);
    }

    /// <summary>Announces that somebody will draw into the next picture, between two corners (pixels).</summary>
    public void Ink(Vector2 low, Vector2 high) => _raster.Ink(low, high);

    /// <summary>Adds a convex flat shape of one colour while the scene is set or a picture is drawn.</summary>
    /// <param name="corners">Its corners in the piano frame, counter-clockwise as the camera sees them.</param>
    /// <param name="color">Its colour on the screen, 0 to 255.</param>
    public void AddPolygon(ReadOnlySpan<Vector3> corners, Vector3 color)
    {
        var first = _triangles.Reserve(corners.Length, Flat);
        ToScreen(corners, _triangles.Places.AsSpan(first));
        _triangles.Colors.AsSpan(first, corners.Length).Fill(color);
        for (var i = 2; i < corners.Length; i++) _triangles.AddTriangles([0, i - 1, i], first);
    }

    private void AddBody(Body body, Vector3[] positions, Vector3[] colors, uint tag)
    {
        var first = _triangles.Reserve(positions.Length, tag);
        ToScreen(positions, _triangles.Places.AsSpan(first));
        colors.CopyTo(_triangles.Colors.AsSpan(first));
        _triangles.AddTriangles(body.Indices, first);
    }

    private void AddPart(ActorPart part)
    {
        var (positions, normals) = (part.Positions, part.Normals);
        var first = _triangles.Reserve(positions.Length, Hand);
        ToScreen(positions, _triangles.Places.AsSpan(first));
        var colors = _triangles.Colors.AsSpan(first);
        for (var corner = 0; corner < positions.Length; corner++)
        {
            var normal = Vector3.Normalize(normals[corner]);
            var outside = positions[corner] + normal * 0.004f;
            var toEye = Vector3.Normalize(Camera.Eye - positions[corner]);
            colors[corner] = Lighting.Shade(part.Surface, part.Colors[corner], normal, toEye, _shadows.Lit(outside), _shadows.Open(outside));
        }

        _triangles.AddTriangles(part.Indices, first);
    }

    /// <summary>Adds a body that stays where it is, while the scene is set.</summary>
    public void AddStill(Body body) => AddBody(body, body.Positions, ColorsOf(body, body.Material.Color), Flat);

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

    private void Darken(int tile, int left, int top, ReadOnlySpan<float> depths, Span<uint> colors) => _shadows.Darken(Keyboard, left, top, depths, colors);

    private void SurveyAndDarken(int tile, int left, int top, ReadOnlySpan<float> depths, Span<uint> colors)
    {
        _shadows.Survey(tile, Keyboard, left, top, depths, colors);
        Darken(tile, left, top, depths, colors);
    }
}
