using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Duomano.Formats.Video;

/// <summary>
/// Turns pictures into what H.264 stores: brightness for each pixel and two colour differences for each square of four
/// (Rec. ITU-R BT.709, narrow range, 4:2:0).
/// </summary>
internal static class PlanarPicture
{
    // Shares of red, green and blue in 65536ths.
    private const int LumaRed = 11966;
    private const int LumaGreen = 40254;
    private const int LumaBlue = 4064;
    private const int DifferenceOwn = 28784;
    private const int BlueOfRed = -6596;
    private const int BlueOfGreen = DifferenceOwn + BlueOfRed;
    private const int RedOfBlue = -2640;
    private const int RedOfGreen = DifferenceOwn + RedOfBlue;
    private const int LumaOffset = (16 << 16) + (1 << 15);

    // Four pixels are added up, so two bits more are shifted out.
    private const int DifferenceOffset = (128 << 18) + (1 << 17);

    /// <summary>How many bytes a picture takes.</summary>
    public static int Length(int width, int height) => width * height * 3 / 2;

    /// <summary>Converts a picture.</summary>
    /// <param name="picture">[height × width] pixels, 0xFFRRGGBB; both sizes even.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="planes">Brightness, then blue, then red differences.</param>
    public static void Convert(ReadOnlySpan<uint> picture, int width, int height, Span<byte> planes)
    {
        var luma = planes[..(width * height)];
        var blue = planes.Slice(width * height, width * height / 4);
        var red = planes.Slice(width * height * 5 / 4, width * height / 4);
        for (var row = 0; row < height; row += 2)
        {
            var upper = picture.Slice(row * width, width);
            var lower = picture.Slice((row + 1) * width, width);
            var lumaUpper = luma.Slice(row * width, width);
            var lumaLower = luma.Slice((row + 1) * width, width);
            var blueRow = blue.Slice(row / 2 * (width / 2), width / 2);
            var redRow = red.Slice(row / 2 * (width / 2), width / 2);
            var x = 0;
            for (; x + 16 <= width; x += 16)
            {
                var (a, b) = (Load(upper, x), Load(upper, x + 8));
                var (c, d) = (Load(lower, x), Load(lower, x + 8));
                Vector128.Narrow(Luma(a), Luma(b)).CopyTo(lumaUpper[x..]);
                Vector128.Narrow(Luma(c), Luma(d)).CopyTo(lumaLower[x..]);
                var sums = Vector256.Narrow(Pairs(RedBlue(a) + RedBlue(c)), Pairs(RedBlue(b) + RedBlue(d))).AsInt32();
                var greens = Vector256.Narrow(Pairs(Green(a) + Green(c)), Pairs(Green(b) + Green(d))).AsInt32();
                var (reds, blues) = (sums >> 16, sums & Vector256.Create(0xFFFF));
                var offset = Vector256.Create(DifferenceOffset);
                Store(blues * DifferenceOwn + reds * BlueOfRed - greens * BlueOfGreen + offset, blueRow[(x / 2)..]);
                Store(reds * DifferenceOwn + blues * RedOfBlue - greens * RedOfGreen + offset, redRow[(x / 2)..]);
            }

            for (; x < width; x += 2)
            {
                var (reds, greens, blues) = (0, 0, 0);
                for (var i = 0; i < 4; i++)
                {
                    var at = x + i % 2;
                    var pixel = i < 2 ? upper[at] : lower[at];
                    var (r, g, b) = ((int)(pixel >> 16 & 255), (int)(pixel >> 8 & 255), (int)(pixel & 255));
                    (i < 2 ? ref lumaUpper[at] : ref lumaLower[at]) = (byte)((r * LumaRed + g * LumaGreen + b * LumaBlue + LumaOffset) >> 16);
                    (reds, greens, blues) = (reds + r, greens + g, blues + b);
                }

                blueRow[x / 2] = (byte)((blues * DifferenceOwn + reds * BlueOfRed - greens * BlueOfGreen + DifferenceOffset) >> 18);
                redRow[x / 2] = (byte)((reds * DifferenceOwn + blues * RedOfBlue - greens * RedOfGreen + DifferenceOffset) >> 18);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Load(ReadOnlySpan<uint> row, int x) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)x);

    // Red in the upper half of each number, blue in the lower.
    private static Vector256<uint> RedBlue(Vector256<uint> pixels) => pixels & Vector256.Create(0x00FF00FFu);

    private static Vector256<uint> Green(Vector256<uint> pixels) => pixels >> 8 & Vector256.Create(0xFFu);

    // The sum of either two neighbours, in the lower half of each number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Pairs(Vector256<uint> values) => (values.AsUInt64() + (values.AsUInt64() >> 32)) & Vector256.Create(0xFFFFFFFFul);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Luma(Vector256<uint> pixels)
    {
        var (red, green, blue) = (pixels >> 16 & Vector256.Create(0xFFu), Green(pixels), pixels & Vector256.Create(0xFFu));
        var luma = red * LumaRed + green * LumaGreen + blue * LumaBlue + Vector256.Create((uint)LumaOffset);
        return Narrow(luma >> 16);
    }

    private static Vector128<ushort> Narrow(Vector256<uint> values) => Vector128.Narrow(values.GetLower(), values.GetUpper());

    private static void Store(Vector256<int> sums, Span<byte> to)
    {
        var narrow = Narrow((sums >> 18).AsUInt32());
        Vector128.Narrow(narrow, narrow).GetLower().CopyTo(to);
    }
}
