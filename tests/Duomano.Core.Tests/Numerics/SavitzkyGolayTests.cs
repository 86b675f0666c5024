using CsCheck;
using Duomano.Core.Numerics;
using Duomano.Tests;

namespace Duomano.Core.Tests;

public class SavitzkyGolayTests
{
    [Fact]
    [Trait("Category", "Reference")]
    public void WindowFiveOrderTwo_IsTheReference()
    {
        var input = Golden.Array("smoothing/input.npy");
        var smoothed = new SavitzkyGolay(5, 2).Smooth(input.Values, input.Shape[1]);
        Golden.AssertClose("smoothing/savgol_w5_p2.npy", smoothed, input.Shape);
    }

    [Fact]
    public void Impulse_ShowsTheKnownWeights()
    {
        var smoothed = new SavitzkyGolay(5, 2).Smooth([0, 0, 0, 0, 35, 0, 0, 0, 0], 1);
        float[] expected = [0, 0, -3, 12, 17, 12, -3, 0, 0];
        // The first and last two values come from the parabola through five frames: its weights for the fifth.
        expected[0] = 3;
        expected[1] = -5;
        expected[7] = -5;
        expected[8] = 3;
        for (var i = 0; i < 9; i++) Assert.Equal(expected[i], smoothed[i], 1e-4f);
    }

    [Fact]
    public void Polynomials_AreKept()
    {
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 20], Gen.Double[-1, 1].Array[6]).Sample((half, order, extra, coefficients) =>
        {
            var window = 2 * half + 1;
            var degree = Math.Min(order, window - 1);
            var frames = window + extra;
            var values = new float[frames * 2];
            for (var frame = 0; frame < frames; frame++)
            {
                var time = (double)frame / frames;
                for (var power = 0; power <= degree; power++) values[2 * frame] += (float)(coefficients[power] * Math.Pow(time, power));
                values[2 * frame + 1] = -values[2 * frame];
            }

            var smoothed = new SavitzkyGolay(window, degree).Smooth(values, 2);
            for (var i = 0; i < values.Length; i++) Assert.Equal(values[i], smoothed[i], 1e-4f);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void FewerFramesThanAWindow_AreSmoothedAsFarAsTheyReach(int frames)
    {
        var values = Enumerable.Range(0, frames).Select(frame => 2f * frame).ToArray();
        var smoothed = new SavitzkyGolay(5, 2).Smooth(values, 1);
        Assert.Equal(frames, smoothed.Length);
        for (var i = 0; i < frames; i++) Assert.Equal(values[i], smoothed[i], 1e-4f);
    }

    [Fact]
    public void WrongSizes_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SavitzkyGolay(4, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SavitzkyGolay(5, 5));
        Assert.Throws<ArgumentException>(() => new SavitzkyGolay().Smooth(new float[5], 2));
    }
}
