using Duomano.Training.Running;

namespace Duomano.Training.Tests.Running;

public class LearningRateScheduleTests
{
    private static readonly TrainingOptions Options = new() { Steps = 101, LearningRate = 0.2, WarmUpSteps = 10, FinalLearningRateShare = 0.1 };

    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(4, 0.1)]
    [InlineData(9, 0.2)]
    [InlineData(10, 0.2)]
    [InlineData(55, 0.11)] // half way: the mean of peak and end
    [InlineData(100, 0.02)]
    public void Rises_ThenFallsAlongACosine(int step, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.At(Options, step), 12);

    [Fact]
    public void NeverRises_AfterWarmUp()
    {
        for (var step = 11; step <= 100; step++) Assert.True(LearningRateSchedule.At(Options, step) < LearningRateSchedule.At(Options, step - 1));
    }

    [Fact]
    public void WarmUpLongerThanTheRun_StaysFinite() =>
        Assert.Equal(0.01, LearningRateSchedule.At(Options with { Steps = 5, WarmUpSteps = 100 }, 4), 12);
}
