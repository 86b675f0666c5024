using CsCheck;
using Duomano.Core.Jobs;

namespace Duomano.Core.Tests.Jobs;

public sealed class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("8/8", 8, 8)]
    [InlineData("3/100000", 3, 100000)]
    public void ANumberOfANumber(string text, int index, int count) => Assert.Equal(new Shard(index, count), Parse(text));

    [Theory]
    [InlineData("auto", "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=4", 1, 4)]
    [InlineData("auto", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=4", 4, 4)]
    [InlineData("auto", "SLURM_ARRAY_TASK_ID=20 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_STEP=5 SLURM_ARRAY_TASK_COUNT=3", 3, 3)]
    [InlineData("auto/7", "SLURM_ARRAY_TASK_ID=2", 2, 7)]
    [InlineData("auto/7", "JOB_COMPLETION_INDEX=0", 1, 7)]
    [InlineData("auto/7", "JOB_COMPLETION_INDEX=6", 7, 7)]
    public void WhatASchedulerSays(string text, string environment, int index, int count) => Assert.Equal(new Shard(index, count), Parse(text, environment));

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1/0")]
    [InlineData("-1/4")]
    [InlineData("1/2/3")]
    [InlineData("one/two")]
    [InlineData("1/100001")]
    [InlineData("auto")]
    [InlineData("auto", "JOB_COMPLETION_INDEX=2")]
    [InlineData("auto/2", "JOB_COMPLETION_INDEX=2")]
    [InlineData("auto", "SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=3")]
    [InlineData("auto", "SLURM_ARRAY_TASK_ID=many SLURM_ARRAY_TASK_COUNT=3")]
    public void AnythingElseIsRefused(string text, string environment = "") => Assert.ThrowsAny<ArgumentException>(() => Parse(text, environment));

    [Fact]
    public void EveryPieceIsDealtOnceAndTheWorkIsEven() => Gen.Select(Gen.Double[1, 900].List[0, 60], Gen.Int[1, 9]).Sample((seconds, count) =>
    {
        var dealt = Enumerable.Range(1, count).Select(index => new Shard(index, count).Deal(seconds)).ToArray();
        Assert.Equal(Enumerable.Range(0, seconds.Count), dealt.SelectMany(own => own).Order());
        Assert.All(dealt, own => Assert.Equal(own.OrderByDescending(i => seconds[i]).Select(i => seconds[i]), own.Select(i => seconds[i])));
        // By the rule of the least loaded, no two differ by more than one piece.
        var loads = dealt.Select(own => own.Sum(i => seconds[i])).ToArray();
        Assert.InRange(loads.Max() - loads.Min(), 0, seconds.DefaultIfEmpty().Max() + 1e-9);
    });

    private static Shard Parse(string text, string environment = "")
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return Shard.Parse(text, variables.GetValueOrDefault);
    }
}
