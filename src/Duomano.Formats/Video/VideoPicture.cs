namespace Duomano.Formats.Video;

/// <summary>A picture of a video.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Rgb">Red, green and blue of each pixel, row after row from the top.</param>
public sealed record VideoPicture(int Width, int Height, byte[] Rgb);
