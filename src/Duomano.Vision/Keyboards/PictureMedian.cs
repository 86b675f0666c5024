namespace Duomano.Vision.Keyboards;

/// <summary>What most pictures of a camera that does not move show at each pixel.</summary>
public static class PictureMedian
{
    /// <summary>Takes the median of each pixel's red, green and blue.</summary>
    /// <param name="pictures">Pictures of the same size.</param>
    /// <exception cref="ArgumentException">There is none, or they differ in size.</exception>
    public static Picture Of(IReadOnlyList<Picture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0) throw new ArgumentException("There is no picture to take the median of.", nameof(pictures));
        var first = pictures[0];
        if (pictures.FirstOrDefault(picture => picture.Width != first.Width || picture.Height != first.Height) is { } other)
        {
            throw new ArgumentException($"A picture has {other.Width}×{other.Height} pixels, the first one {first.Width}×{first.Height}.", nameof(pictures));
        }

        if (pictures.Count == 1) return first;
        var median = new byte[first.Rgb.Length];
        Span<byte> values = stackalloc byte[pictures.Count];
        for (var i = 0; i < median.Length; i++)
        {
            // Sorted by insertion: there are few.
            for (var k = 0; k < values.Length; k++)
            {
                var (value, at) = (pictures[k].Rgb[i], k);
                for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
                values[at] = value;
            }

            median[i] = values[values.Length / 2];
        }

        return new(first.Width, first.Height, median);
    }
}
