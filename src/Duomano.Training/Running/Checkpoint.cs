using Duomano.Networks.Tensors;

namespace Duomano.Training.Running;

/// <summary>
/// Everything a training needs to go on as if it had not stopped. Random numbers need no place in it: batches and
/// torch's generator are set anew from seed and step at every step.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>Steps done.</summary>
    public required int Step { get; init; }

    /// <summary>Training time so far, seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Steps done at the best validation so far; 0 before the first.</summary>
    public int BestStep { get; init; }

    /// <summary>The best validation's criterion; infinite before the first.</summary>
    public double BestCriterion { get; init; } = double.PositiveInfinity;

    /// <summary>Trained values.</summary>
    public required StateDict Parameters { get; init; }

    /// <summary>Averaged values.</summary>
    public required StateDict Average { get; init; }

    /// <summary>The optimizer's memory.</summary>
    public required StateDict Optimizer { get; init; }
}
