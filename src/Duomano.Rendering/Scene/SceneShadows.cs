using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Shapes;
using Duomano.Rendering.Raster;

namespace Duomano.Rendering.Scene;

/// <summary>What the lamp and the room's light do not reach: shadows of the hands and of what stands up from the keyboard.</summary>
internal sealed class SceneShadows
{
    // What shade leaves of a colour on the screen, under the lamp's shadow and deep below the hands.
    private const float Shade = 0.50f;
    private const float Depth = 0.58f;

    // Depths on the screen of neighbouring pixels of one surface differ by less; about a millimetre.
    private const float SameSurface = 6e-5f;

    // What a colour is multiplied by where no shadow is, in 256ths.
    private const uint Unchanged = 256;

    private readonly KeyboardActor _keyboard;
    private readonly ShadowMap _lamp;
    private readonly ShadowMap _room;
    private readonly Matrix4x4 _toLamp;
    private readonly Matrix4x4 _toRoom;
    private readonly bool[] _resting = new bool[PianoKey.Count];
    private readonly ((Vector2 Low, Vector2 High) Lamp, (Vector2 Low, Vector2 High) Room)?[] _reach;

    /// <summary>Begins with the keyboard alone.</summary>
    /// <param name="keyboard">The keyboard.</param>
    /// <param name="fromScreen">From samples and depths of the screen to the piano frame.</param>
    /// <param name="tiles">Number of the picture's tiles.</param>
    public SceneShadows(KeyboardActor keyboard, Matrix4x4 fromScreen, int tiles)
    {
        _keyboard = keyboard;
        _reach = new ((Vector2, Vector2), (Vector2, Vector2))?[tiles];
        var (low, high) = (new Vector2(PianoKey.All[0].CenterX - 0.10f, -0.30f), new Vector2(PianoKey.All[^1].CenterX + 0.10f, 0.30f));
        _lamp = new(Lighting.ToLamp, low, high, 0.0016f, 2, 0.003f);
        _room = new(Vector3.UnitY, low, high, 0.004f, 3, 0.004f);
        (_toLamp, _toRoom) = (fromScreen * _lamp.ToGrid, fromScreen * _room.ToGrid);
        CastByKeyboard();
        _lamp.Remember();
        _room.Remember();
    }

    /// <summary>Casts the shadows of one moment.</summary>
    public void Cast(IActor actor)
    {
        // A black key that goes down would lie in its own shadow.
        for (var key = 0; key < PianoKey.Count; key++)
        {
            if (!PianoKey.All[key].IsBlack || _resting[key] == (_keyboard.Depths[key] == 0)) continue;
            CastByKeyboard();
            break;
        }

        _lamp.TakeAway();
        _room.TakeAway();
        foreach (var part in actor.Parts.Where(part => part.CastsShadow)) Add(part.Positions, part.Indices);

        _lamp.Blur();
        _room.Blur();
    }

    /// <summary>How much of the lamp's light reaches a point of a hand.</summary>
    /// <param name="outside">A point a little outside its skin.</param>
    public float Lit(Vector3 outside) => _lamp.Light(outside + Vector3.UnitY * 0.004f);

    /// <summary>How much of the room's light reaches a point of a hand.</summary>
    /// <param name="outside">A point a little outside its skin.</param>
    public float Open(Vector3 outside) => 0.35f + 0.65f * _room.Light(outside + Vector3.UnitY * 0.010f);

    /// <summary>Whether what is still in a tile has other shadows on it than those of the keyboard at rest.</summary>
    public bool Changed(int tile) => _reach[tile] is { } reach && (_lamp.Changed(reach.Lamp) || _room.Changed(reach.Room));

    /// <summary>Notes which places of a tile's surfaces shadows can fall on, for <see cref="Changed"/>.</summary>
    public void Survey(int tile, uint tag, int left, int top, ReadOnlySpan<float> depths, ReadOnlySpan<uint> colors)
    {
        var (lamp, room) = ((Low: new Vector2(float.MaxValue), High: new Vector2(float.MinValue)), (Low: new Vector2(float.MaxValue), High: new Vector2(float.MinValue)));
        var found = false;
        for (var at = 0; at < depths.Length; at++)
        {
            if (colors[at] >> 24 != tag) continue;
            found = true;
            var place = new Vector4(left + at % TileRaster.TileSamples + 0.5f, top + at / TileRaster.TileSamples + 0.5f, depths[at], 1);
            lamp = Around(lamp, Vector4.Transform(place, _toLamp));
            room = Around(room, Vector4.Transform(place, _toRoom));
        }

        _reach[tile] = found ? (lamp, room) : null;
    }

