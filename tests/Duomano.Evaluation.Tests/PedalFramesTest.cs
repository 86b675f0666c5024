using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class PedalFramesTest
{
    private static readonly IReadOnlyList<PedalChange> Truth = [new(1, 127), new(3, 0), new(5, 90), new(6, 20)];

    [Fact]
    public void Frames_AreThoseInWhichThePedalIsDown()
    {
        IReadOnlyList<PedalChange> found = [new(1.5, 127), new(2.5, 0), new(5, 127), new(7, 0)];

        var score = PedalFrames.Measure(Truth, found, 8, 0.1);

        Assert.Equal(new DetectionScore(30, 30, 20), score);
    }

    [Fact]
    public void FramesAfterTheEnd_DoNotCount()
    {
        Assert.Equal(new DetectionScore(10, 0, 0), PedalFrames.Measure(Truth, [], 2, 0.1));
        Assert.Equal(new DetectionScore(25, 25, 25), PedalFrames.Measure(Truth, Truth, 5.5, 0.1));
    }

    [Fact]
    public void APedalLeftDown_StaysDown()
    {
        Assert.Equal(new DetectionScore(0, 20, 0), PedalFrames.Measure([], [new(1, 127)], 3, 0.1));
    }

    [Theory]
    [InlineData(double.NaN, 0.1)]
    [InlineData(-1, 0.1)]
    [InlineData(1, 0)]
    public void ImpossibleLengths_AreRefused(double end, double frame) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PedalFrames.Measure(Truth, Truth, end, frame));
}
