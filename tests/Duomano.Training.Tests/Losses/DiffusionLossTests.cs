using Duomano.Core.Numerics;
using Duomano.Networks.Diffusion;
using Duomano.Training.Losses;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Losses;

public class DiffusionLossTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Cosine(50);

    [Fact]
    public void Weighted_uniformly_all_steps_count_alike()
    {
        using var scope = torch.NewDisposeScope();
        var (start, noise, answer) = (Random("start"), Random("noise"), Random("answer"));
        var uniform = new DiffusionLoss(Schedule, new() { Objective = Objective.Start, Weighting = LossWeighting.Uniform });
        var published = new DiffusionLoss(Schedule, new() { Objective = Objective.Start });
        var expected = (answer - start).square().mean().ToSingle();
        foreach (var step in (int[])[0, 20, 49])
        {
            Assert.Equal(expected, uniform.Of(answer, start, noise, [step, step]).ToSingle(), 1e-5f);
            Assert.Equal(expected * Schedule.LossWeights(Objective.Start)[step], published.Of(answer, start, noise, [step, step]).ToSingle(), 1e-3f * expected * Schedule.LossWeights(Objective.Start)[step]);
        }
    }

    [Theory]
    [InlineData(Objective.Noise)]
    [InlineData(Objective.Start)]
    [InlineData(Objective.Velocity)]
    public void A_perfect_answer_implies_the_clean_motion(Objective objective)
    {
        using var scope = torch.NewDisposeScope();
        var (start, noise) = (Random("start"), Random("noise"));
        var loss = new DiffusionLoss(Schedule, new() { Objective = objective });
        int[] steps = [10, 30];
        float[] answer = new float[12], one = new float[6];
        var (clean, drawn) = (TorchTensors.ToData(start).Values, TorchTensors.ToData(noise).Values);
        for (var sample = 0; sample < 2; sample++)
        {
            Parameterization.Target(Schedule, objective, steps[sample], clean.AsSpan(sample * 6, 6), drawn.AsSpan(sample * 6, 6), one);
            one.CopyTo(answer, sample * 6);
        }

        var implied = loss.StartFrom(TorchTensors.From(answer, [2, 2, 3]), loss.AddNoise(start, noise, steps), steps);
        Assert.True((implied - start).abs().max().ToSingle() < 1e-4f);
    }

    private static torch.Tensor Random(string stream)
    {
        TorchRuntime.Initialize(1);
        var values = new float[12];
        new SeededRandom(3, stream).FillGaussian(values);
        return TorchTensors.From(values, [2, 2, 3]);
    }
}
