using System.Buffers.Binary;

namespace Duomano.Formats.Audio;

/// <summary>Turns a WAV file's bytes into numbers from −1 to 1.</summary>
internal static class WavSamples
{
    public static void Decode(ReadOnlySpan<byte> bytes, Span<float> samples, WavFormat format)
    {
        var size = format.BytesPerSample;
        var count = bytes.Length / size;
        switch (format.Tag, format.Bits)
        {
            case (WavFormat.Pcm, 8):
                for (var i = 0; i < count; i++) samples[i] = (bytes[i] - 128) / 128f;
                break;
            case (WavFormat.Pcm, 16):
                for (var i = 0; i < count; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(i * 2)..]) / 32768f;
                break;
            case (WavFormat.Pcm, 24):
                for (var i = 0; i < count; i++)
                {
                    var at = i * 3;
                    samples[i] = (bytes[at] | bytes[at + 1] << 8 | (sbyte)bytes[at + 2] << 16) / 8388608f;
                }

                break;
            case (WavFormat.Pcm, 32):
                for (var i = 0; i < count; i++) samples[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * 4)..]) / 2147483648f;
                break;
            case (WavFormat.Float, 32):
                for (var i = 0; i < count; i++) samples[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]);
                break;
            case (WavFormat.Float, 64):
                for (var i = 0; i < count; i++) samples[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * 8)..]);
                break;
            default:
                throw new InvalidOperationException($"Samples of encoding {format.Tag} and {format.Bits} bits are not plain numbers.");
        }
    }
}
