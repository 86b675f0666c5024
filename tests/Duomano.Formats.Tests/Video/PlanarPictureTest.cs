using CsCheck;
using Duomano.Formats.Video;

namespace Duomano.Formats.Tests.Video;

public class PlanarPictureTest
{
    // BT.709's shares of red and blue in brightness.
    private const double Red = 0.2126;
    private const double Blue = 0.0722;

    [Fact]
    public void Pictures_of_any_size_are_those_of_the_definition() => Gen.Select(Gen.Int[1, 25], Gen.Int[1, 4]).SelectMany((width, height) =>
        Gen.UInt.Array[width * height * 4].Select(pixels => (Width: width * 2, Height: height * 2, Pixels: pixels))).Sample(picture =>
    {
        var (width, height, pixels) = picture;
        var planes = new byte[PlanarPicture.Length(width, height)];
        PlanarPicture.Convert(pixels, width, height, planes);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) Assert.Equal(16 + 219 * Luma(Color(pixels[y * width + x])), planes[y * width + x], 0.6);
        }

        for (var y = 0; y < height; y += 2)
        {
            for (var x = 0; x < width; x += 2)
            {
                var square = new[] { 0, 1, width, width + 1 }.Select(offset => Color(pixels[y * width + x + offset])).ToArray();
                var (r, g, b) = (square.Average(color => color.R), square.Average(color => color.G), square.Average(color => color.B));
                var at = width * height + y / 2 * (width / 2) + x / 2;
                Assert.Equal(128 + 224 * (b - Luma((r, g, b))) / (2 * (1 - Blue)), planes[at], 0.6);
                Assert.Equal(128 + 224 * (r - Luma((r, g, b))) / (2 * (1 - Red)), planes[at + width * height / 4], 0.6);
            }
        }
    }, iter: 100);

    private static double Luma((double R, double G, double B) color) => Red * color.R + (1 - Red - Blue) * color.G + Blue * color.B;

    private static (double R, double G, double B) Color(uint pixel) => ((pixel >> 16 & 255) / 255.0, (pixel >> 8 & 255) / 255.0, (pixel & 255) / 255.0);
}
