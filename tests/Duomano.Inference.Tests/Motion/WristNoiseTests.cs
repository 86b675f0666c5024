using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Motion;

namespace Duomano.Inference.Tests.Motion;

public class WristNoiseTests
{
    private const int Frames = 3000, Windows = 2, Channels = HandJoint.PoseLength + 3;

    [Theory]
    [InlineData(0f)]
    [InlineData(0.6f)]
    [InlineData(1f)]
    public void Wrists_GoAsFarTogetherAsAsked_AndStayAsLoud(float correlation)
    {
        var (left, own) = (Draw(1), Draw(2));
        var right = own.ToArray();
        WristNoise.Share(left, right, Channels, Frames, correlation);
        for (var window = 0; window < Windows; window++)
        {
            var start = window * Channels * Frames;
            var joints = HandJoint.PoseLength * Frames;
            Assert.Equal(own[start..(start + joints)], right[start..(start + joints)]);
            for (var axis = 0; axis < 3; axis++)
            {
                var at = start + joints + axis * Frames;
                double Mean(Func<int, double> of) => Enumerable.Range(at, Frames).Average(of);
                // The left hand is drawn mirrored: to the treble together is one to the outside, the other to the inside.
                Assert.Equal(axis == 0 ? -correlation : correlation, Mean(i => left[i] * right[i]), 0.1);
                Assert.Equal(1, Mean(i => right[i] * right[i]), 0.1);
            }
        }
    }

    [Fact]
    public void OtherArrays_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => WristNoise.Share(new float[48 * 10], new float[48 * 10], 48, 10, 1));
        Assert.Throws<ArgumentException>(() => WristNoise.Share(new float[51 * 10], new float[51 * 9], 51, 10, 1));
    }

    private static float[] Draw(int seed)
    {
        var values = new float[Windows * Channels * Frames];
        new SeededRandom(seed).FillGaussian(values);
        return values;
    }
}
