using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Duomano.Rendering.Raster;

namespace Duomano.Rendering.Scene;

/// <summary>
/// Which heights a distant light reaches, on a grid over the keyboard: mean and mean square of the heights that are lit,
/// blurred, give soft edges (Donnelly and Lauritzen 2006, "Variance shadow maps"). What stays is blurred once; what moves
/// costs only as much as the stretch of the grid it is in.
/// </summary>
internal sealed class ShadowMap
{
    // Where there is nothing, light falls this far below the white keys, metres.
    private const float Floor = 0.06f;

    // Changes are told by blocks of as many squares across and down.
    private const int Block = 8;

    private readonly Vector2 _lean;
    private readonly Vector2 _origin;
    private readonly float _texel;
    private readonly int _width;
    private readonly int _height;
    private readonly int _blur;
    private readonly float _slack;
    private readonly float[] _depths;
    private readonly float[] _stayingDepths;
    private readonly Vector2[] _moments;
    private readonly Vector2[] _stayingMoments;
    private readonly Vector2[] _restMoments;
    private readonly Vector2[] _work;
    private readonly int _blockColumns;
    private readonly bool[] _changed;
    private readonly bool[] _stayingChanged;
    private readonly List<Stretch> _moved = [];
    private Vector3[] _places = [];

    /// <summary>Makes an empty map.</summary>
    /// <param name="toLight">Where the light comes from; not from below.</param>
    /// <param name="low">Least x and z of what the map covers, metres.</param>
    /// <param name="high">Greatest x and z.</param>
    /// <param name="texel">Width of the grid's squares, metres.</param>
    /// <param name="blur">How many squares to either side are blurred, twice.</param>
    /// <param name="slack">How far below the lit height something counts as lit, metres.</param>
    public ShadowMap(Vector3 toLight, Vector2 low, Vector2 high, float texel, int blur, float slack)
    {
        _lean = new Vector2(toLight.X, toLight.Z) / toLight.Y;
        _origin = low;
        (_texel, _blur, _slack) = (texel, blur, slack);
        _width = ((int)((high.X - low.X) / texel) + TriangleFiller.Lanes) / TriangleFiller.Lanes * TriangleFiller.Lanes;
        _height = (int)((high.Y - low.Y) / texel) + 2;
        _depths = new float[_width * _height];
        _stayingDepths = new float[_depths.Length];
        _moments = new Vector2[_depths.Length];
        _work = new Vector2[_depths.Length];
        _stayingMoments = new Vector2[_depths.Length];
        _restMoments = new Vector2[_depths.Length];
        _blockColumns = (_width + Block - 1) / Block;
        _changed = new bool[_blockColumns * ((_height + Block - 1) / Block)];
        _stayingChanged = new bool[_changed.Length];
        Clear();
        Stay();
    }

