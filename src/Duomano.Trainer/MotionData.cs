using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Motion;
using Duomano.Corpus.Layout;
using Duomano.Inference.Motion;
using Duomano.Training.Motion;

namespace Duomano.Trainer;

/// <summary>The corpus of a motion training, loaded once.</summary>
internal sealed class MotionData
{
    private readonly IReadOnlyList<TwoHandClip> _training;
    private readonly IReadOnlyList<TwoHandClip> _validation;

    private MotionData(IReadOnlyList<TwoHandClip> training, IReadOnlyList<TwoHandClip> validation, MotionNormalization normalization)
    {
        _training = training;
        _validation = validation;
        Normalization = normalization;
    }

    public MotionNormalization Normalization { get; }

    /// <summary>Loads train and valid; the normalisation is measured when a run begins, or another run's, and read when it goes on.</summary>
    public static MotionData Load(string folder, string runFolder, bool resume, CancellationToken stop, string? scaledAs = null)
    {
        var training = CommandHost.WithProgress("loading the corpus", progress => MotionCorpus.Load(folder, CorpusSplit.Train, Environment.ProcessorCount, progress, stop));
        var validation = MotionCorpus.Load(folder, CorpusSplit.Valid, Environment.ProcessorCount, null, stop);
        CommandHost.Say($"{training.Count} clips, {training.Sum(clip => clip.Duration) / 3600:0.0} h to train on; {validation.Sum(clip => clip.Duration) / 3600:0.0} h to validate on");
        if (resume) return new(training, validation, MotionExport.LoadNormalization(runFolder));
        var normalization = scaledAs is null ? MotionStatistics.Of(training) : MotionExport.LoadNormalization(scaledAs);
        MotionExport.SaveNormalization(runFolder, normalization);
        return new(training, validation, normalization);
    }

    public MotionDataset Training(int window, HeardNotes? heard, WristSpread? spread = null) => new(_training, Normalization, window, heard, spread);

    public MotionDataset Validation(int window) => new(_validation, Normalization, window);
}
