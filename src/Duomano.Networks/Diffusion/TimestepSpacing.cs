namespace Duomano.Networks.Diffusion;

/// <summary>How a few steps are chosen among T.</summary>
public enum Spacing
{
    /// <summary>Evenly in t, the first at T − 1.</summary>
    Time,

    /// <summary>Evenly in the logarithm of the signal-to-noise ratio, the first at T − 1 and the last at 0.</summary>
    LogSignalToNoise,
}

/// <summary>Chooses the steps at which the networks are asked.</summary>
public static class TimestepSpacing
{
    /// <summary>Gives strictly falling steps that begin with T − 1.</summary>
    /// <param name="schedule">The schedule of T steps.</param>
    /// <param name="count">How many, 1 … T.</param>
    /// <param name="spacing">How they are spread.</param>
    public static IReadOnlyList<int> Choose(NoiseSchedule schedule, int count, Spacing spacing)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (count < 1 || count > schedule.Steps)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"There are 1 to {schedule.Steps} steps to choose from.");
        }

        var chosen = new int[count];
        for (var i = 0; i < count; i++)
        {
            var wanted = spacing switch
            {
                Spacing.Time => (int)Math.Round(schedule.Steps * (1 - (double)i / count), MidpointRounding.AwayFromZero) - 1,
                Spacing.LogSignalToNoise => NearestInLogSignalToNoise(schedule, count == 1 ? 0 : (double)i / (count - 1)),
                _ => throw new ArgumentOutOfRangeException(nameof(spacing), spacing, "Steps are spread in time or in log-SNR."),
            };
            // Strictly falling, with room for those that follow.
            chosen[i] = Math.Max(Math.Min(wanted, i == 0 ? schedule.Steps - 1 : chosen[i - 1] - 1), count - 1 - i);
        }

        return chosen;
    }

    private static int NearestInLogSignalToNoise(NoiseSchedule schedule, double share)
    {
        var (noisiest, cleanest) = (schedule.LogSignalToNoise(schedule.Steps - 1), schedule.LogSignalToNoise(0));
        var wanted = noisiest + share * (cleanest - noisiest);
        return Enumerable.Range(0, schedule.Steps).MinBy(t => Math.Abs(schedule.LogSignalToNoise(t) - wanted));
    }
}
