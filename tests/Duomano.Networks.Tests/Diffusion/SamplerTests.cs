using CsCheck;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Networks.Diffusion;

namespace Duomano.Networks.Tests.Diffusion;

public class SamplerTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Cosine(100);
    private static readonly NoiseSchedule LongSchedule = NoiseSchedule.Cosine(1000);

    public static TheoryData<Objective> Objectives => [Objective.Noise, Objective.Start, Objective.Velocity];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void DenoiserThatKnowsTheAnswer_IsFollowedToIt(Objective objective)
    {
        var options = new SamplerOptions { Schedule = Schedule, Objective = objective };
        var random = new SeededRandom(1);
        var truth = PerHand.Create(hand => Enumerable.Range(0, 37).Select(_ => (float)random.Uniform(-1, 1)).ToArray());
        foreach (var sampler in All(options))
        {
            var noise = new GaussianNoise(new SeededRandom(2));
            var sample = sampler.Sample(noise.Initial(37), (noisy, t) => noisy.Zip(truth, (x, x0) => Answer(options, t, x, x0)), noise);
            foreach (var hand in HandSides.Both)
            {
                for (var i = 0; i < 37; i++) Assert.Equal(truth[hand][i], sample[hand][i], 1e-3f);
            }
        }
    }

    [Fact]
    public void Guide_LeadsTheSamples()
    {
        // Networks know nothing; the guide says where the last value is, and samples end there.
        var options = new SamplerOptions { Schedule = Schedule, Guide = starts => { foreach (var hand in HandSides.Both) starts[hand][^1] = hand == HandSide.Left ? 0.5f : -0.25f; } };
        foreach (var sampler in All(options))
        {
            var noise = new GaussianNoise(new SeededRandom(2));
            var sample = sampler.Sample(noise.Initial(5), Coupled, noise);
            Assert.Equal(0.5f, sample.Left[^1], 1e-3f);
            Assert.Equal(-0.25f, sample.Right[^1], 1e-3f);
        }
    }

    [Fact]
    public void Ddim_WithoutNoise_FollowsFromTheInitialNoise()
    {
        var sampler = new DdimSampler(new SamplerOptions { Schedule = Schedule }, 13);
        var initial = new GaussianNoise(new SeededRandom(3)).Initial(20);
        var once = sampler.Sample(initial, Coupled, new NoNoise());
        var again = sampler.Sample(initial, Coupled, new NoNoise());
        Assert.Equal(once.Left, again.Left);
        Assert.Equal(once.Right, again.Right);
        Assert.NotEqual(once.Left, once.Right);
    }

    [Fact]
    public void Ddim_WithAllNoiseAndAllSteps_IsAncestralSampling()
    {
        var options = new SamplerOptions { Schedule = Schedule };
        var initial = new GaussianNoise(new SeededRandom(4)).Initial(20);
        var ancestral = new AncestralSampler(options).Sample(initial, Coupled, new GaussianNoise(new SeededRandom(5)));
        var implicitSample = new DdimSampler(options, Schedule.Steps, eta: 1).Sample(initial, Coupled, new GaussianNoise(new SeededRandom(5)));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(ancestral.Left[i], implicitSample.Left[i], 1e-3f);
            Assert.Equal(ancestral.Right[i], implicitSample.Right[i], 1e-3f);
        }
    }

    [Fact]
    public void DeterministicSamplers_SolveTheGaussianProcess()
    {
        // For normal data the estimate of x_0 is linear and the path from noise to data is known exactly.
        var options = new SamplerOptions { Schedule = LongSchedule, Clip = null };
        var initial = new GaussianNoise(new SeededRandom(6)).Initial(200);
        Assert.InRange(Error(new DdimSampler(options, 1000)), 0, 3e-3);
        Assert.InRange(Error(new DpmSolverMultistep(options, 1000)), 0, 5e-4);
        Assert.InRange(Error(new DpmSolverMultistep(options, 20)), 0, 0.25 * Error(new DdimSampler(options, 20)));
        Assert.InRange(Error(new DpmSolverMultistep(options, 20, Spacing.Time)), 0, 0.75 * Error(new DdimSampler(options, 20)));

        double Error(ISampler sampler)
        {
            var sample = sampler.Sample(initial, (noisy, t) => noisy.Map(x => GaussianAnswer(options, t, x)), new NoNoise());
            return initial.Left.Zip(sample.Left).Max(pair => Math.Abs(Gaussian.Solution(LongSchedule, pair.First) - pair.Second));
        }
    }

    [Fact]
    public void StochasticSamplers_DrawFromTheGaussian()
    {
        var options = new SamplerOptions { Schedule = LongSchedule, Clip = null };
        foreach (var sampler in new ISampler[] { new AncestralSampler(options), new DdimSampler(options, 200, eta: 1) })
        {
            var noise = new GaussianNoise(new SeededRandom(7));
            var sample = sampler.Sample(noise.Initial(4000), (noisy, t) => noisy.Map(x => GaussianAnswer(options, t, x)), noise);
            foreach (var values in new[] { sample.Left, sample.Right })
            {
                var mean = values.Average();
                Assert.Equal(Gaussian.Mean, mean, 0.015);
                Assert.Equal(Gaussian.Deviation, Math.Sqrt(values.Average(x => (x - mean) * (x - mean))), 0.02);
            }

            // Independent draws of the two hands are uncorrelated.
            Assert.Equal(0, sample.Left.Zip(sample.Right).Average(pair => (pair.First - Gaussian.Mean) * (pair.Second - Gaussian.Mean)), 0.01);
        }
    }

    [Fact]
    public void SwappedHands_GiveSwappedSamples()
    {
        foreach (var sampler in All(new SamplerOptions { Schedule = Schedule }))
        {
            var initial = new GaussianNoise(new SeededRandom(8)).Initial(12);
            var sample = sampler.Sample(initial, Coupled, new NoiseOfHand(swapped: false));
            var swapped = sampler.Sample(new(initial.Right, initial.Left), Coupled, new NoiseOfHand(swapped: true));
            Assert.Equal(sample.Left, swapped.Right);
            Assert.Equal(sample.Right, swapped.Left);
        }
    }

    [Fact]
    public void Clip_HoldsEveryEstimate()
    {
        var largest = 0f;
        foreach (var sampler in All(new SamplerOptions { Schedule = Schedule, Clip = 0.25f }))
        {
            var noise = new GaussianNoise(new SeededRandom(9));
            var sample = sampler.Sample(noise.Initial(50), (noisy, t) => noisy.Map(x => x.Select(value => -3 * value).ToArray()), noise,
                step => largest = Math.Max(largest, step.Start.Left.Max(Math.Abs)));
            Assert.All(sample.Left, value => Assert.InRange(value, -0.2501f, 0.2501f));
        }

        Assert.Equal(0.25f, largest);
    }

    [Fact]
    public void Observer_SeesEveryStepAndMayChangeTheState()
    {
        var sampler = new DdimSampler(new SamplerOptions { Schedule = Schedule }, 5);
        var initial = new GaussianNoise(new SeededRandom(10)).Initial(4);
        var kept = initial.Left.ToArray();
        var steps = new List<(int, int, int)>();
        var sample = sampler.Sample(initial, Coupled, new NoNoise(), step =>
        {
            steps.Add((step.Number, step.Count, step.Timestep));
            step.Noisy.Left[2] = 0.125f;
        });
        Assert.Equal([(1, 5, 99), (2, 5, 79), (3, 5, 59), (4, 5, 39), (5, 5, 19)], steps);
        Assert.Equal(0.125f, sample.Left[2]);
        Assert.Equal(kept, initial.Left);
    }

    [Fact]
    public void Timesteps_FallFromTheLastStep()
    {
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60]).Where((total, count) => count <= total).Sample((total, count) =>
        {
            foreach (var spacing in Enum.GetValues<Spacing>())
            {
                var steps = TimestepSpacing.Choose(NoiseSchedule.Cosine(total), count, spacing);
                Assert.Equal(count, steps.Count);
                Assert.Equal(total - 1, steps[0]);
                Assert.True(steps[^1] >= 0);
                for (var i = 1; i < count; i++) Assert.True(steps[i] < steps[i - 1]);
            }
        });
    }

    [Fact]
    public void WrongOptions_AreRefused()
    {
        var options = new SamplerOptions { Schedule = Schedule };
        Assert.Throws<ArgumentOutOfRangeException>(() => new DdimSampler(options, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DdimSampler(options, 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DdimSampler(options, 10, eta: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DpmSolverMultistep(options, 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplerOptions { Schedule = Schedule, Clip = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseSchedule.Cosine(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseSchedule.Linear(19));
        var wrongLength = new DdimSampler(options, 3);
        Assert.Throws<ArgumentException>(() => wrongLength.Sample(new(new float[3], new float[3]), (_, _) => new(new float[3], new float[2]), new NoNoise()));
    }

    [Fact]
    public void LinearScheduleThatEndsInPureNoise_IsSampledSafely()
    {
        var options = new SamplerOptions { Schedule = NoiseSchedule.Linear(20) };
        Assert.Equal(0, options.Schedule.SignalShare(19), 1e-12);
        foreach (var sampler in All(options))
        {
            var noise = new GaussianNoise(new SeededRandom(11));
            Assert.All(sampler.Sample(noise.Initial(9), Coupled, noise).Right, value => Assert.True(float.IsFinite(value)));
        }
    }

    private static IEnumerable<ISampler> All(SamplerOptions options) =>
    [
        new AncestralSampler(options),
        new DdimSampler(options, 10),
        new DdimSampler(options, 10, eta: 0.5),
        new DpmSolverMultistep(options, 10, Spacing.Time),
        new DpmSolverMultistep(options, 10, Spacing.LogSignalToNoise),
        new DpmSolverMultistep(options, 1),
    ];

    /// <summary>What a network that knows x_0 would answer.</summary>
    private static float[] Answer(SamplerOptions options, int t, float[] noisy, float[] start)
    {
        var answer = new float[noisy.Length];
        var noise = new float[noisy.Length];
        Parameterization.NoiseFromStart(options.Schedule, t, noisy, start, noise);
        Parameterization.Target(options.Schedule, options.Objective, t, start, noise, answer);
        return answer;
    }

    private static float[] GaussianAnswer(SamplerOptions options, int t, float[] noisy) =>
        Answer(options, t, noisy, Array.ConvertAll(noisy, x => Gaussian.Start(options.Schedule, t, x)));

    /// <summary>A smooth made-up network in which each hand looks at the other.</summary>
    private static PerHand<float[]> Coupled(PerHand<float[]> noisy, int t) => noisy.MapWithOther((own, other) =>
        own.Zip(other, (x, y) => MathF.Tanh(0.5f * x - 0.3f * y + 0.01f * t) - 0.2f * y).ToArray());

    /// <summary>Normally distributed data.</summary>
    private static class Gaussian
    {
        public const double Mean = 0.3;
        public const double Deviation = 0.2;

        public static float Start(NoiseSchedule schedule, int t, double noisy)
        {
            var share = schedule.SignalShare(t);
            return (float)(Mean + Math.Sqrt(share) * Deviation * Deviation * (noisy - Math.Sqrt(share) * Mean) / Spread(share));
        }

        /// <summary>Along the path, (x_t − √ᾱ·mean)/(standard deviation of x_t) never changes.</summary>
        public static double Solution(NoiseSchedule schedule, double initial)
        {
            var share = schedule.SignalShare(schedule.Steps - 1);
            return Mean + Deviation * (initial - Math.Sqrt(share) * Mean) / Math.Sqrt(Spread(share));
        }

        private static double Spread(double share) => share * Deviation * Deviation + 1 - share;
    }

    private sealed class NoNoise : INoiseSource
    {
        public void Fill(HandSide hand, int t, Span<float> noise) => Assert.Fail("This sampler draws no noise.");
    }

    private sealed class NoiseOfHand(bool swapped) : INoiseSource
    {
        public void Fill(HandSide hand, int t, Span<float> noise) =>
            new SeededRandom(t, (swapped ? hand.Other() : hand).Name()).FillGaussian(noise);
    }
}
