using Duomano.Core.Jobs;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>Stages of jobs, with their work in seconds of one core for each second of music, roughly.</summary>
internal static class Stages
{
    private const string Network = "moving the hands";
    private const string Contact = "putting fingers on keys";

    // A file in any format but those below takes so much.
    private const double Written = 0.002;

    private static readonly Dictionary<string, double> WrittenAs = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = 0.3,
        [".html"] = 0.006,
        [".png"] = 0.006,
    };

    /// <summary>A MIDI file is read.</summary>
    public static JobStage Reading { get; } = new("reading the notes", 0.0002);

    /// <summary>A recording is heard.</summary>
    public static JobStage Listening { get; } = new("listening", 0.04);

    /// <summary>The kinematic pianist plays.</summary>
    public static JobStage Performing { get; } = new(Network, 0.06);

    /// <summary>A model moves the hands.</summary>
    /// <param name="contact">Whether the fingers are put on their keys, too.</param>
    public static JobStage Generating(bool contact) => new(Network, contact ? 0.06 : 0.03);

    /// <summary>A video is looked at.</summary>
    public static JobStage Looking { get; } = new("looking at the video", 1);

    /// <summary>What was seen becomes the motion of whole hands.</summary>
    public static JobStage SolvingSeen { get; } = new("solving for the hands", 0.15);

    /// <summary>A file is written.</summary>
    public static JobStage Writing(string path) => new($"writing {path}", WrittenAs.GetValueOrDefault(Path.GetExtension(path), Written));

    /// <summary>Begins <see cref="Generating"/>; what is told of it says which part it is at.</summary>
    public static IProgress<double> BeginGenerating(this JobStages job, bool contact) => new GeneratingProgress(job.Begin(Network), contact);

    private sealed class GeneratingProgress(JobStages.StageProgress stage, bool contact) : IProgress<double>
    {
        public void Report(double value) => stage.Report(value, contact && value >= MotionGenerator.ContactBegins ? Contact : Network);
    }
}
