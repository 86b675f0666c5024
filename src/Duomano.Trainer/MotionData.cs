using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Performing;
using Duomano.Corpus.Layout;
using Duomano.Inference.Motion;
using Duomano.Training.Motion;
using Duomano.Training.Position;

namespace Duomano.Trainer;

/// <summary>The corpus of a motion training, loaded once.</summary>
internal sealed class MotionData
{
    private readonly IReadOnlyList<MotionExample> _training;
    private readonly IReadOnlyList<MotionExample> _validation;

    private MotionData(IReadOnlyList<MotionExample> training, IReadOnlyList<MotionExample> validation, MotionNormalization normalization)
    {
        _training = training;
        _validation = validation;
        Normalization = normalization;
    }

    public MotionNormalization Normalization { get; }

    /// <summary>Loads train and valid; the normalisation is measured when a run begins, or another run's, and read when it goes on.</summary>
    public static MotionData Load(string folder, string runFolder, bool resume, CancellationToken stop, string? scaledAs = null)
    {
        var training = WithStyles(CommandHost.WithProgress("loading the corpus", progress => MotionCorpus.Load(folder, CorpusSplit.Train, Environment.ProcessorCount, progress, stop)));
        var validation = WithStyles(MotionCorpus.Load(folder, CorpusSplit.Valid, Environment.ProcessorCount, null, stop));
        CommandHost.Say($"{training.Count} clips, {training.Sum(example => example.Clip.Duration) / 3600:0.0} h to train on; {validation.Sum(example => example.Clip.Duration) / 3600:0.0} h to validate on");
        if (resume) return new(training, validation, MotionExport.LoadNormalization(runFolder));
        var normalization = scaledAs is null ? MotionStatistics.Of(training.Select(example => example.Clip)) : MotionExport.LoadNormalization(scaledAs);
        MotionExport.SaveNormalization(runFolder, normalization);
        return new(training, validation, normalization);
    }

    // Of people nobody has noted down how they play; it is read off their motion, as it will be when somebody asks for motion like another.
    private static IReadOnlyList<MotionExample> WithStyles(IReadOnlyList<MotionExample> examples) =>
        [.. examples.AsParallel().AsOrdered().Select(example => example.IsPerson && StyleReader.Bundled.Read(example.Clip) is { } read ? example with { Style = read.Style with { IsPerson = true } } : example)];

    /// <summary>The same data with the wrists' tracks as position predictors tell them, for gestures that move the wrists from there.</summary>
    /// <param name="positionRun">The run that trained the predictors.</param>
    /// <param name="noise">How their tracks are displaced beside.</param>
    /// <param name="runFolder">Where the normalisation of the gestures' run is kept.</param>
    /// <param name="resume">Whether the run goes on, and has one.</param>
    /// <param name="stop">Stops between clips.</param>
    public MotionData Predicted(string positionRun, PredictionNoise? noise, string runFolder, bool resume, CancellationToken stop)
    {
        using var predictors = PredictedWrists.Load(positionRun);
        IReadOnlyList<MotionExample> Told(IReadOnlyList<MotionExample> examples) => [.. examples.Select(example =>
        {
            stop.ThrowIfCancellationRequested();
            return predictors.Of(example);
        })];
        var (training, validation) = (Told(_training), Told(_validation));
        if (resume) return new(training, validation, Normalization);
        // A run that begins with a model draws wrists as that does.
        var normalization = Normalization.WristScale is null ? Normalization with { WristScale = MotionStatistics.WristScale(training, Normalization, noise) } : Normalization;
        MotionExport.SaveNormalization(runFolder, normalization);
        return new(training, validation, normalization);
    }

    public MotionDataset Training(int window, TranscriptionNoise? heard, PredictionNoise? noise = null, double? peopleShare = null) => new(_training, Normalization, window, heard, noise, peopleShare);

    public MotionDataset Validation(int window) => new(_validation, Normalization, window);
}
