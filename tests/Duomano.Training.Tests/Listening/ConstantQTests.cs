using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;
using Duomano.Training.Listening;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Listening;

public class ConstantQTests
{
    private const int Frames = 3;
    private static readonly ListeningConfig Config = new();

    [Theory]
    [InlineData(21)]
    [InlineData(33)]
    [InlineData(60)]
    [InlineData(69)]
    [InlineData(108)]
    public void Sine_PeaksAtItsKey_WithItsAmplitude(int midi)
    {
        var key = new PianoKey(midi);
        var levels = Levels(Sine(440 * Math.Pow(2, (midi - 69) / 12.0), 0.1));
        var middle = levels.AsSpan(2 * Config.Bins, Config.Bins);
        var peak = middle.IndexOf(Max(middle));
        Assert.Equal(Config.BinOf(key), peak);
        Assert.Equal(0.1, ConstantQ.Amplitude(middle[peak]), 0.003);
        Assert.Equal(ConstantQ.Level(0.1), middle[peak], 0.01f);
    }

    [Fact]
    public void Silence_IsZero() => Assert.All(Levels(new float[ConstantQ.SamplesFor(Config, Frames)]), level => Assert.Equal(0, level));

    [Fact]
    public void Frames_AreCentredOnTheirMoment()
    {
        // A click in the middle of frame 1: what frames 0 and 2 see of it is the same.
        var samples = new float[ConstantQ.SamplesFor(Config, Frames)];
        samples[(Config.ContextHops + 1) * Config.HopSamples] = 1;
        var levels = Levels(samples);
        for (var bin = 0; bin < 2 * Config.Bins; bin++)
        {
            Assert.Equal(levels[bin], levels[4 * Config.Bins + bin], 1e-4f);
            Assert.True(levels[2 * Config.Bins + bin] >= levels[bin]);
        }
    }

    [Fact]
    public void SemitonesApart_AreToldApart()
    {
        var low = Sine(440, 0.1);
        var high = Sine(440 * Math.Pow(2, 2 / 12.0), 0.1);
        var levels = Levels([.. low.Zip(high, (a, b) => a + b)]);
        var between = Config.BinOf(new PianoKey(70));
        Assert.True(levels[2 * Config.Bins + between] < levels[2 * Config.Bins + between - 3] - 0.1f);
        Assert.True(levels[2 * Config.Bins + between] < levels[2 * Config.Bins + between + 3] - 0.1f);
    }

    [Fact]
    public void RecordingsLevels_AreTheFrontEndsOwn_WithSilenceAround()
    {
        var samples = Sine(330, 0.3)[..4000];
        var recording = new ListeningRecording("sine", samples, Config.SampleRate, new Score([]));
        Assert.Equal(4000 / 320 + 1, recording.Frames(Config));
        var frames = recording.Frames(Config) + 2;
        var padded = new float[ConstantQ.SamplesFor(Config, frames)];
        samples.CopyTo(padded, Config.ContextHops * Config.HopSamples);
        var expected = Levels(padded);
        var levels = recording.Levels(Config, frames);
        for (var i = 0; i < levels.Length; i++) Assert.Equal(expected[i], levels[i], 5e-2f); // 16 bit are less than the floor
    }

    [Fact]
    public void ShortWindows_TellTimeBetter_AndPitchWorse()
    {
        // A click two hops away is outside the short windows of all but the bass.
        var samples = new float[ConstantQ.SamplesFor(Config, Frames)];
        samples[(Config.ContextHops + 1) * Config.HopSamples + 500] = 1;
        var levels = Levels(samples).AsSpan(2 * Config.Bins, 2 * Config.Bins);
        var bin = Config.BinOf(new PianoKey(69));
        Assert.True(levels[bin] > 0.1f);
        Assert.Equal(0, levels[Config.Bins + bin], 1e-4f);
    }

    [Fact]
    public void SamplesThatAreNoWholeHops_AreRefused() => Assert.Throws<ArgumentException>(() => Levels(new float[10001]));

    private static float[] Sine(double frequency, double amplitude) =>
        [.. Enumerable.Range(0, ConstantQ.SamplesFor(Config, Frames)).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / Config.SampleRate + 0.3)))];

    private static float[] Levels(float[] samples)
    {
        using var scope = torch.NewDisposeScope();
        using var parameters = TorchParameters.Create([], 0);
        return TorchTensors.ToData(ConstantQ.Levels(new TorchOps(parameters), Config, TorchTensors.From(new TensorData(samples, 1, samples.Length)))).Values;
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        var largest = values[0];
        foreach (var value in values) largest = Math.Max(largest, value);
        return largest;
    }
}
