using Duomano.Core.Files;
using Duomano.Formats.Audio;
using Duomano.Tests;
using static Duomano.Formats.Tests.Audio.WavBytes;

namespace Duomano.Formats.Tests.Audio;

public class WavFileTest
{
    private static readonly byte[] Mono16 = Format(1, 1, 16000, 16);

    // −1, −1/2, 0, 1/2 in every encoding.
    public static TheoryData<string, byte[], byte[]> Encodings => new()
    {
        { "8 bits", Format(1, 1, 8000, 8), [0, 64, 128, 192] },
        { "16 bits", Format(1, 1, 8000, 16), [0, 0x80, 0, 0xC0, 0, 0, 0, 0x40] },
        { "24 bits", Format(1, 1, 8000, 24), [0, 0, 0x80, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0x40] },
        { "32 bits", Format(1, 1, 8000, 32), [0, 0, 0, 0x80, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0x40] },
        { "float32", Format(3, 1, 8000, 32), Floats(-1, -0.5f, 0, 0.5f) },
        { "float64", Format(3, 1, 8000, 64), [.. ((double[])[-1, -0.5, 0, 0.5]).SelectMany(BitConverter.GetBytes)] },
        { "extensible integers", Extensible(1, 1, 8000, 16), [0, 0x80, 0, 0xC0, 0, 0, 0, 0x40] },
        { "extensible float", Extensible(3, 1, 8000, 32), Floats(-1, -0.5f, 0, 0.5f) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Reads_every_encoding(string what, byte[] format, byte[] data)
    {
        Assert.NotEmpty(what);
        var audio = Read(File(format, Chunk("data", data)));
        Assert.Equal((8000, 4), (audio.SampleRate, audio.Length));
        Assert.Equal([-1, -0.5f, 0, 0.5f], Assert.Single(audio.Channels));
    }

    [Fact]
    public void Takes_channels_apart()
    {
        var audio = Read(File(Format(3, 3, 44100, 32), Chunk("data", Floats(1, 2, 6, 4, 5, 6))));
        Assert.Equal([[1, 4], [2, 5], [6, 6]], audio.Channels);
        Assert.Equal([3, 5], audio.ToMono());
    }

    [Fact]
    public void Skips_other_chunks_and_the_padding_of_odd_ones()
    {
        byte[] list = Chunk("LIST", [1, 2, 3]);
        Assert.Equal([0.5f], Read(File(list, Mono16, list, Chunk("data", [0, 0x40]), list)).Channels[0]);
    }

    [Fact]
    public void Reads_what_was_written_to_a_pipe()
    {
        // Such writers leave the length open as zero or all ones.
        foreach (var length in (uint[])[0, 0xFFFFFFFF, 0x7FFFFFFF])
        {
            var file = File("RIFF", 0xFFFFFFFF, Mono16, Chunk("data", [0, 0x40, 0, 0xC0], length));
            Assert.Equal([0.5f, -0.5f], Read(file).Channels[0]);
            using var pipe = new Pipe(file);
            Assert.Equal([0.5f, -0.5f], WavFile.Read(pipe).Channels[0]);
        }
    }

    [Fact]
    public void No_sound_is_no_error()
    {
        Assert.Empty(Read(File(Mono16, Chunk("data", []))).Channels[0]);
        Assert.Empty(Read(File(Mono16, Chunk("data", []), Chunk("LIST", [1, 2, 3, 4]))).Channels[0]);
    }

    [Fact]
    public void Reads_rf64()
    {
        byte[] lengths = [.. UInt32(100), .. UInt32(0), .. UInt32(4), .. UInt32(0), .. UInt32(2), .. UInt32(0), .. UInt32(0)];
        var file = File("RF64", 0xFFFFFFFF, Chunk("ds64", lengths), Mono16, Chunk("data", [0, 0x40, 0, 0xC0], 0xFFFFFFFF), Chunk("LIST", [9, 9]));
        Assert.Equal([0.5f, -0.5f], Read(file).Channels[0]);
    }

    [Theory]
    [InlineData(WavEncoding.Pcm16, 0.5f / 32768)]
    [InlineData(WavEncoding.Float32, 0)]
    public void What_is_written_comes_back(WavEncoding encoding, float tolerance)
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("sound.wav");
        var audio = new AudioBuffer([Sine(440, 48000, 20000), Sine(1000, 48000, 20000)], 48000);
        WavFile.Write(path, audio, encoding);
        var back = WavFile.Read(path);
        Assert.Equal((48000, 20000, 2), (back.SampleRate, back.Length, back.Channels.Length));
        Assert.Equal(44 + 20000 * 2 * (encoding == WavEncoding.Pcm16 ? 2 : 4), new FileInfo(path).Length);
        for (var channel = 0; channel < 2; channel++)
        {
            Assert.All(audio.Channels[channel].Zip(back.Channels[channel]), pair => Assert.Equal(pair.First, pair.Second, tolerance + 1e-9f));
        }
    }

    [Fact]
    public void Integers_clip_at_full_scale()
    {
        using var stream = new MemoryStream();
        WavFile.Write(stream, new AudioBuffer([1.5f, 1, -1, -1.5f], 16000));
        Assert.Equal([32767 / 32768f, 32767 / 32768f, -1, -1], Read(stream.ToArray()).Channels[0]);
    }

    public static TheoryData<string, byte[], string> Broken => new()
    {
        { "empty", [], "byte 0: the file ends in the header" },
        { "cut in the header", [.. "RIFF"u8, 0, 0], "byte 6: the file ends in the header" },
        { "another format", [.. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1], "byte 0: not a WAV file" },
        { "big-endian", File("RIFX", null, Mono16), "not a WAV file" },
        { "no sound", File(Mono16), "(no 'data' chunk was found)" },
        { "no format", File(Chunk("data", [0, 0])), "byte 12: the 'data' chunk comes before a 'fmt ' chunk" },
        { "a short format", File(Chunk("fmt ", [1, 0, 1, 0])), "byte 12: a 'fmt ' chunk of 4 bytes, expected 16" },
        { "a format longer than the file", File(Chunk("fmt ", [1, 0, 1, 0], 40)), "byte 12: a chunk of 40 bytes, but the file has 4 more" },
        { "a huge chunk", File(Mono16, Chunk("LIST", [1, 2], 0xFFFFFFF0)), "byte 36: a chunk of 4294967280 bytes, but the file has 2 more" },
        { "no channels", File(Format(1, 0, 16000, 16), Chunk("data", [])), "0 channels, expected 1 to 64" },
        { "thousands of channels", File(Format(1, 60000, 16000, 16, 2), Chunk("data", [])), "60000 channels" },
        { "sample rate 0", File(Format(1, 1, 0, 16), Chunk("data", [])), "a sample rate of 0 Hz, expected 1000 to 768000" },
        { "a negative sample rate", File(Format(1, 1, -1, 16), Chunk("data", [])), "a sample rate of 2147483647 Hz" },
        { "12 bits", File(Format(1, 1, 16000, 12, 2), Chunk("data", [])), "integers of 12 bits, expected 8, 16, 24 or 32" },
        { "half floats", File(Format(3, 1, 16000, 16), Chunk("data", [])), "floating point numbers of 16 bits" },
        { "frames of the wrong size", File(Format(1, 2, 16000, 16, 2), Chunk("data", [])), "frames of 2 bytes, expected 4 (2 channels of 16 bits)" },
        { "µ-law", File(Format(7, 1, 8000, 8), Chunk("data", [])), "encoding 0x0007, expected 0x0001 (PCM) or 0x0003 (floating point)" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void The_message_names_file_place_and_problem(string what, byte[] file, string message)
    {
        var error = Assert.Throws<UnreadableFileException>(() => Read(file));
        Assert.StartsWith("test.wav: ", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    [Fact]
    public void Sound_in_memory_is_checked()
    {
        Assert.Throws<ArgumentException>(() => new AudioBuffer(Array.Empty<float[]>(), 16000));
        Assert.Throws<ArgumentException>(() => new AudioBuffer([[1, 2], [1]], 16000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AudioBuffer([1f], 0));
    }

    internal static float[] Sine(double frequency, int rate, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (float)(0.5 * Math.Sin(Math.Tau * frequency * i / rate)))];

    private static AudioBuffer Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return WavFile.Read(stream, "test.wav");
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    /// <summary>Gives a few bytes at a time and cannot seek.</summary>
    private sealed class Pipe(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 3));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 3)]);
    }
}
