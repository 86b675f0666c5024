using TorchSharp;

namespace Duomano.Training.Running;

/// <summary>
/// What a <c>TrainingLoop</c> trains: batches that depend on nothing but the seed and the step, a loss on torch,
/// and a validation. The loop owns everything else: optimizer, schedule, averaging, checkpoints, logs.
/// </summary>
/// <typeparam name="TBatch">A batch as plain arrays, made on a background thread.</typeparam>
public interface ITrainingTask<TBatch>
{
    /// <summary>The trained tensors by checkpoint name, always in the same order; the same objects for the task's whole life.</summary>
    IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters { get; }

    /// <summary>
    /// Makes the batch of a step. Must be a pure function of the recipe (with its seed) and the step: a resumed run asks
    /// for the same steps again and must see the same batches. Runs on a background thread and must not use torch; every
    /// random number that training needs (noise, diffusion times) is best drawn here, from
    /// <c>new SeededRandom(seed, $"batch {step}")</c>.
    /// </summary>
    /// <param name="step">0 for the first step of the run.</param>
    TBatch Prepare(int step);

    /// <summary>
    /// The loss of a batch, with gradients. Runs on the loop's thread inside a dispose scope, after
    /// <c>torch.manual_seed</c> with a number made from seed and step, so that dropout is a function of the step too.
    /// </summary>
    /// <param name="batch">From <see cref="Prepare"/>.</param>
    TrainingLoss Loss(TBatch batch);

    /// <summary>
    /// Measures the network as it stands on held-out data. The loop has put the averaged parameters in place, and calls
    /// this without gradients inside a dispose scope.
    /// </summary>
    ValidationResult Validate();
}

/// <summary>The loss of one batch.</summary>
/// <param name="Total">What is minimised; a scalar tensor with gradients.</param>
/// <param name="Parts">Scalars to be logged beside it, always under the same names and in the same order.</param>
public sealed record TrainingLoss(torch.Tensor Total, params IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parts);

/// <summary>What a validation found.</summary>
/// <param name="Criterion">The value that chooses the best checkpoint; smaller is better (use 1 − F1 for an F1).</param>
/// <param name="Values">Figures to be logged, always under the same names and in the same order.</param>
public sealed record ValidationResult(double Criterion, params IReadOnlyList<KeyValuePair<string, double>> Values);
