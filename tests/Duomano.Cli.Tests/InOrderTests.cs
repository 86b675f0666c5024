namespace Duomano.Cli.Tests;

public class InOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Results_come_in_order_although_later_work_ends_first(int threads)
    {
        // With several threads the first item waits until the last but one is done.
        using var later = new ManualResetEventSlim(threads == 1);
        var results = new List<int>();
        InOrder.Run([.. Enumerable.Range(0, 20)], threads, item =>
        {
            if (item == 0) later.Wait(TestContext.Current.CancellationToken);
            if (item == 18) later.Set();
            return item * item;
        }, results.Add, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 20).Select(item => item * item), results);
    }

    [Fact]
    public void The_first_failure_ends_it_in_its_own_voice()
    {
        var error = Assert.Throws<FormatException>(() => InOrder.Run<int, int>([1, 2, 3], 2, item => item == 2 ? throw new FormatException("two") : item, _ => { }, CancellationToken.None));
        Assert.Equal("two", error.Message);
    }

    [Fact]
    public void Nothing_to_do_and_being_stopped()
    {
        InOrder.Run(Array.Empty<int>(), 2, item => item, _ => Assert.Fail("there was nothing"), CancellationToken.None);
        using var stopped = new CancellationTokenSource();
        var done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => InOrder.Run([1, 2, 3], 1, item =>
        {
            stopped.Cancel();
            return done++;
        }, _ => { }, stopped.Token));
        Assert.Equal(1, done);
    }
}
