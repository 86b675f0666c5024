using Duomano.Formats.Audio;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Audio;

public class CompressedSoundTest
{
    private static readonly string Sample = Repository.PathOf("samples", "minuet-in-g.wav");

    [Fact]
    public void A_stretch_is_as_long_as_asked_and_decodes_to_the_same_sound()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var sound = CompressedSound.FromRecording(Sample, 3, 4);
        Assert.Equal("audio/mp4", sound.MediaType);
        Assert.InRange(sound.Data.Length, 10_000, 80_000);
        var decoded = AudioFile.ReadMono16k(folder.WithFile("x.m4a", sound.Data.ToArray()));
        var original = AudioFile.ReadMono16k(Sample).AsSpan(3 * 16_000, 4 * 16_000).ToArray();
        Assert.InRange(decoded.Length, original.Length - 1100, original.Length + 1100);

        // In step to the sample: no other shift fits better.
        double Fit(int shift) => Enumerable.Range(4000, 40_000).Sum(i => (double)original[i] * decoded[i + shift]);
        Assert.Equal(0, Enumerable.Range(-400, 801).MaxBy(Fit));
    }

    [Fact]
    public void Without_ffmpeg_a_WAV_file_is_cut()
    {
        using var folder = new TemporaryFolder();
        var sound = CompressedSound.FromRecording(Sample, 3, 4, searchPath: "");
        Assert.Equal("audio/wav", sound.MediaType);
        var cut = WavFile.Read(folder.WithFile("x.wav", sound.Data.ToArray()));
        Assert.Equal(AudioFile.ReadMono16k(Sample).AsSpan(3 * 16_000, 4 * 16_000).ToArray(), cut.Channels[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Silence_fills_up_what_a_short_recording_lacks(bool compressed)
    {
        Assert.SkipUnless(Capabilities.Ffmpeg || !compressed, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var original = AudioFile.ReadMono16k(Sample);
        var start = original.Length / 16_000 - 2;
        var sound = compressed ? CompressedSound.FromRecording(Sample, start, 6) : CompressedSound.FromRecording(Sample, start, 6, searchPath: "");
        var decoded = AudioFile.ReadMono16k(folder.WithFile(compressed ? "x.m4a" : "x.wav", sound.Data.ToArray()));
        Assert.InRange(decoded.Length, 6 * 16_000 - 1100, 6 * 16_000 + 1100);
        Assert.Contains(decoded[..16_000], sample => Math.Abs(sample) > 1e-3);
        Assert.All(decoded[(4 * 16_000)..], sample => Assert.InRange(sample, -1e-3f, 1e-3f));
    }
}
