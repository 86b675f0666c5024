using Duomano.Training.Running;
using TorchSharp;

namespace Duomano.Training.Tests.Running;

public class ExponentialMovingAverageTests
{
    [Fact]
    public void Follows_TheFormula()
    {
        using var value = torch.tensor(new[] { 1f, -2f });
        using var average = new ExponentialMovingAverage([new("w", value)], 0.3);
        double[] expected = [1, -2];
        for (var n = 0; n < 20; n++)
        {
            using (torch.no_grad()) value.add_(0.5);
            average.Update();
            var decay = Math.Min(0.3, (1.0 + n) / (10 + n));
            for (var i = 0; i < 2; i++) expected[i] = decay * expected[i] + (1 - decay) * ((i == 0 ? 1 : -2) + 0.5 * (n + 1));
        }

        var saved = average.Save()["w"].Values;
        Assert.Equal(expected[0], saved[0], 1e-5);
        Assert.Equal(expected[1], saved[1], 1e-5);
        Assert.Equal(20, average.Count);
    }

    [Fact]
    public void InPlace_PutsTheAverageIn_AndTheExactValuesBack()
    {
        using var value = torch.tensor(new[] { 0.1f, 0.2f });
        using var average = new ExponentialMovingAverage([new("w", value)], 0.5);
        using (torch.no_grad()) value.fill_(0.7f);
        using (average.InPlace()) Assert.Equal([0.1f, 0.2f], value.data<float>().ToArray());
        Assert.Equal([0.7f, 0.7f], value.data<float>().ToArray());
    }

    [Fact]
    public void Restored_GoesOnAsBefore()
    {
        using var value = torch.tensor(new[] { 1f });
        using var first = new ExponentialMovingAverage([new("w", value)], 0.9);
        Step(first, value);
        Step(first, value);
        using var second = new ExponentialMovingAverage([new("w", value)], 0.9);
        second.Restore(first.Save(), first.Count);
        using (torch.no_grad()) value.add_(1);
        first.Update();
        second.Update();
        Assert.Equal(first.Save()["w"].Values, second.Save()["w"].Values);

        static void Step(ExponentialMovingAverage average, torch.Tensor value)
        {
            using (torch.no_grad()) value.add_(1);
            average.Update();
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void ImpossibleDecay_IsRefused(double decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialMovingAverage([], decay));
}
