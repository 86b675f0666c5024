using System.Numerics;

namespace Duomano.Rendering.Raster;

/// <summary>Which triangles reach into which tiles of a picture; those that face away or lie before the camera are left out.</summary>
internal sealed class TileBins
{
    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _starts;
    private readonly int[] _next;
    private int[] _binned = [];

    public TileBins(int columns, int rows)
    {
        (_columns, _rows) = (columns, rows);
        _starts = new int[columns * rows + 1];
        _next = new int[_starts.Length];
    }

    /// <summary>Where in the list of indices the triangles of a tile begin, in the list's order.</summary>
    public ReadOnlySpan<int> this[int tile] => _binned.AsSpan(_starts[tile].._starts[tile + 1]);

    /// <summary>Sorts triangles into tiles; what was here before is forgotten.</summary>
    public void Sort(TriangleList triangles)
    {
        Array.Clear(_starts);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < triangles.IndexCount; i += 3)
            {
                var (a, b, c) = (triangles.Places[triangles.Indices[i]], triangles.Places[triangles.Indices[i + 1]], triangles.Places[triangles.Indices[i + 2]]);
                if (a.Z < 0 || b.Z < 0 || c.Z < 0) continue;
                if ((c.X - a.X) * (b.Y - a.Y) - (b.X - a.X) * (c.Y - a.Y) <= 0) continue;
                var low = Vector3.Min(a, Vector3.Min(b, c));
                var high = Vector3.Max(a, Vector3.Max(b, c));
                var (left, right) = (Math.Max(0, (int)(low.X - 1) / TileRaster.TileSamples), Math.Min(_columns - 1, (int)MathF.Floor((high.X + 1) / TileRaster.TileSamples)));
                var (top, bottom) = (Math.Max(0, (int)(low.Y - 1) / TileRaster.TileSamples), Math.Min(_rows - 1, (int)MathF.Floor((high.Y + 1) / TileRaster.TileSamples)));
                for (var y = top; y <= bottom; y++)
                {
                    for (var x = left; x <= right; x++)
                    {
                        var tile = y * _columns + x;
                        if (pass == 0) _starts[tile + 1]++;
                        else _binned[_next[tile]++] = i;
                    }
                }
            }

            if (pass == 1) break;
            for (var tile = 1; tile < _starts.Length; tile++) _starts[tile] += _starts[tile - 1];
            if (_binned.Length < _starts[^1]) _binned = new int[_starts[^1] * 2];
            _starts.CopyTo(_next, 0);
        }
    }
}
