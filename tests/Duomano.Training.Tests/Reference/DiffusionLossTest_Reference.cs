using Duomano.Core.Hands;
using Duomano.Networks.Diffusion;
using Duomano.Training.Losses;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

/// <summary>Training losses, gradients and optimizer steps against the published training code.</summary>
[Trait("Category", "Reference")]
public class DiffusionLossTest_Reference
{
    [Fact]
    public void NoisedInput()
    {
        using var scope = torch.NewDisposeScope();
        var noisy = new LossBatch().Noisy(new(NoiseSchedule.Cosine(Arguments.Timesteps), new()));
        foreach (var side in HandSides.Both) AssertClose($"diffusion/loss/x_t_{side.Name()}.npy", noisy[side]);
    }

    [Fact]
    public void EveryObjectiveAndWeight()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var networks = GestureNetworks(GestureParameters());
        var batch = new LossBatch();
        var compared = 0;
        foreach (var expected in Golden.Json("diffusion/loss/losses.json").EnumerateArray())
        {
            var options = new DiffusionLossOptions
            {
                Objective = expected.GetProperty("objective").GetString() switch
                {
                    "pred_noise" => Objective.Noise,
                    "pred_x0" => Objective.Start,
                    _ => Objective.Velocity,
                },
                VelocityWeight = expected.GetProperty("velocity_weight").GetDouble(),
                AccelerationWeight = expected.GetProperty("acceleration_weight").GetDouble(),
            };
            var losses = batch.Losses(networks, options).Map(loss => (double)loss.item<float>());
            foreach (var side in HandSides.Both)
            {
                // The published code cannot compute differences of the motion for the noise objective; ours can.
                if (expected.TryGetProperty("error", out var error) && error.ValueKind is not System.Text.Json.JsonValueKind.Null)
                {
                    Assert.True(double.IsFinite(losses[side]));
                    continue;
                }

                var value = expected.GetProperty($"loss_{side.Name()}").GetDouble();
                Assert.True(Math.Abs(losses[side] - value) <= 1e-5 * value, $"{options} {side}: {losses[side]}, not {value}.");
                compared++;
            }
        }

        Assert.True(compared >= 18);
    }

    [Fact]
    public void Gradients()
    {
        using var scope = torch.NewDisposeScope();
        var parameters = GestureParameters();
        var losses = new LossBatch().Losses(GestureNetworks(parameters), new());
        losses.Left.Plus(losses.Right).backward();
        var expected = Golden.Json("diffusion/grad/global_norm.json");
        foreach (var side in HandSides.Both)
        {
            var norm = expected.GetProperty("total_gradient_l2_norm").GetProperty(side.Name()).GetDouble();
            Assert.Equal(norm, Training.Torch.Gradients.Norm(parameters[side].All), 2e-5 * norm);
            Assert.Equal(
                expected.GetProperty("parameters_without_gradient").GetProperty(side.Name()).EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal),
                parameters[side].All.Where(parameter => parameter.Value.grad is null).Select(parameter => parameter.Key).Order(StringComparer.Ordinal));
            string[] files = [.. Golden.List($"diffusion/grad/{side.Name()}", "*.npy")];
            Assert.NotEmpty(files);
            foreach (var file in files) AssertClose(file, parameters[side][Path.GetFileNameWithoutExtension(file)].grad!);
        }
    }

    [Fact]
    public void AdamTrajectory()
    {
        var parameters = GestureParameters();
        var networks = GestureNetworks(parameters);
        var optimizers = parameters.Map(values => new AdamW(values.All, new() { LearningRate = 1e-3, WeightDecay = 0 }));
        foreach (var expected in Golden.Json("diffusion/loss/adam_lr1e-3_losses.json").GetProperty("loss_left_right_before_each_step").EnumerateArray())
        {
            using var scope = torch.NewDisposeScope();
            var losses = new LossBatch().Losses(networks, new());
            foreach (var side in HandSides.Both)
            {
                var value = expected[(int)side].GetDouble();
                Assert.Equal(value, losses[side].item<float>(), 1e-3 * value);
                optimizers[side].ZeroGradients();
            }

            losses.Left.Plus(losses.Right).backward();
            foreach (var side in HandSides.Both) optimizers[side].Step();
        }
    }
}
