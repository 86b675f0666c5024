using Duomano.Training.Running;

namespace Duomano.Training.Tests.Running;

public class BatchPrefetcherTests
{
    [Fact]
    public void Gives_TheStepsInOrder()
    {
        using var batches = new BatchPrefetcher<int>(step => step * step, 3, 50, 4);
        for (var step = 3; step < 50; step++) Assert.Equal(step * step, batches.Next());
    }

    [Fact]
    public void WhatTheMakerThrew_IsThrownWhereItsBatchIsMissed()
    {
        using var batches = new BatchPrefetcher<int>(step => step < 2 ? step : throw new InvalidDataException("bad"), 0, 10, 1);
        Assert.Equal(0, batches.Next());
        Assert.Equal(1, batches.Next());
        Assert.Equal("bad", Assert.Throws<InvalidDataException>(() => batches.Next()).Message);
    }

    [Fact]
    public void Disposed_EarlyEnds()
    {
        var made = 0;
        using (var batches = new BatchPrefetcher<int>(_ => Interlocked.Increment(ref made), 0, int.MaxValue, 2)) batches.Next();
        Assert.InRange(made, 1, 5);
    }
}
