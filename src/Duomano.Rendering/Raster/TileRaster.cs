using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Duomano.Rendering.Raster;

/// <summary>
/// Draws triangles in square tiles that fit a processor's cache; a pixel is the mean of 2 × 2 samples. What stays where it
/// is is drawn once for all pictures: tiles in which nothing else is seen are copied, others begin with its samples.
/// </summary>
internal sealed class TileRaster
{
    /// <summary>Samples a pixel across and down.</summary>
    public const int Samples = 2;

    /// <summary>Samples of a tile across and down.</summary>
    public const int TileSamples = TilePixels * Samples;

    /// <summary>The owner of a triangle that is in every picture.</summary>
    public const byte Nobody = 128;

    private const int TilePixels = 32;
    private const int Lanes = 8;
    private const int TileArea = TileSamples * TileSamples;

    private readonly int _columns;
    private readonly int _rows;
    private readonly TileBins _stillBins;
    private readonly TileBins _movingBins;
    private readonly Ground[] _grounds;
    private readonly uint[] _remembered;
    private readonly ConcurrentBag<(float[] Depths, uint[] Colors)> _work = [];
    private TriangleList _still = new();
    private readonly bool[] _asRemembered;
    private readonly bool[] _inked;
    private byte[] _owners = [];
    private uint[]? _last;
    private (Vector3 Top, Vector3 Bottom) _backdrop;