    /// <summary>Darkens a tile's samples of one tag. Shadows are soft, so four pixels share a look-up where they are of one surface.</summary>
    public void Darken(uint tag, int left, int top, ReadOnlySpan<float> depths, Span<uint> colors)
    {
        const int Width = TileRaster.TileSamples;
        const int Pixels = Width / 2;
        var (acrossLamp, acrossRoom) = (Row(_toLamp, 0), Row(_toRoom, 0));
        var (depthLamp, depthRoom) = (Row(_toLamp, 2), Row(_toRoom, 2));
        Span<float> lineDepths = stackalloc float[Pixels];
        Span<uint> factors = stackalloc uint[Pixels];
        for (var y = 0; y < Pixels; y++)
        {
            var rows = colors.Slice(2 * y * Width, 2 * Width);
            if (!Has(tag, rows))
            {
                lineDepths.Fill(float.MaxValue);
                continue;
            }

            var place = new Vector4(left + 1, top + 2 * y + 1, 0, 1);
            var (lampRow, roomRow) = (Vector4.Transform(place, _toLamp), Vector4.Transform(place, _toRoom));
            var isDarker = false;
            for (var x = 0; x < Pixels; x++)
            {
                var at = 2 * x;
                var sample = rows[at] >> 24 == tag ? at : rows[at + 1] >> 24 == tag ? at + 1
                    : rows[at + Width] >> 24 == tag ? at + Width : rows[at + Width + 1] >> 24 == tag ? at + Width + 1 : -1;
                if (sample < 0)
                {
                    (lineDepths[x], factors[x]) = (float.MaxValue, Unchanged);
                    continue;
                }

                var depth = depths[2 * y * Width + sample];
                if ((y & 1) == 0 || MathF.Abs(lineDepths[x] - depth) >= SameSurface)
                {
                    if ((x & 1) != 0 && MathF.Abs(lineDepths[x - 1] - depth) < SameSurface)
                    {
                        factors[x] = factors[x - 1];
                    }
                    else
                    {
                        var lamp = lampRow + acrossLamp * at + depthLamp * depth;
                        var room = roomRow + acrossRoom * at + depthRoom * depth;
                        var inverse = 1 / lamp.W;
                        var light = Shade + (1 - Shade) * _lamp.Light(lamp.X * inverse, lamp.Y * inverse, lamp.Z * inverse);
                        light *= Depth + (1 - Depth) * _room.Light(room.X * inverse, room.Y * inverse, room.Z * inverse);
                        var factor = (uint)(light * Unchanged);
                        factors[x] = factor > Unchanged - 2 ? Unchanged : factor;
                    }
                }

                lineDepths[x] = depth;
                isDarker |= factors[x] != Unchanged;
            }

            if (!isDarker) continue;
            Dim(rows[..Width], tag, factors);
            Dim(rows[Width..], tag, factors);
        }
    }

    private static bool Has(uint tag, ReadOnlySpan<uint> samples)
    {
        var wanted = Vector256.Create(tag);
        for (var x = 0; x < samples.Length; x += Vector256<uint>.Count)
        {
            if (Vector256.EqualsAny(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(samples), (nuint)x) >> 24, wanted)) return true;
        }

        return false;
    }

    // Each factor is that of two samples beside each other.
    private static void Dim(Span<uint> row, uint tag, ReadOnlySpan<uint> factors)
    {
        var wanted = Vector256.Create(tag);
        for (var x = 0; x < row.Length; x += Vector256<uint>.Count)
        {
            ref var place = ref row[x];
            var color = Vector256.LoadUnsafe(ref place);
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(factors), (nuint)x / 2));
            var pairs = Vector256.Create(low, high);
            var factor = (pairs | pairs << 32).AsUInt32();
            var redBlue = (color & Vector256.Create(0xFF00FFu)) * factor >> 8 & Vector256.Create(0xFF00FFu);
            var green = (color & Vector256.Create(0xFF00u)) * factor >> 8 & Vector256.Create(0xFF00u);
            Vector256.ConditionalSelect(Vector256.Equals(color >> 24, wanted), wanted << 24 | redBlue | green, color).StoreUnsafe(ref place);
        }
    }

    private static (Vector2 Low, Vector2 High) Around((Vector2 Low, Vector2 High) bounds, Vector4 place)
    {
        var point = new Vector2(place.X, place.Y) / place.W;
        return (Vector2.Min(bounds.Low, point), Vector2.Max(bounds.High, point));
    }

    private static Vector4 Row(Matrix4x4 matrix, int row) => new(matrix[row, 0], matrix[row, 1], matrix[row, 2], matrix[row, 3]);

    private void CastByKeyboard()
    {
        _lamp.Clear();
        _room.Clear();
        foreach (var body in _keyboard.Case) Add(body.Positions, body.Indices);

        // Hardly any light gets between the keys: as if there were a plate just below where they go down to.
        const float Height = -PianoKey.Travel - 0.0025f;
        var (left, right) = (PianoKey.All[0].ExtentX(0).Left, PianoKey.All[^1].ExtentX(0).Right);
        Add([new(left, Height, -0.001f), new(right, Height, -0.001f), new(right, Height, PianoKey.BackZ), new(left, Height, PianoKey.BackZ)], [0, 1, 2, 0, 2, 3]);
        for (var key = 0; key < PianoKey.Count; key++)
        {
            _resting[key] = _keyboard.Depths[key] == 0;
            if (PianoKey.All[key].IsBlack && _resting[key]) Add(_keyboard.Keys[key].Positions, _keyboard.Keys[key].Indices);
        }

        _lamp.Stay();
        _room.Stay();
    }

    private void Add(Vector3[] positions, int[] indices)
    {
        _lamp.Add(positions, indices);
        _room.Add(positions, indices);
    }
}
