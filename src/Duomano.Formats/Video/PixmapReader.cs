namespace Duomano.Formats.Video;

/// <summary>Reads portable pixmaps (PPM, "P6") from a stream, one after the other; each tells its own size.</summary>
internal sealed class PixmapReader(Stream stream)
{
    private readonly VideoPicture?[] _pictures = new VideoPicture?[2];
    private int _turn;

    /// <summary>The next picture, in the bytes of the last but one where they are as many; null at the end.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within a picture.</exception>
    public VideoPicture? Next()
    {
        if (stream.ReadByte() is var first && first < 0) return null;
        if (first != 'P' || stream.ReadByte() != '6') throw new InvalidOperationException("No pixmap begins here.");
        var (width, height, most) = (Number(), Number(), Number());
        if (width is < 1 or > VideoReadOptions.LargestSide || height is < 1 or > VideoReadOptions.LargestSide || most != 255) throw new InvalidOperationException($"A pixmap of {width} x {height} with values up to {most} was not expected.");
        ref var picture = ref _pictures[_turn];
        _turn = 1 - _turn;
        if (picture?.Width != width || picture.Height != height) picture = new(width, height, new byte[checked(3 * width * height)]);
        stream.ReadExactly(picture.Rgb);
        return picture;
    }

    // Digits between white space; exactly one white space character ends them.
    private int Number()
    {
        var (value, digits) = (0, 0);
        while (true)
        {
            var next = stream.ReadByte();
            if (next is >= '0' and <= '9' && digits < 6)
            {
                value = 10 * value + next - '0';
                digits++;
            }
            else if (next is not (' ' or '\n' or '\r' or '\t'))
            {
                throw new EndOfStreamException("A pixmap's header breaks off.");
            }
            else if (digits > 0)
            {
                return value;
            }
        }
    }
}
