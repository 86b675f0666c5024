using Duomano.Formats.Audio;
using Duomano.Tests;
using static Duomano.Formats.Tests.Audio.WavBytes;

namespace Duomano.Formats.Tests.Audio;

/// <summary>WAV files with damage that takes no guess, and recordings at odd levels: what is heard, and the line that says what was wrong.</summary>
public sealed class WavDamageTest : IDisposable
{
    private const int Rate = 16_000;

    private static readonly byte[] Mono16 = Format(1, 1, Rate, 16);
    private static readonly float[] Sine = WavFileTest.Sine(440, Rate, 4000);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0xFFFF_FFFFu)]
    public void An_unknown_size_is_no_fault(uint size)
    {
        var (samples, warnings) = Hear(File("RIFF", size, Mono16, Chunk("data", Pcm(Sine), size)));
        Assert.Equal(Sine.Length, samples.Length);
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_size_of_0_is_unknown_also_where_the_first_samples_spell_a_chunk()
    {
        byte[] sound = [.. "LIST"u8, 0xFF, 0xFF, 0, 0, .. Pcm(Sine)];
        Assert.Equal(Sine.Length + 4, Hear(File("RIFF", 0, Mono16, Chunk("data", sound, 0))).Samples.Length);
    }

    [Fact]
    public void A_recording_that_was_cut_off_is_heard_up_to_there()
    {
        var whole = File(Mono16, Chunk("data", Pcm(Sine)));
        var (samples, warnings) = Hear(whole[..^2001]);
        Assert.Equal(Sine.Length - 1001, samples.Length);
        Assert.Equal(["sound of 8000 bytes is announced (byte 36), and the file breaks off after 5999"], warnings);
    }

    [Fact]
    public void Frames_of_0_bytes_are_as_long_as_their_samples()
    {
        var (samples, warnings) = Hear(File(Format(1, 1, Rate, 16, blockAlign: 0), Chunk("data", Pcm(Sine))));
        Assert.Equal(Sine.Length, samples.Length);
        Assert.Equal(["frames of 0 bytes (byte 12) are read as 2"], warnings);
    }

    [Fact]
    public void A_missing_byte_of_padding_is_no_fault()
    {
        byte[] odd = [.. "LIST"u8, .. UInt32(3), 1, 2, 3];
        Assert.Equal(Sine.Length, Hear(File(odd, Mono16, odd, Chunk("data", Pcm(Sine)))).Samples.Length);
    }

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public void Lengths_of_64_bits_are_read(string magic)
    {
        byte[] lengths = [.. UInt32(0), .. UInt32(0), .. UInt32((uint)Sine.Length * 2), .. UInt32(0), .. UInt32((uint)Sine.Length), .. UInt32(0), .. UInt32(0)];
        var file = File(magic, 0xFFFFFFFF, Chunk("ds64", lengths), Mono16, Chunk("data", Pcm(Sine), 0xFFFFFFFF), Chunk("LIST", new byte[100]));
        Assert.Equal(Sine.Length, Hear(file).Samples.Length);
    }

    [Fact]
    public void Stereo_in_antiphase_is_heard_like_its_left_channel()
    {
        var mono = Heard([Sine]);
        var antiphase = Heard([Sine, [.. Sine.Select(sample => -sample)]]);
        Assert.All(mono.Zip(antiphase), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Stereo_in_phase_is_heard_like_its_left_channel_too() => Assert.Equal(Heard([Sine]), Heard([Sine, Sine]));

    [Theory]
    [InlineData(40f)] // ±20
    [InlineData(1000f)]
    [InlineData(0.00632f)] // −50 dB of full scale
    public void Levels_far_from_the_usual_are_brought_near_it(float gain)
    {
        var heard = Heard([[.. Sine.Select(sample => sample * gain)]]);
        Assert.InRange(heard.Max(), 0.2, 0.6);
        var scale = heard.Max() / Sine.Max();
        Assert.All(Sine.Zip(heard), pair => Assert.Equal(pair.First * scale, pair.Second, 1e-4f));
    }

    [Fact]
    public void Usual_levels_stay() => Assert.Equal(Sine, Heard([Sine]));

    [Fact]
    public void Samples_that_are_no_numbers_are_silence()
    {
        float[] odd = [.. Sine];
        (odd[10], odd[20]) = (float.NaN, float.PositiveInfinity);
        var (samples, warnings) = Hear(Written([odd]));
        Assert.Equal((0f, 0f, Sine[11]), (samples[10], samples[20], samples[11]));
        Assert.Equal("the first sample that is no finite number is in frame 10; 2 samples are no finite numbers and are read as silence", Assert.Single(warnings));
    }

    private float[] Heard(float[][] channels) => Hear(Written(channels)).Samples;

    private (float[] Samples, List<string> Warnings) Hear(byte[] file)
    {
        var (samples, warnings) = (new List<float>(), new List<string>());
        AudioFile.StreamMono16k(_folder.WithFile("sound.wav", file), piece => samples.AddRange(piece), warnings.Add);
        return ([.. samples], warnings);
    }

    private static byte[] Written(float[][] channels)
    {
        using var stream = new MemoryStream();
        WavFile.Write(stream, new AudioBuffer(channels, Rate), WavEncoding.Float32);
        return stream.ToArray();
    }

    private static byte[] Pcm(float[] samples) => [.. samples.SelectMany(sample => BitConverter.GetBytes((short)(sample * 32767)))];
}
