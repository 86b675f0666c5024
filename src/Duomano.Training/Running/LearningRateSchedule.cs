namespace Duomano.Training.Running;

/// <summary>Linear warm-up, then half a cosine down to a share of the peak (Loshchilov and Hutter 2017, without restarts).</summary>
public static class LearningRateSchedule
{
    /// <summary>The learning rate of one step.</summary>
    /// <param name="options">Peak, warm-up, length and final share.</param>
    /// <param name="step">0 for the first step.</param>
    public static double At(TrainingOptions options, int step)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step < options.WarmUpSteps) return options.LearningRate * (step + 1) / options.WarmUpSteps;
        var last = options.Steps - 1;
        var progress = last <= options.WarmUpSteps ? 1 : Math.Min(1, (step - options.WarmUpSteps) / (double)(last - options.WarmUpSteps));
        var share = options.FinalLearningRateShare + (1 - options.FinalLearningRateShare) * (1 + Math.Cos(Math.PI * progress)) / 2;
        return options.LearningRate * share;
    }
}
