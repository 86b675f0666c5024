using Duomano.Networks.Diffusion;
using Duomano.Tests;

namespace Duomano.Networks.Tests.Diffusion;

/// <summary>Schedules and algebra against the published implementation's numbers.</summary>
[Trait("Category", "Reference")]
public class NoiseScheduleTests_Reference
{
    private delegate void Operation(int t, int from, int length, float[] result);

    [Theory]
    [InlineData("T1000")]
    [InlineData("T20")]
    public void EveryArray_IsThePublishedOne(string folder)
    {
        var steps = Golden.Array($"diffusion/schedule/{folder}/betas.npy").Shape[0];
        var schedule = NoiseSchedule.Cosine(steps);
        Check("betas", schedule.Betas);
        Check("alphas_cumprod", schedule.AlphasCumulativeProduct);
        Check("alphas_cumprod_prev", schedule.AlphasCumulativeProductPrevious);
        Check("sqrt_alphas_cumprod", schedule.SqrtAlphasCumulativeProduct);
        Check("sqrt_one_minus_alphas_cumprod", schedule.SqrtOneMinusAlphasCumulativeProduct);
        Check("log_one_minus_alphas_cumprod", schedule.LogOneMinusAlphasCumulativeProduct);
        Check("sqrt_recip_alphas_cumprod", schedule.SqrtReciprocalAlphasCumulativeProduct);
        Check("sqrt_recipm1_alphas_cumprod", schedule.SqrtReciprocalMinusOneAlphasCumulativeProduct);
        Check("posterior_variance", schedule.PosteriorVariance);
        Check("posterior_log_variance_clipped", schedule.PosteriorLogVarianceClipped);
        Check("posterior_mean_coef1", schedule.PosteriorMeanOfStart);
        Check("posterior_mean_coef2", schedule.PosteriorMeanOfNoisy);
        Check("loss_weight_pred_noise", schedule.LossWeights(Objective.Noise));
        Check("loss_weight_pred_x0", schedule.LossWeights(Objective.Start));
        Check("loss_weight_pred_v", schedule.LossWeights(Objective.Velocity));
        Check("linear_betas", NoiseSchedule.Linear(steps).Betas);

        void Check(string name, float[] actual) => AssertRelative($"diffusion/schedule/{folder}/{name}.npy", actual);
    }

    [Fact]
    public void Algebra_IsThePublishedOne()
    {
        var schedule = NoiseSchedule.Cosine(1000);
        var (start, noisy, noise, velocity) = (Values("x_start"), Values("x_t"), Values("noise"), Values("v"));
        Check("q_sample", (t, from, length, result) =>
            Parameterization.AddNoise(schedule, t, start.AsSpan(from, length), noise.AsSpan(from, length), result));
        Check("predict_v", (t, from, length, result) =>
            Parameterization.Target(schedule, Objective.Velocity, t, start.AsSpan(from, length), noise.AsSpan(from, length), result));
        Check("predict_start_from_v", (t, from, length, result) =>
            Parameterization.StartFromOutput(schedule, Objective.Velocity, t, noisy.AsSpan(from, length), velocity.AsSpan(from, length), result));
        Check("predict_start_from_noise", (t, from, length, result) =>
            Parameterization.StartFromOutput(schedule, Objective.Noise, t, noisy.AsSpan(from, length), noise.AsSpan(from, length), result));
        Check("predict_noise_from_start", (t, from, length, result) =>
            Parameterization.NoiseFromStart(schedule, t, noisy.AsSpan(from, length), start.AsSpan(from, length), result));
        Check("q_posterior_mean", (t, from, length, result) =>
            Parameterization.PosteriorMean(schedule, t, start.AsSpan(from, length), noisy.AsSpan(from, length), result));

        var steps = Golden.Array("diffusion/algebra/t.npy").Integers;
        AssertRelative("diffusion/algebra/q_posterior_variance.npy", [.. steps.Select(t => schedule.PosteriorVariance[t])]);
        AssertRelative("diffusion/algebra/q_posterior_log_variance.npy", [.. steps.Select(t => schedule.PosteriorLogVarianceClipped[t])]);
    }

    private static float[] Values(string name) => Golden.Array($"diffusion/algebra/{name}.npy").Values;

    private static void Check(string name, Operation operation)
    {
        var steps = Golden.Array("diffusion/algebra/t.npy").Integers;
        var length = Values("x_start").Length / steps.Length;
        var results = new List<float>();
        for (var row = 0; row < steps.Length; row++)
        {
            var result = new float[length];
            operation((int)steps[row], row * length, length, result);
            results.AddRange(result);
        }

        AssertRelative($"diffusion/algebra/{name}.npy", results);
    }

    /// <summary>Relative 1e-5 with an absolute floor of 1e-5, as the set asks for schedule and algebra.</summary>
    private static void AssertRelative(string file, IReadOnlyList<float> actual)
    {
        var expected = Golden.Array(file).Doubles;
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            var allowed = 1e-5 + 1e-5 * Math.Abs(expected[i]);
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{file}: entry {i} is {actual[i]}, not {expected[i]}.");
        }
    }
}
