using System.Buffers.Binary;
using Duomano.Formats.Audio;
using Duomano.Fuzz;

namespace Duomano.Formats.Tests.Audio;

/// <summary>Ogg Vorbis, whole and with damage that the decoder alone would hang or ask for gigabytes at.</summary>
public class VorbisSoundTest
{
    // A sine of 0.15 s at 44.1 kHz.
    private static readonly byte[] Sine = Seeds.Ogg[0];

    [Fact]
    public void A_sine_is_heard_to_its_end()
    {
        var samples = Read(Sine)!;
        Assert.Equal(6615, samples.Length);
        var middle = samples.AsSpan(1000, 4410).ToArray();
        Assert.Equal(88, middle.Zip(middle.Skip(1)).Count(pair => pair.First < 0 != pair.Second < 0), 2.0);
    }

    [Fact]
    public void A_number_of_comments_beyond_the_packet_is_refused()
    {
        // Behind "\x03vorbis", the maker's name and its length.
        var at = Sine.AsSpan().IndexOf("\u0003vorbis"u8) + 7;
        at += 4 + (int)BinaryPrimitives.ReadUInt32LittleEndian(Sine.AsSpan(at));
        Assert.Null(Read(Changed(at, 0xFF, 0xFF, 0xFF, 0x3F)));
    }

    [Theory]
    [InlineData(3, 0)] // dimensions
    [InlineData(7, 0xFF)] // entries
    public void A_codebook_that_no_encoder_makes_is_refused(int byteOfBook, byte value)
    {
        var book = Sine.AsSpan().IndexOf("BCV"u8);
        Assert.Null(Read(byteOfBook == 3 ? Changed(book + 3, value, value) : Changed(book + byteOfBook, value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public void An_end_before_the_end_or_far_behind_it_is_not_believed(long end)
    {
        var page = Sine.AsSpan().LastIndexOf("OggS"u8);
        var position = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(position, end);
        Assert.InRange(Read(Changed(page + 6, position))!.Length, 6000, 8700);
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_heard_up_to_there_or_refused()
    {
        // Also inside of a packet that would go on in the next page.
        for (var length = 0; length < Sine.Length; length += 7) Assert.InRange(Read(Sine[..length])?.Length ?? 0, 0, 6615);
        var page = Sine.AsSpan().LastIndexOf("OggS"u8);
        var longer = (byte[])Sine.Clone();
        longer[page + 27 + longer[page + 26] - 1] = 255;
        Assert.InRange(Read(OggChecksums.Mend([.. longer, .. new byte[255]]))?.Length ?? 0, 0, 8700);
    }

    private static byte[] Changed(int at, params byte[] bytes)
    {
        var file = (byte[])Sine.Clone();
        bytes.CopyTo(file, at);
        return OggChecksums.Mend(file);
    }

    private static float[]? Read(byte[] file)
    {
        using var reader = VorbisSound.Open(new MemoryStream(file), "test.ogg");
        if (reader is null) return null;
        var samples = new List<float>();
        var block = new float[1000];
        while (reader.Read(block) is > 0 and var frames) samples.AddRange(block.AsSpan(0, frames));
        return [.. samples];
    }
}
