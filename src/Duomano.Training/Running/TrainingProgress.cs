namespace Duomano.Training.Running;

/// <summary>Where a training stands, reported after every step.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="Loss">Total loss, smoothed over about the last fifty steps.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="StepsPerSecond">Speed since this start of the program.</param>
/// <param name="Remaining">Time left at that speed.</param>
/// <param name="Validation">What a validation after this step found, if there was one.</param>
public sealed record TrainingProgress(
    int Step, int Steps, double Loss, double LearningRate, double StepsPerSecond, TimeSpan Remaining, ValidationResult? Validation);

/// <summary>How a run of the loop ended.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Finished">False when it was asked to stop; the checkpoint then allows going on.</param>
/// <param name="BestStep">Steps done at the best validation; 0 without a validation.</param>
/// <param name="BestCriterion">That validation's criterion; infinite without one.</param>
public sealed record TrainingOutcome(int Step, bool Finished, int BestStep, double BestCriterion);
