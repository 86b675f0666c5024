using Duomano.Core.Numerics;
using Duomano.Corpus.Sound;

namespace Duomano.Tests.Corpus.Sound;

public sealed class SoundAugmentationTests
{
    private const int SampleRate = 16000;

    [Fact]
    public void ThePeakIsWhereItWasAskedFor()
    {
        var samples = Sine(440);
        new SoundAugmentation { PeakDb = -6 }.Apply(samples, SampleRate, new SeededRandom(1));
        Assert.Equal(Math.Pow(10, -6 / 20.0), samples.Max(Math.Abs), 3);
    }

    [Fact]
    public void ATiltWeighsTrebleAgainstBassByItsDecibels()
    {
        var low = Sine(60);
        var high = Sine(7000);
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
            var samples = Sine(300);
            SoundAugmentation.Draw(random).Apply(samples, SampleRate, random);
            Assert.All(samples, sample => Assert.InRange(sample, -1, 1));
        }
    }

    private static float[] Sine(double frequency) =>
        [.. Enumerable.Range(0, SampleRate).Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * frequency * i / SampleRate)))];

    private static double Correlation(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum() / b.Sum(y => (double)y * y);
}
