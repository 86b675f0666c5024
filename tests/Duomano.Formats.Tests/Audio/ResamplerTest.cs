using Duomano.Formats.Audio;

namespace Duomano.Formats.Tests.Audio;

public class ResamplerTest
{
    [Theory]
    [InlineData(44100, 16000)]
    [InlineData(48000, 16000)]
    [InlineData(22050, 16000)]
    [InlineData(8000, 16000)]
    [InlineData(96000, 16000)]
    [InlineData(44099, 16000)] // coprime: phases are interpolated
    [InlineData(16000, 44100)]
    [InlineData(192000, 11025)]
    public void Tones_of_the_common_band_pass_without_delay(int from, int to)
    {
        var length = from / 4;
        foreach (var part in (double[])[0.01, 0.3, 0.9])
        {
            var frequency = part * Math.Min(from, to) / 2;
            var result = Resampler.Resample(WavFileTest.Sine(frequency, from, length), from, to);
            Assert.Equal((int)Math.Ceiling(length * (double)to / from), result.Length);

            // The ends meet silence that a tone does not expect.
            var edge = 80 * to / Math.Min(from, to);
            for (var i = edge; i < result.Length - edge; i++) Assert.Equal(0.5 * Math.Sin(Math.Tau * frequency * i / to), result[i], 5e-5);
        }
    }

    [Theory]
    [InlineData(44100, 16000)]
    [InlineData(48000, 16000)]
    [InlineData(44099, 16000)]
    [InlineData(48000, 44100)]
    public void Tones_above_the_band_are_80_dB_down(int from, int to)
    {
        foreach (var part in (double[])[0.01, 0.3, 0.9])
        {
            var frequency = to / 2.0 + part * (from - to) / 2;
            var result = Resampler.Resample(WavFileTest.Sine(frequency, from, from / 4), from, to);
            var inside = result[(80 * to / Math.Min(from, to))..^(80 * to / Math.Min(from, to))];
            Assert.InRange(inside.Max(Math.Abs), 0, 0.5 * 1e-4);
        }
    }

    [Fact]
    public void A_constant_stays_one()
    {
        var result = Resampler.Resample(Enumerable.Repeat(0.7f, 20000).ToArray(), 44100, 16000);
        Assert.All(result[100..^100], value => Assert.Equal(0.7f, value, 1e-4f));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(5000)]
    public void Piece_by_piece_gives_the_same_as_all_at_once(int piece)
    {
        var input = WavFileTest.Sine(333, 44100, 6000);
        var resampler = new Resampler(44100, 16000);
        var output = new List<float>();
        for (var start = 0; start < input.Length; start += piece) resampler.Push(input.AsSpan(start, Math.Min(piece, input.Length - start)), output);
        resampler.Finish(output);
        Assert.Equal(Resampler.Resample(input, 44100, 16000), output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Short_sound_stays_short(int length) =>
        Assert.Equal((length * 160 + 440) / 441, Resampler.Resample(new float[length], 44100, 16000).Length);

    [Theory]
    [InlineData(0, 16000)]
    [InlineData(16000, -5)]
    [InlineData(16000, 1_000_000)]
    public void Impossible_rates_are_refused(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(from, to));
}
