using System.Numerics;
using Duomano.Rendering.Raster;

namespace Duomano.Rendering.Scene;

/// <summary>
/// Which heights a distant light reaches, on a grid over the keyboard: mean and mean square of the heights that are lit,
/// blurred, give soft edges (Donnelly and Lauritzen 2006, "Variance shadow maps").
/// </summary>
internal sealed class ShadowMap
{
    // Where there is nothing, light falls this far below the white keys, metres.
    private const float Floor = 0.06f;

    private readonly Vector2 _lean;
    private readonly Vector2 _origin;
    private readonly float _texel;
    private readonly int _width;
    private readonly int _height;
    private readonly int _blur;
    private readonly float _slack;
    private readonly float[] _depths;
    private readonly uint[] _unused;
    private readonly float[] _base;
    private readonly Vector2[] _moments;
    private readonly Vector2[] _work;
    private readonly Vector2[] _baseMoments;
    private Vector3[] _places = [];

    /// <summary>Makes a map.</summary>
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
        _height = (int)((high.Y - low.Y) / texel) + 1;
        _depths = new float[_width * _height];
        _unused = new uint[_depths.Length];
        _base = new float[_depths.Length];
        Array.Fill(_base, Floor);
        _moments = new Vector2[_depths.Length];
        _work = new Vector2[_depths.Length];
        _baseMoments = new Vector2[_depths.Length];
        Clear();
    }

    /// <summary>Forgets all but what stays.</summary>
    public void Clear() => _base.CopyTo(_depths, 0);

    /// <summary>What has been added so far stays from now on.</summary>
    public void Keep()
    {
        _depths.CopyTo(_base, 0);
        Blur(0, 0, _width, _height);
        _moments.CopyTo(_baseMoments, 0);
    }

    /// <summary>Adds what keeps light from what is below.</summary>
    public void Add(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> indices)
    {
        if (_places.Length < positions.Length) _places = new Vector3[positions.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            var place = Locate(positions[i]);
            _places[i] = new(place.X + 0.5f, place.Y + 0.5f, -positions[i].Y);
        }

        for (var i = 0; i < indices.Length; i += 3)
        {
            TriangleFiller.Fill(_places[indices[i]], _places[indices[i + 1]], _places[indices[i + 2]], default, default, default, 0, _depths, _unused, _width, _height);
        }
    }

    /// <summary>Blurs what is there; must come before <see cref="Light"/>.</summary>
    /// <param name="low">Least x and z of what was added since <see cref="Keep"/>.</param>
    /// <param name="high">Greatest x and z.</param>
    public void Blur(Vector2 low, Vector2 high)
    {
        _baseMoments.CopyTo(_moments, 0);
        var margin = 4 * _blur + 2;
        var (left, top) = ((int)((low.X - _origin.X) / _texel) - margin, (int)((low.Y - _origin.Y) / _texel) - margin);
        var (right, bottom) = ((int)((high.X - _origin.X) / _texel) + margin, (int)((high.Y - _origin.Y) / _texel) + margin);
        Blur(Math.Clamp(left, 0, _width), Math.Clamp(top, 0, _height), Math.Clamp(right, 0, _width), Math.Clamp(bottom, 0, _height));
    }

    /// <summary>Where the shadow of a point falls on the plane y = 0 (x and z, metres).</summary>
    public Vector2 Cast(Vector3 point) => new Vector2(point.X, point.Z) - _lean * point.Y;

    /// <summary>How much of the light reaches a point, 0 to 1.</summary>
    public float Light(Vector3 point)
    {
        var place = Locate(point);
        var (x, y) = (Math.Clamp(place.X, 0, _width - 1.01f), Math.Clamp(place.Y, 0, _height - 1.01f));
        var (column, row) = ((int)x, (int)y);
        var at = row * _width + column;
        var upper = Vector2.Lerp(_moments[at], _moments[at + 1], x - column);
        var lower = Vector2.Lerp(_moments[at + _width], _moments[at + _width + 1], x - column);
        var moments = Vector2.Lerp(upper, lower, y - row);
        var below = -point.Y - _slack - moments.X;
        if (below <= 0) return 1;
        var variance = MathF.Max(moments.Y - moments.X * moments.X, 1e-7f);

        // Chebyshev's bound; its lowest fifth is light that leaks through two layers.
        return Math.Clamp((variance / (variance + below * below) - 0.2f) / 0.8f, 0, 1);
    }

    private Vector2 Locate(Vector3 point) => (Cast(point) - _origin) / _texel;

    private void Blur(int left, int top, int right, int bottom)
    {
        if (left >= right || top >= bottom) return;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var depth = _depths[y * _width + x];
                _moments[y * _width + x] = new(depth, depth * depth);
            }
        }

        for (var pass = 0; pass < 2; pass++)
        {
            for (var y = top; y < bottom; y++) Average(_moments, _work, y * _width + left, 1, right - left);
            for (var x = left; x < right; x++) Average(_work, _moments, top * _width + x, _width, bottom - top);
        }
    }

    // Running mean of 2 · blur + 1 neighbours; the outermost stand for those beyond.
    private void Average(Vector2[] from, Vector2[] to, int start, int step, int count)
    {
        var share = 1f / (2 * _blur + 1);
        var sum = from[start] * (_blur + 1);
        for (var i = 1; i <= _blur; i++) sum += from[start + Math.Min(i, count - 1) * step];
        for (var i = 0; i < count; i++)
        {
            to[start + i * step] = sum * share;
            sum += from[start + Math.Min(i + _blur + 1, count - 1) * step] - from[start + Math.Max(i - _blur, 0) * step];
        }
    }
}
