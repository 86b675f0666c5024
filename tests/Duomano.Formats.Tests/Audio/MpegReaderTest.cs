using Duomano.Formats.Audio;
using Duomano.Fuzz;

namespace Duomano.Formats.Tests.Audio;

public class MpegReaderTest
{
    // A sine of 0.15 s at 16 kHz.
    private static readonly byte[] Sine = Seeds.Mpeg[1];

    [Theory]
    [InlineData("a large tag")]
    [InlineData("two tags")]
    [InlineData("an APE tag")]
    [InlineData("a tag with a footer")]
    [InlineData("a tag longer than the file")]
    public void Tags_before_the_sound_change_nothing(string kind)
    {
        byte[] picture = [.. "ID3"u8, 4, 0, 0, 0, 6, 0, 0, .. Enumerable.Repeat((byte)0xFF, 6 << 14)];
        byte[] before = kind switch
        {
            "a large tag" => picture,
            "two tags" => [.. picture, .. "ID3"u8, 3, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5],
            "an APE tag" => [.. "APETAGEX"u8, .. (byte[])[0xD0, 7, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xA0], .. new byte[8], 1, 2, 3, 4],
            "a tag with a footer" => [.. "ID3"u8, 4, 0, 0x10, 0, 0, 0, 3, 1, 2, 3, .. "3DI"u8, 4, 0, 0x10, 0, 0, 0, 3],
            _ => [.. "ID3"u8, 4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F],
        };
        Assert.Equal(Read(Sine), Read([.. before, .. Sine]));
    }

    [Fact]
    public void A_tag_before_another_kind_of_sound_is_for_others() =>
        Assert.Null(MpegReader.Open(new MemoryStream([.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. "fLaC"u8, .. Sine]), "test.mp3"));

    [Fact]
    public void A_tag_that_claims_gigabytes_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        MpegReader.Open(new MemoryStream([.. "ID3"u8, 4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F, .. new byte[20]]), "test.mp3")?.Dispose();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    private static float[] Read(byte[] file)
    {
        using var reader = MpegReader.Open(new MemoryStream(file), "test.mp3")!;
        var samples = new List<float>();
        var block = new float[1000];
        while (reader.Read(block) is > 0 and var frames) samples.AddRange(block.AsSpan(0, frames * reader.ChannelCount));
        return [.. samples];
    }
}