    /// <summary>Prepares for pictures of one size.</summary>
    public TileRaster(int width, int height)
    {
        (Width, Height) = (width, height);
        _columns = (width + TilePixels - 1) / TilePixels;
        _rows = (height + TilePixels - 1) / TilePixels;
        (_stillBins, _movingBins) = (new(_columns, _rows), new(_columns, _rows));
        _grounds = new Ground[TileCount];
        (_asRemembered, _inked) = (new bool[TileCount], new bool[TileCount]);
        _remembered = new uint[width * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Number of tiles, row after row from the top left.</summary>
    public int TileCount => _columns * _rows;

    /// <summary>Changes samples of a tile after its triangles are drawn, such as by shadows.</summary>
    /// <param name="tile">Which.</param>
    /// <param name="left">The tile's first sample across.</param>
    /// <param name="top">The tile's first sample down.</param>
    /// <param name="depths">Depths of its samples.</param>
    /// <param name="colors">Colours of its samples, to be changed.</param>
    public delegate void Finish(int tile, int left, int top, ReadOnlySpan<float> depths, Span<uint> colors);

    /// <summary>Draws what stays.</summary>
    /// <param name="still">It; must not change from now on.</param>
    /// <param name="owners">Who owns each triangle, below 128, or <see cref="Nobody"/>; a picture may leave an owner out.</param>
    /// <param name="backdrop">Top and bottom colour behind everything.</param>
    /// <param name="finish">What comes last.</param>
    /// <param name="threads">How many tiles at a time.</param>
    public void Remember(TriangleList still, byte[] owners, (Vector3 Top, Vector3 Bottom) backdrop, Finish finish, int threads)
    {
        (_still, _owners, _backdrop) = (still, owners, backdrop);
        _stillBins.Sort(still);
        ForTiles(threads, tile =>
        {
            var ground = _grounds[tile] = new();
            foreach (var at in _stillBins[tile])
            {
                if (owners[at / 3] != Nobody) ground.Owners |= UInt128.One << owners[at / 3];
            }

            Draw(tile, null, 0, finish, _remembered);
        });
    }

    /// <summary>Announces that somebody will draw into the next picture.</summary>
    /// <param name="low">The left upper corner of where, pixels.</param>
    /// <param name="high">The right lower corner.</param>
    public void Ink(Vector2 low, Vector2 high)
    {
        for (var y = Math.Max(0, (int)low.Y / TilePixels); y < _rows && y * TilePixels <= high.Y; y++)
        {
            for (var x = Math.Max(0, (int)low.X / TilePixels); x < _columns && x * TilePixels <= high.X; x++) _inked[y * _columns + x] = true;
        }
    }

    /// <summary>Draws a picture. In the same array as the last one only that is written which is or was not as remembered.</summary>
    /// <param name="moving">What is there besides what stays.</param>
    /// <param name="gone">Owners, a bit each, whose triangles are not there.</param>
    /// <param name="changed">Whether the last touch to what stays is now another one in a tile; may be called by several threads.</param>
    /// <param name="finish">What comes last.</param>
    /// <param name="picture">[height × width] pixels to fill, 0xFFRRGGBB.</param>
    /// <param name="threads">How many tiles at a time.</param>
    public void Draw(TriangleList moving, UInt128 gone, Predicate<int> changed, Finish finish, uint[] picture, int threads)
    {
        _movingBins.Sort(moving);
        var again = ReferenceEquals(picture, _last);
        _last = picture;
        ForTiles(threads, tile =>
        {
            var still = _movingBins[tile].Length == 0 && (gone & _grounds[tile].Owners) == 0 && !changed(tile);
            if (!still) Draw(tile, moving, gone, finish, picture);
            else if (!again || !_asRemembered[tile]) Copy(tile, _remembered, picture);
            _asRemembered[tile] = still && !_inked[tile];
            _inked[tile] = false;
        });
    }

    private void ForTiles(int threads, Action<int> draw) => Parallel.For(0, TileCount, new ParallelOptions { MaxDegreeOfParallelism = threads }, draw);

    private void Draw(int tile, TriangleList? moving, UInt128 gone, Finish finish, uint[] picture)
    {
        var work = _work.TryTake(out var kept) ? kept : (Depths: new float[TileArea], Colors: new uint[TileArea]);
        var (depths, colors) = work;
        CopyGround(tile, gone, depths, colors);
        var (left, top) = (tile % _columns * TileSamples, tile / _columns * TileSamples);
        if (moving is not null)
        {
            foreach (var at in _movingBins[tile]) Fill(moving, at, left, top, depths, colors);
        }

        finish(tile, left, top, depths, colors);
        Resolve(tile, colors, picture);
        _work.Add(work);
    }

    // What stays, without some owners; kept, since the next picture mostly lacks the same ones.
    private void CopyGround(int tile, UInt128 gone, float[] depths, uint[] colors)
    {
        var ground = _grounds[tile];
        gone &= ground.Owners;
        if (ground.Depths is null || ground.Gone != gone)
        {
            var (groundDepths, groundColors) = (ground.Depths ??= new float[TileArea], ground.Colors ??= new uint[TileArea]);
            ground.Gone = gone;
            Clear(tile, groundDepths, groundColors);
            foreach (var at in _stillBins[tile])
            {
                var owner = _owners[at / 3];
                if (owner != Nobody && (gone >> owner & 1) != 0) continue;
                Fill(_still, at, tile % _columns * TileSamples, tile / _columns * TileSamples, groundDepths, groundColors);
            }
        }

        ground.Depths.CopyTo(depths, 0);
        ground.Colors!.CopyTo(colors, 0);
    }

    private void Clear(int tile, Span<float> depths, Span<uint> colors)
    {
        depths.Fill(1);
        for (var y = 0; y < TileSamples; y++)
        {
            var color = Vector3.Lerp(_backdrop.Top, _backdrop.Bottom, (float)(tile / _columns * TileSamples + y) / (Height * Samples));
            colors.Slice(y * TileSamples, TileSamples).Fill((uint)color.X << 16 | (uint)color.Y << 8 | (uint)color.Z);
        }
    }

    private static void Fill(TriangleList triangles, int at, int left, int top, Span<float> depths, Span<uint> colors)
    {
        var origin = new Vector3(left, top, 0);
        var (a, b, c) = (triangles.Indices[at], triangles.Indices[at + 1], triangles.Indices[at + 2]);
        TriangleFiller.Fill(
            triangles.Places[a] - origin, triangles.Places[b] - origin, triangles.Places[c] - origin,
            triangles.Colors[a], triangles.Colors[b], triangles.Colors[c], triangles.Tags[a], depths, colors, TileSamples, TileSamples);
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
        var opaque = Vector256.Create(0xFF000000);
        for (var y = 0; y < height; y++)
        {
            var row = picture.AsSpan((top + y) * Width + left, width);
            var upper = colors.Slice(2 * y * TileSamples, TileSamples);
            var lower = colors.Slice((2 * y + 1) * TileSamples, TileSamples);
            var x = 0;
            for (; x + Lanes <= width; x += Lanes)
            {
                var pixels = Vector256.Narrow(Pairs(upper, lower, 2 * x), Pairs(upper, lower, 2 * x + Lanes));
                (pixels | opaque).StoreUnsafe(ref MemoryMarshal.GetReference(row), (nuint)x);
            }

            for (; x < width; x++) row[x] = 0xFF000000 | Mean(Mean(upper[2 * x], upper[2 * x + 1]), Mean(lower[2 * x], lower[2 * x + 1]));
        }
    }

    // Four pixels, in the lower half of each number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Pairs(ReadOnlySpan<uint> upper, ReadOnlySpan<uint> lower, int at)
    {
        var (a, b) = (Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(upper), (nuint)at), Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(lower), (nuint)at));
        return Mean(Mean(a, (a.AsUInt64() >> 32).AsUInt32()), Mean(b, (b.AsUInt64() >> 32).AsUInt32())).AsUInt64();
    }

    // The mean of each byte.
    private static uint Mean(uint a, uint b) => ((a ^ b) & 0xFEFEFE) / 2 + (a & b & 0xFFFFFF);

    private static Vector256<uint> Mean(Vector256<uint> a, Vector256<uint> b) => (((a ^ b) & Vector256.Create(0xFEFEFEu)) >> 1) + (a & b & Vector256.Create(0xFFFFFFu));

    // A tile's share of what stays.
    private sealed class Ground
    {
        public UInt128 Owners;
        public UInt128 Gone;
        public float[]? Depths;
        public uint[]? Colors;
    }
}
