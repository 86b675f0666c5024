using System.Globalization;
using System.Text;
using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;

namespace Duomano.Training.Running;

/// <summary>
/// A training's folder: <c>config.json</c> (the recipe), <c>log.csv</c> (a line a step) and <c>validation.csv</c>,
/// <c>events.out.tfevents.…</c> (the same figures for TensorBoard, and pictures), <c>checkpoint-…</c> (the latest one, a folder that appears whole) and <c>best/parameters.safetensors</c> (the averaged
/// parameters of the best validation, with its figures beside them).
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private const string CheckpointPrefix = "checkpoint-";

    private readonly CsvLog _log;
    private readonly CsvLog _validation;
    private readonly EventLog _events;

    private TrainingRun(string folder)
    {
        Folder = folder;
        _log = new CsvLog(Path.Combine(folder, "log.csv"));
        _validation = new CsvLog(Path.Combine(folder, "validation.csv"));
        _events = new EventLog(folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Where the best parameters are kept.</summary>
    public string BestParametersPath => Path.Combine(Folder, "best", "parameters.safetensors");

    /// <summary>Begins a run in a folder, which is made if missing.</summary>
    /// <typeparam name="TRecipe">The task's recipe record.</typeparam>
    /// <exception cref="IOException">The folder holds a run already.</exception>
    public static TrainingRun Begin<TRecipe>(string folder, TRecipe recipe)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        CheckFree(folder);
        Directory.CreateDirectory(folder);
        RecipeFile.Write(ConfigPath(folder), recipe);
        return new TrainingRun(folder);
    }

    /// <summary>Whether a folder holds a run.</summary>
    public static bool IsIn(string folder) => File.Exists(ConfigPath(folder));

    /// <summary>Makes sure that a folder holds no run yet.</summary>
    /// <exception cref="IOException">It does.</exception>
    public static void CheckFree(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (IsIn(folder)) throw new IOException($"{folder} holds a training run already; continue it with --resume or choose another folder.");
    }

    /// <summary>Opens a run to go on with it.</summary>
    /// <typeparam name="TRecipe">The task's recipe record.</typeparam>
    /// <param name="folder">The run's folder.</param>
    /// <param name="recipe">The recipe it was begun with.</param>
    /// <exception cref="FileNotFoundException">There is no run in the folder.</exception>
    /// <exception cref="UnreadableFileException">Its config.json is not such a recipe.</exception>
    public static TrainingRun Resume<TRecipe>(string folder, out TRecipe recipe)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var config = ConfigPath(folder);
        if (!IsIn(folder)) throw new FileNotFoundException($"{folder} holds no training run (no config.json); start one without --resume.", config);
        recipe = RecipeFile.Read<TRecipe>(config);
        return new TrainingRun(folder);
    }

    /// <summary>Appends a step's losses to log.csv.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="loss">The total.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="learningRate">The step's learning rate.</param>
    /// <param name="seconds">Training time so far.</param>
    public void LogStep(int step, double loss, IReadOnlyList<KeyValuePair<string, double>> parts, double learningRate, double seconds)
    {
        _log.Append(step, [new("loss", loss), .. parts, new("learning_rate", learningRate), new("seconds", Math.Round(seconds, 3))]);
        _events.Scalars(step, [new("train/loss", loss), .. parts.Select(part => new KeyValuePair<string, double>($"train/{part.Key}", part.Value)), new("train/learning_rate", learningRate)]);
    }

    /// <summary>Appends a validation's figures to validation.csv.</summary>
    public void LogValidation(int step, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _validation.Append(step, [new("criterion", result.Criterion), .. result.Values]);
        _events.Scalars(step, [new("validation/criterion", result.Criterion), .. result.Values.Select(value => new KeyValuePair<string, double>($"validation/{value.Key}", value.Value))]);
        _events.Flush();
    }

    /// <summary>Keeps a picture of a validation: as pictures/step-NNNNNNNN-NAME.png, and in the event file.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="name">What it shows.</param>
    /// <param name="png">The picture.</param>
    /// <param name="width">Its width, pixels.</param>
    /// <param name="height">Its height, pixels.</param>
    public void LogPicture(int step, string name, byte[] png, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(png);
        var folder = Path.Combine(Folder, "pictures");
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, $"step-{step:D8}-{name}.png"), stream => stream.Write(png));
        _events.Picture(step, $"motion/{name}", png, width, height);
        _events.Flush();
    }

    /// <summary>Writes a checkpoint, whole or not at all, and removes older ones.</summary>
    public void SaveCheckpoint(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var target = Path.Combine(Folder, $"{CheckpointPrefix}{checkpoint.Step:D8}");
        var beside = Path.Combine(Folder, $".{CheckpointPrefix}{Guid.NewGuid():N}");
        Directory.CreateDirectory(beside);
        try
        {
            Safetensors.Write(Path.Combine(beside, "parameters.safetensors"), checkpoint.Parameters);
            Safetensors.Write(Path.Combine(beside, "average.safetensors"), checkpoint.Average);
            Safetensors.Write(Path.Combine(beside, "optimizer.safetensors"), checkpoint.Optimizer);
            RecipeFile.Write(Path.Combine(beside, "state.json"), State.Of(checkpoint));
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(beside, target);
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }

        foreach (var older in Checkpoints().Where(folder => folder != target)) Directory.Delete(older, recursive: true);
    }

    /// <summary>The latest checkpoint, or null; the logs are cut back to it, so that a step is logged once.</summary>
    /// <exception cref="UnreadableFileException">The checkpoint is damaged.</exception>
    public Checkpoint? LoadCheckpoint()
    {
        var folder = Checkpoints().LastOrDefault();
        if (folder is null)
        {
            CutBack(0);
            return null;
        }

        var state = RecipeFile.Read<State>(Path.Combine(folder, "state.json"));
        CutBack(state.Step);
        return new Checkpoint
        {
            Step = state.Step,
            Seconds = state.Seconds,
            BestStep = state.BestStep,
            BestCriterion = state.BestCriterion ?? double.PositiveInfinity,
            Parameters = Safetensors.Read(Path.Combine(folder, "parameters.safetensors")).Tensors,
            Average = Safetensors.Read(Path.Combine(folder, "average.safetensors")).Tensors,
            Optimizer = Safetensors.Read(Path.Combine(folder, "optimizer.safetensors")).Tensors,
        };
    }

    /// <summary>Keeps the parameters of the best validation so far.</summary>
    public void SaveBest(StateDict parameters, int step, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var metadata = new Dictionary<string, string>
        {
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["criterion"] = result.Criterion.ToString("R", CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in result.Values) metadata[name] = value.ToString("R", CultureInfo.InvariantCulture);
        Safetensors.Write(BestParametersPath, parameters, metadata);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _validation.Dispose();
        _events.Dispose();
    }

    private void CutBack(int step)
    {
        _log.CutBack(step);
        _validation.CutBack(step);
        _events.CutBack(step);
    }

    private static string ConfigPath(string folder) => Path.Combine(folder, "config.json");

    private IEnumerable<string> Checkpoints() =>
        Directory.EnumerateDirectories(Folder, CheckpointPrefix + "*").Order(StringComparer.Ordinal);

    private sealed record State(int Step, double Seconds, int BestStep, double? BestCriterion)
    {
        public static State Of(Checkpoint checkpoint) => new(
            checkpoint.Step,
            checkpoint.Seconds,
            checkpoint.BestStep,
            double.IsFinite(checkpoint.BestCriterion) ? checkpoint.BestCriterion : null);
    }
}
