using Duomano.Core.Fingering;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Formats.Scores;

namespace Duomano.Benchmarks;

/// <summary>The piece that is measured: the sample, whole.</summary>
internal static class Minuet
{
    /// <summary>Threads to compute with.</summary>
    public static int Threads { get; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>The bundled model.</summary>
    public static string Model { get; } = Path.Combine(AppContext.BaseDirectory, "models", "duomano-small");

    /// <summary>Its notes.</summary>
    public static Score Score { get; } = ScoreFile.Read(Path.Combine(AppContext.BaseDirectory, "minuet-in-g.mid"), null).Score;

    /// <summary>Its length, seconds.</summary>
    public static double Seconds => Score.Duration;

    /// <summary>Its motion, by the kinematic pianist.</summary>
    public static TwoHandClip Perform() => KinematicPianist.Perform(FingeringPlanner.Plan(Score.Notes, new()).Notes, PerformanceStyle.Neutral, Seconds).Clip;
}
