using Duomano.Core.Numerics;
using Duomano.Corpus.Sound;

namespace Duomano.Tests.Corpus.Sound;

public sealed class SoundAugmentationTests
{
    private const int SampleRate = 16000;

    [Fact]
    public void ThePeakIsWhereItWasAskedFor()
    {
        var samples = Spectrum.Sine(440);
        new SoundAugmentation { PeakDb = -6 }.Apply(samples, SampleRate, new SeededRandom(1));
        Assert.Equal(Math.Pow(10, -6 / 20.0), samples.Max(Math.Abs), 3);
    }

    [Fact]
    public void ATiltWeighsTrebleAgainstBassByItsDecibels()
    {
        var low = Spectrum.Sine(60);
        var high = Spectrum.Sine(7000);
        var both = low.Zip(high, (a, b) => (a + b) / 2).ToArray();
        new SoundAugmentation { TiltDb = 6 }.Apply(both, SampleRate, new SeededRandom(1));
        var ratio = 20 * Math.Log10(Correlation(both, high) / Correlation(both, low));
        Assert.InRange(ratio, 4.5, 6.5);
    }

    [Fact]
    public void NoiseHasItsLevelAndComesFromTheSeed()
    {
        var once = new float[SampleRate];
        var again = new float[SampleRate];
        var noisy = new SoundAugmentation { NoiseDb = -50 };
        noisy.Apply(once, SampleRate, new SeededRandom(3));
        noisy.Apply(again, SampleRate, new SeededRandom(3));
        Assert.Equal(once, again);
        Assert.Equal(-50, 20 * Math.Log10(Math.Sqrt(once.Average(s => (double)s * s))), 0);
    }

    [Fact]
    public void DrawsStayWithinFullScale()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new SeededRandom(seed);
            var samples = Spectrum.Sine(300);
            SoundAugmentation.Draw(random).Apply(samples, SampleRate, random);
            Assert.All(samples, sample => Assert.InRange(sample, -1, 1));
        }
    }

    [Fact]
    public void AnEqualizerRaisesItsBand()
    {
        Assert.Equal(6, Changed(new() { Equalizer = [new(1000, 6, 2)] }, 1000, against: 60), 0.1);
        Assert.Equal(-6, Changed(new() { Equalizer = [new(1000, -3, 2), new(1000, -3, 3)] }, 1000, against: 60), 0.1);
        Assert.Equal(0, Changed(new() { Equalizer = [new(1000, 6, 2)] }, 7500, against: 60), 0.1);
        Assert.Equal(0, Changed(new() { Equalizer = [new(7900, 6, 2)] }, 7500, against: 60), 1e-6); // too near to half the rate
    }

    [Fact]
    public void CutsAreThreeDecibelsAtTheirFrequencyAndTwelveAnOctave()
    {
        Assert.Equal(-3, Changed(new() { LowCutHz = 200 }, 200, against: 3000), 0.1);
        Assert.Equal(-24, Changed(new() { LowCutHz = 200 }, 50, against: 3000), 0.5);
        Assert.Equal(-3, Changed(new() { HighCutHz = 1500 }, 1500, against: 100), 0.1);
        Assert.InRange(Changed(new() { HighCutHz = 1500 }, 6000, against: 100), -40, -24);
    }

    [Fact]
    public void CompressionBringsLoudAndSoftNearer()
    {
        // Half a second loud, half a second 12 dB softer and below the threshold.
        float[] samples = [.. Spectrum.Sine(440, 0.5, 0.8), .. Spectrum.Sine(440, 0.5, 0.8 / 5)];
        double Difference(double ratio)
        {
            var copy = samples.ToArray();
            new SoundAugmentation { CompressionRatio = ratio }.Apply(copy, SampleRate, new SeededRandom(1));
            return Spectrum.Decibels(Spectrum.Energy(copy, 0.2, 0.45), Spectrum.Energy(copy, 0.7, 0.95));
        }

        Assert.Equal(14, Difference(1), 0.1);
        Assert.InRange(Difference(2), 8, 12);
        Assert.InRange(Difference(20), 0, Difference(2) - 2);
    }

    [Fact]
    public void ClippingCutsThePeaks()
    {
        var samples = Spectrum.Sine(440);
        new SoundAugmentation { ClippingDb = 6, PeakDb = -2 }.Apply(samples, SampleRate, new SeededRandom(1));
        var peak = samples.Max(MathF.Abs);
        Assert.Equal(Math.Pow(10, -2 / 20.0), peak, 3);
        // A sine is above half its height for two thirds of the time.
        Assert.InRange(samples.Count(sample => MathF.Abs(sample) > 0.999 * peak) / (double)samples.Length, 0.65, 0.68);
    }

    [Theory]
    [InlineData(NoiseColour.White, 0)]
    [InlineData(NoiseColour.Pink, -3)]
    [InlineData(NoiseColour.Brown, -6)]
    public void ColoursFallByTheirDecibelsAnOctave(NoiseColour colour, double octave)
    {
        var samples = new float[4 * SampleRate];
        new SoundAugmentation { NoiseDb = -40, NoiseColour = colour }.Apply(samples, SampleRate, new SeededRandom(2));
        Assert.Equal(-40, 10 * Math.Log10(samples.Average(s => (double)s * s)), 1.0);
        double Around(double frequency) => Enumerable.Range(-40, 81).Average(step => Spectrum.Power(samples, frequency * (1 + step / 400.0)));
        Assert.Equal(3 * octave, Spectrum.Decibels(Around(1600), Around(200)), 1.5);
    }

    [Fact]
    public void HumIsAtTheMainsFrequency()
    {
        var samples = new float[SampleRate];
        new SoundAugmentation { HumDb = -40, HumHz = 60 }.Apply(samples, SampleRate, new SeededRandom(1));
        Assert.Equal(-40, 10 * Math.Log10(samples.Average(s => (double)s * s)), 0.1);
        Assert.Equal(60, Spectrum.StrongestNear(samples, 60.3), 0.5);
    }

    [Fact]
    public void DrawsDifferAndComeFromTheSeed()
    {
        static string Text(SoundAugmentation how) => System.Text.Json.JsonSerializer.Serialize(how);
        var drawn = Enumerable.Range(0, 200).Select(seed => SoundAugmentation.Draw(new SeededRandom(seed))).ToArray();
        Assert.Equal(drawn.Select(Text), Enumerable.Range(0, 200).Select(seed => Text(SoundAugmentation.Draw(new SeededRandom(seed)))));
        Assert.Equal(200, drawn.Select(Text).Distinct().Count());
        // Each treatment is there, and there is sound without it.
        foreach (var has in (Func<SoundAugmentation, bool>[])[how => how.Equalizer.Count > 0, how => how.LowCutHz > 0, how => how.HighCutHz > 0, how => how.CompressionRatio > 1, how => how.ClippingDb > 0, how => how.NoiseDb is not null, how => how.HumDb is not null])
        {
            Assert.Contains(drawn, how => has(how));
            Assert.Contains(drawn, how => !has(how));
        }
    }

    // By how many decibels a treatment makes a tone louder than another one.
    private static double Changed(SoundAugmentation how, double frequency, double against)
    {
        float[] samples = [.. Spectrum.Sine(frequency).Zip(Spectrum.Sine(against), (a, b) => a + b)];
        how.Apply(samples, SampleRate, new SeededRandom(1));
        return Spectrum.Decibels(Spectrum.Power(samples, frequency), Spectrum.Power(samples, against));
    }

    private static double Correlation(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum() / b.Sum(y => (double)y * y);
}
