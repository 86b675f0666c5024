using System.Collections.Concurrent;
using System.Numerics;

namespace Duomano.Rendering.Raster;

/// <summary>
/// Draws triangles in square tiles that fit a processor's cache; a pixel is the mean of 2 × 2 samples. Tiles where nothing
/// has changed since a remembered picture are taken over from it.
/// </summary>
internal sealed class TileRaster
{
    /// <summary>Samples a pixel across and down.</summary>
    public const int Samples = 2;

    /// <summary>Samples of a tile across and down.</summary>
    public const int TileSamples = TilePixels * Samples;

    private const int TilePixels = 32;
    private const int TileArea = TileSamples * TileSamples;

    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _starts;
    private readonly bool[] _changed;
    private readonly ConcurrentBag<(float[] Depths, uint[] Colors)> _work = [];
    private int[] _binned = [];

    /// <summary>Prepares for pictures of one size.</summary>
    public TileRaster(int width, int height)
    {
        (Width, Height) = (width, height);
        _columns = (width + TilePixels - 1) / TilePixels;
        _rows = (height + TilePixels - 1) / TilePixels;
        _starts = new int[_columns * _rows + 1];
        _changed = new bool[_columns * _rows];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Changes samples of a tile after its triangles are drawn, such as by shadows.</summary>
    /// <param name="left">The tile's first sample across.</param>
    /// <param name="top">The tile's first sample down.</param>
    /// <param name="depths">Depths of its samples.</param>
    /// <param name="colors">Colours of its samples, to be changed.</param>
    public delegate void Finish(int left, int top, ReadOnlySpan<float> depths, Span<uint> colors);

    /// <summary>Draws a picture.</summary>
    /// <param name="triangles">What to draw.</param>
    /// <param name="firstNew">The first triangle's index that is not in the remembered picture as it is here.</param>
    /// <param name="changed">Rectangles (left, top, right, bottom, in samples) that have to be drawn anew.</param>
    /// <param name="remembered">A picture of what comes before <paramref name="firstNew"/>; null if there is none.</param>
    /// <param name="backdrop">Top and bottom colour behind everything.</param>
    /// <param name="finish">What comes last.</param>
    /// <param name="picture">[height × width] pixels to fill, 0xFFRRGGBB.</param>
    /// <param name="threads">How many tiles at a time.</param>
    public void Draw(
        TriangleList triangles, int firstNew, ReadOnlySpan<Vector4> changed, uint[]? remembered, (Vector3 Top, Vector3 Bottom) backdrop, Finish finish, uint[] picture, int threads)
    {
        Array.Fill(_changed, remembered is null);
        foreach (var rectangle in changed)
        {
            var (left, top) = (Math.Max(0, (int)rectangle.X / TileSamples), Math.Max(0, (int)rectangle.Y / TileSamples));
            for (var y = top; y < _rows && y * TileSamples <= rectangle.W; y++)
            {
                for (var x = left; x < _columns && x * TileSamples <= rectangle.Z; x++) _changed[y * _columns + x] = true;
            }
        }

        Bin(triangles, firstNew);
        Parallel.For(0, _changed.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, tile =>
        {
            if (!_changed[tile])
            {
                Copy(tile, remembered!, picture);
                return;
            }

            var work = _work.TryTake(out var kept) ? kept : (Depths: new float[TileArea], Colors: new uint[TileArea]);
            var (depths, colors) = work;
            Clear(tile, backdrop, depths, colors);
            Fill(tile, triangles, depths, colors);
            finish(tile % _columns * TileSamples, tile / _columns * TileSamples, depths, colors);
            Resolve(tile, colors, picture);
            _work.Add(work);
        });
    }

    // Lists for each tile the triangles whose bounds reach into it.
    private void Bin(TriangleList triangles, int firstNew)
    {
        Array.Clear(_starts);
        Span<int> next = stackalloc int[_starts.Length];
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < triangles.IndexCount; i += 3)
            {
                var (a, b, c) = (triangles.Places[triangles.Indices[i]], triangles.Places[triangles.Indices[i + 1]], triangles.Places[triangles.Indices[i + 2]]);
                if (a.Z < 0 || b.Z < 0 || c.Z < 0) continue;
                if ((c.X - a.X) * (b.Y - a.Y) - (b.X - a.X) * (c.Y - a.Y) <= 0) continue;
                var low = Vector3.Min(a, Vector3.Min(b, c));
                var high = Vector3.Max(a, Vector3.Max(b, c));
                var (left, right) = (Math.Max(0, (int)(low.X - 1) / TileSamples), Math.Min(_columns - 1, (int)MathF.Floor((high.X + 1) / TileSamples)));
                var (top, bottom) = (Math.Max(0, (int)(low.Y - 1) / TileSamples), Math.Min(_rows - 1, (int)MathF.Floor((high.Y + 1) / TileSamples)));
                for (var y = top; y <= bottom; y++)
                {
                    for (var x = left; x <= right; x++)
                    {
                        var tile = y * _columns + x;
                        if (pass == 1)
                        {
                            _binned[next[tile]++] = i;
                            continue;
                        }

                        _starts[tile + 1]++;
                        if (i >= firstNew) _changed[tile] = true;
                    }
                }
            }

            if (pass == 1) break;
            for (var tile = 1; tile < _starts.Length; tile++) _starts[tile] += _starts[tile - 1];
            if (_binned.Length < _starts[^1]) _binned = new int[_starts[^1] * 2];
            _starts.AsSpan().CopyTo(next);
        }
    }

    private void Clear(int tile, (Vector3 Top, Vector3 Bottom) backdrop, Span<float> depths, Span<uint> colors)
    {
        depths.Fill(1);
        for (var y = 0; y < TileSamples; y++)
        {
            var color = Vector3.Lerp(backdrop.Top, backdrop.Bottom, (float)(tile / _columns * TileSamples + y) / (Height * Samples));
            colors.Slice(y * TileSamples, TileSamples).Fill((uint)color.X << 16 | (uint)color.Y << 8 | (uint)color.Z);
        }
    }

    private void Fill(int tile, TriangleList triangles, Span<float> depths, Span<uint> colors)
    {
        var origin = new Vector3(tile % _columns * TileSamples, tile / _columns * TileSamples, 0);
        for (var i = _starts[tile]; i < _starts[tile + 1]; i++)
        {
            var at = _binned[i];
            var (a, b, c) = (triangles.Indices[at], triangles.Indices[at + 1], triangles.Indices[at + 2]);
            TriangleFiller.Fill(
                triangles.Places[a] - origin, triangles.Places[b] - origin, triangles.Places[c] - origin,
                triangles.Colors[a], triangles.Colors[b], triangles.Colors[c], triangles.Tags[a], depths, colors, TileSamples, TileSamples);
        }
    }

    private (int Left, int Top, int Width, int Height) Pixels(int tile)
    {
        var (left, top) = (tile % _columns * TilePixels, tile / _columns * TilePixels);
        return (left, top, Math.Min(TilePixels, Width - left), Math.Min(TilePixels, Height - top));
    }

    private void Copy(int tile, uint[] from, uint[] to)
    {
        var (left, top, width, height) = Pixels(tile);
        for (var y = top; y < top + height; y++) from.AsSpan(y * Width + left, width).CopyTo(to.AsSpan(y * Width + left, width));
    }

    private void Resolve(int tile, ReadOnlySpan<uint> colors, uint[] picture)
    {
        var (left, top, width, height) = Pixels(tile);
        for (var y = 0; y < height; y++)
        {
            var row = picture.AsSpan((top + y) * Width + left, width);
            var upper = colors[(2 * y * TileSamples)..];
            var lower = colors[((2 * y + 1) * TileSamples)..];
            for (var x = 0; x < width; x++) row[x] = 0xFF000000 | Mean(Mean(upper[2 * x], upper[2 * x + 1]), Mean(lower[2 * x], lower[2 * x + 1]));
        }
    }

    // The mean of each byte.
    private static uint Mean(uint a, uint b) => ((a ^ b) & 0xFEFEFE) / 2 + (a & b & 0xFFFFFF);
}
