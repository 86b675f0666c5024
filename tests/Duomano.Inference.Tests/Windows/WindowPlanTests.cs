using CsCheck;
using Duomano.Inference.Windows;

namespace Duomano.Inference.Tests.Windows;

public class WindowPlanTests
{
    private static readonly Gen<(int Length, int Window, int Overlap)> Plans =
        from window in Gen.Int[4, 60]
        from overlap in Gen.Int[0, window / 2]
        from length in Gen.Int[1, 400]
        select (length, window, overlap);

    [Fact]
    public void Shares_sum_to_one_at_every_frame()
    {
        Plans.Sample(p =>
        {
            var plan = new WindowPlan(p.Length, p.Window, p.Overlap);
            var sum = new float[plan.PaddedLength];
            for (var w = 0; w < plan.Starts.Count; w++)
            {
                for (var i = 0; i < p.Window; i++) sum[plan.Starts[w] + i] += plan.Share(w, i);
            }

            Assert.All(sum, s => Assert.Equal(1f, s, 1e-5f));
        });
    }

    [Fact]
    public void Neighbours_share_at_least_the_overlap_and_cover_everything()
    {
        Plans.Sample(p =>
        {
            var plan = new WindowPlan(p.Length, p.Window, p.Overlap);
            Assert.Equal(0, plan.Starts[0]);
            Assert.Equal(plan.PaddedLength, plan.Starts[^1] + p.Window);
            for (var w = 1; w < plan.Starts.Count; w++) Assert.True(plan.Starts[w - 1] + p.Window - plan.Starts[w] >= p.Overlap);
        });
    }

    [Fact]
    public void Gathering_and_joining_gives_the_sequence_back()
    {
        Plans.Sample(p =>
        {
            var plan = new WindowPlan(p.Length, p.Window, p.Overlap);
            var sequence = Enumerable.Range(0, 3 * plan.PaddedLength).Select(i => MathF.Sin(i * 0.37f)).ToArray();
            var joined = new float[sequence.Length];
            var window = new float[3 * p.Window];
            for (var w = 0; w < plan.Starts.Count; w++)
            {
                plan.Gather(sequence, w, window);
                plan.AddShare(window, w, joined);
            }

            for (var i = 0; i < sequence.Length; i++) Assert.Equal(sequence[i], joined[i], 1e-5f);
        });
    }

    [Fact]
    public void Windows_that_disagree_are_joined_without_a_jump_in_value_or_slope()
    {
        // Two windows that say 0 and 1: the worst disagreement. Over 60 shared frames the join may rise by no more than
        // the cosine's steepest step, and its slope may change by no more than the cosine's strongest bend.
        var plan = new WindowPlan(420, 240, 60);
        Assert.Equal(2, plan.Starts.Count);
        var joined = new float[plan.PaddedLength];
        plan.AddShare(new float[240], 0, joined);
        plan.AddShare([.. Enumerable.Repeat(1f, 240)], 1, joined);
        for (var i = 2; i < joined.Length; i++)
        {
            var step = joined[i] - joined[i - 1];
            var bend = step - (joined[i - 1] - joined[i - 2]);
            Assert.InRange(step, -1e-6f, 0.03f);
            Assert.InRange(bend, -0.0015f, 0.0015f);
        }
    }
}
