using Duomano.Core.Music;

namespace Duomano.Core.Tests.Music;

public class PedalTimesTests
{
    private static readonly PedalTimes Pedal = new([new(1, 127), new(2, 40), new(3, 90), new(4, 0)]);

    [Theory]
    [InlineData(0.5, 0, false)]
    [InlineData(1, 127, true)]
    [InlineData(2.5, 40, false)]
    [InlineData(3.5, 90, true)]
    [InlineData(double.PositiveInfinity, 0, false)]
    public void ThePedal_IsWhereItWasMovedLast(double time, int value, bool isDown)
    {
        Assert.Equal(value, Pedal.ValueAt(time));
        Assert.Equal(isDown, Pedal.IsDown(time));
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(1.5, 2)]
    [InlineData(3, 4)]
    public void ItIsUp_AsSoonAsItIsLiftedMoreThanHalfWay(double from, double lifted) => Assert.Equal(lifted, Pedal.LiftedFrom(from));
}
