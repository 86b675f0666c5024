using Duomano.Inference.Windows;

namespace Duomano.Inference.Tests.Windows;

/// <summary>Models that compute windows beside each other.</summary>
public class WorkersTests
{
    [Theory]
    [InlineData(64, 1, 1)]
    [InlineData(64, 3, 3)]
    [InlineData(2, 30, 2)]
    public void No_more_are_made_than_there_is_work_for(int threads, int jobs, int most)
    {
        var made = 0;
        var done = new int[jobs];
        using (var workers = new Workers<Worker>(threads, () => new(Interlocked.Increment(ref made), () => Interlocked.Decrement(ref made))))
        {
            Assert.Equal(0, made);
            workers.Run(jobs, (_, job) => Interlocked.Increment(ref done[job]), TestContext.Current.CancellationToken);
            workers.Run(jobs, (_, job) => Interlocked.Increment(ref done[job]), TestContext.Current.CancellationToken);
            Assert.InRange(made, 1, most);
            Assert.All(done, times => Assert.Equal(2, times));
        }

        Assert.Equal(0, made);
    }

    [Fact]
    public void No_window_is_begun_after_the_work_was_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var workers = new Workers<Worker>(2, () => new(0, () => { }));
        var done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => workers.Run(1000, (_, _) =>
        {
            if (Interlocked.Increment(ref done) == 3) stop.Cancel();
        }, stop.Token));
        Assert.InRange(done, 3, 4);
    }

    private sealed class Worker(int number, Action gone) : IDisposable
    {
        public int Number => number;

        public void Dispose() => gone();
    }
}