    /// <summary>From the piano frame to (column, row, depth, 1) of the grid.</summary>
    public Matrix4x4 ToGrid => new(
        1 / _texel, 0, 0, 0,
        -_lean.X / _texel, -_lean.Y / _texel, -1, 0,
        0, 1 / _texel, 0, 0,
        -_origin.X / _texel, -_origin.Y / _texel, 0, 1);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Fill(_depths, Floor);
        _moved.Clear();
    }

    /// <summary>What has been added stays from now on.</summary>
    public void Stay()
    {
        _depths.CopyTo(_stayingDepths, 0);
        Blur(new(0, 0, _width, _height));
        _moments.CopyTo(_stayingMoments, 0);
        _moved.Clear();
        TellChanges(new(0, 0, _width, _height));
        _changed.CopyTo(_stayingChanged, 0);
    }

    /// <summary>From now on <see cref="Changed"/> compares with what is here now.</summary>
    public void Remember()
    {
        _moments.CopyTo(_restMoments, 0);
        TellChanges(new(0, 0, _width, _height));
        _changed.CopyTo(_stayingChanged, 0);
    }

    /// <summary>Whether the light in a rectangle of the grid (least and greatest column and row) is another one than was remembered.</summary>
    public bool Changed((Vector2 Low, Vector2 High) rectangle)
    {
        var (left, right) = (Math.Clamp((int)rectangle.Low.X - 1, 0, _width - 1) / Block, Math.Clamp((int)rectangle.High.X + 2, 0, _width - 1) / Block);
        var (top, bottom) = (Math.Clamp((int)rectangle.Low.Y - 1, 0, _height - 1) / Block, Math.Clamp((int)rectangle.High.Y + 2, 0, _height - 1) / Block);
        for (var row = top; row <= bottom; row++)
        {
            if (_changed.AsSpan(row * _blockColumns + left, right - left + 1).Contains(true)) return true;
        }

        return false;
    }

    /// <summary>Takes away what was added since <see cref="Stay"/>.</summary>
    public void TakeAway()
    {
        foreach (var stretch in _moved)
        {
            for (var row = stretch.Top; row < stretch.Bottom; row++)
            {
                var (at, count) = (row * _width + stretch.Left, stretch.Right - stretch.Left);
                _stayingDepths.AsSpan(at, count).CopyTo(_depths.AsSpan(at));
                _stayingMoments.AsSpan(at, count).CopyTo(_moments.AsSpan(at));
            }
        }

        _moved.Clear();
        _stayingChanged.CopyTo(_changed, 0);
    }

    /// <summary>Adds what keeps light from what is below.</summary>
    public void Add(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> indices)
    {
        if (_places.Length < positions.Length) _places = new Vector3[positions.Length];
        var (low, high) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        for (var i = 0; i < positions.Length; i++)
        {
            var place = (Cast(positions[i]) - _origin) / _texel;
            (low, high) = (Vector2.Min(low, place), Vector2.Max(high, place));
            _places[i] = new(place.X + 0.5f, place.Y + 0.5f, -positions[i].Y);
        }

        for (var i = 0; i < indices.Length; i += 3)
        {
            TriangleFiller.Fill(_places[indices[i]], _places[indices[i + 1]], _places[indices[i + 2]], default, default, default, 0, _depths, [], _width, _height);
        }

        // What is added spreads by twice the blur; as much again lies between that and what the stretch's border spoils.
        var margin = 4 * _blur + 2;
        Remember(new(
            Math.Clamp((int)low.X - margin, 0, _width), Math.Clamp((int)low.Y - margin, 0, _height),
            Math.Clamp((int)high.X + margin, 0, _width), Math.Clamp((int)high.Y + margin, 0, _height)));
    }

    /// <summary>Blurs where something was added since <see cref="Stay"/>; must come before <see cref="Light(Vector3)"/>.</summary>
    public void Blur()
    {
        foreach (var stretch in _moved)
        {
            Blur(stretch);
            MendBorder(stretch);
            TellChanges(stretch);
        }
    }

    /// <summary>Where the shadow of a point falls on the plane y = 0 (x and z, metres).</summary>
    public Vector2 Cast(Vector3 point) => new Vector2(point.X, point.Z) - _lean * point.Y;

    /// <summary>How much of the light reaches a point, 0 to 1.</summary>
    public float Light(Vector3 point)
    {
        var place = (Cast(point) - _origin) / _texel;
        return Light(place.X, place.Y, -point.Y);
    }

    /// <summary>How much of the light reaches a place of the grid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Light(float x, float y, float depth)
    {
        x = Math.Clamp(x, 0, _width - 1.01f);
        y = Math.Clamp(y, 0, _height - 1.01f);
        var (column, row) = ((int)x, (int)y);
        var (right, down) = (x - column, y - row);
        var at = row * _width + column;
        var (a, b, c, d) = (_moments[at], _moments[at + 1], _moments[at + _width], _moments[at + _width + 1]);
        var moments = (a * (1 - right) + b * right) * (1 - down) + (c * (1 - right) + d * right) * down;
        var below = depth - _slack - moments.X;
        if (below <= 0) return 1;
        var variance = MathF.Max(moments.Y - moments.X * moments.X, 1e-7f);

        // Chebyshev's bound; its lowest fifth is light that leaks through two layers.
        return Math.Clamp((variance / (variance + below * below) - 0.2f) / 0.8f, 0, 1);
    }

    // Stretches that touch are blurred as one.
    private void Remember(Stretch stretch)
    {
        if (stretch.Left >= stretch.Right || stretch.Top >= stretch.Bottom) return;
        for (var i = _moved.Count - 1; i >= 0; i--)
        {
            if (!_moved[i].Touches(stretch)) continue;
            stretch = stretch.Around(_moved[i]);
            _moved.RemoveAt(i);
            i = _moved.Count;
        }

        _moved.Add(stretch);
    }

    private void Blur(Stretch stretch)
    {
        var (left, top, right, bottom) = (stretch.Left, stretch.Top, stretch.Right, stretch.Bottom);
        for (var y = top; y < bottom; y++)
        {
            for (var at = y * _width + left; at < y * _width + right; at++) _moments[at] = new(_depths[at], _depths[at] * _depths[at]);
        }

        for (var pass = 0; pass < 2; pass++)
        {
            for (var y = top; y < bottom; y++) AverageRow(_moments.AsSpan(y * _width + left, right - left), _work.AsSpan(y * _width + left, right - left));
            AverageColumns(stretch);
        }
    }

    private void TellChanges(Stretch stretch)
    {
        for (var blockRow = stretch.Top / Block; blockRow * Block < stretch.Bottom; blockRow++)
        {
            for (var blockColumn = stretch.Left / Block; blockColumn * Block < stretch.Right; blockColumn++)
            {
                _changed[blockRow * _blockColumns + blockColumn] = Differs(blockColumn * Block, blockRow * Block);
            }
        }
    }

    // Less is the blur's rounding.
    private bool Differs(int left, int top)
    {
        for (var row = top; row < Math.Min(top + Block, _height); row++)
        {
            for (var at = row * _width + left; at < row * _width + Math.Min(left + Block, _width); at++)
            {
                var difference = Vector2.Abs(_moments[at] - _restMoments[at]);
                if (difference.X > 2e-6f || difference.Y > 2e-7f) return true;
            }
        }

        return false;
    }

    // Near a stretch's border the blur lacked what is beyond; nothing that moves is there.
    private void MendBorder(Stretch stretch)
    {
        var border = 2 * _blur;
        var (left, right) = (stretch.Left > 0 ? stretch.Left + border : 0, stretch.Right < _width ? stretch.Right - border : _width);
        var (top, bottom) = (stretch.Top > 0 ? stretch.Top + border : 0, stretch.Bottom < _height ? stretch.Bottom - border : _height);
        for (var row = stretch.Top; row < stretch.Bottom; row++)
        {
            if (row < top || row >= bottom)
            {
                Restore(row, stretch.Left, stretch.Right);
                continue;
            }

            Restore(row, stretch.Left, left);
            Restore(row, right, stretch.Right);
        }
    }

    private void Restore(int row, int from, int to)
    {
        if (from < to) _stayingMoments.AsSpan(row * _width + from, to - from).CopyTo(_moments.AsSpan(row * _width + from));
    }

    // Mean of 2 · blur + 1 neighbours; the outermost stand for those beyond.
    private void AverageRow(ReadOnlySpan<Vector2> from, Span<Vector2> to)
    {
        var share = 1f / (2 * _blur + 1);
        var inner = Math.Max(0, from.Length - 2 * _blur);
        for (var i = 0; i < Math.Min(_blur, from.Length); i++) to[i] = MeanNear(from, i, share);
        for (var i = Math.Max(_blur, from.Length - _blur); i < from.Length; i++) to[i] = MeanNear(from, i, share);
        if (inner > 0) Average(MemoryMarshal.Cast<Vector2, float>(from), 2, 2 * _blur + 1, MemoryMarshal.Cast<Vector2, float>(to.Slice(_blur, inner)));
    }

    private Vector2 MeanNear(ReadOnlySpan<Vector2> from, int middle, float share)
    {
        var sum = Vector2.Zero;
        for (var i = middle - _blur; i <= middle + _blur; i++) sum += from[Math.Clamp(i, 0, from.Length - 1)];
        return sum * share;
    }

    // The same down all columns at once, row after row as they lie in memory.
    private void AverageColumns(Stretch stretch)
    {
        var count = stretch.Right - stretch.Left;
        for (var y = stretch.Top; y < stretch.Bottom; y++)
        {
            var to = _moments.AsSpan(y * _width + stretch.Left, count);
            if (y - _blur >= stretch.Top && y + _blur < stretch.Bottom)
            {
                Average(MemoryMarshal.Cast<Vector2, float>(_work.AsSpan((y - _blur) * _width + stretch.Left)), 2 * _width, 2 * _blur + 1, MemoryMarshal.Cast<Vector2, float>(to));
                continue;
            }

            to.Clear();
            for (var offset = -_blur; offset <= _blur; offset++)
            {
                var from = _work.AsSpan(Math.Clamp(y + offset, stretch.Top, stretch.Bottom - 1) * _width + stretch.Left, count);
                for (var x = 0; x < to.Length; x++) to[x] += from[x];
            }

            for (var x = 0; x < to.Length; x++) to[x] *= 1f / (2 * _blur + 1);
        }
    }

    // Means of numbers that lie a step apart, eight at a time.
    private static void Average(ReadOnlySpan<float> from, int step, int count, Span<float> to)
    {
        var share = 1f / count;
        var x = 0;
        for (; x + Vector256<float>.Count <= to.Length; x += Vector256<float>.Count)
        {
            var sum = Vector256<float>.Zero;
            for (var i = 0; i < count; i++) sum += Vector256.Create(from.Slice(i * step + x, Vector256<float>.Count));
            (sum * share).CopyTo(to[x..]);
        }

        for (; x < to.Length; x++)
        {
            var sum = 0f;
            for (var i = 0; i < count; i++) sum += from[i * step + x];
            to[x] = sum * share;
        }
    }

    private readonly record struct Stretch(int Left, int Top, int Right, int Bottom)
    {
        public bool Touches(Stretch other) => Left <= other.Right && other.Left <= Right && Top <= other.Bottom && other.Top <= Bottom;

        public Stretch Around(Stretch other) => new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
    }
}
