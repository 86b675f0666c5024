using System.CommandLine;
using System.Text;
using Duomano.CommandLine;
using Duomano.Core.Jobs;
using Duomano.Corpus.Layout;
using Duomano.Inference.Autoencoder;
using Duomano.Inference.Motion;
using Duomano.Networks.Checkpoints;
using Duomano.Training.Ablation;
using Duomano.Training.Gesture;
using Duomano.Training.Motion;
using Duomano.Training.Position;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Trainer;

/// <summary><c>duomano-train ablation</c>: trains variants of the paper's model alike, measures them and makes the table.</summary>
internal sealed class AblationCommand
{
    private const int TimedRounds = 21;

    private readonly Option<DirectoryInfo?> _data = new("--data") { Description = "A corpus of recorded people and of the kinematic pianist; without it only the table of the runs that are done is made." };
    private readonly Option<string?> _position = new("--position") { Description = "Where the wrists are told by: a run that trained position predictors from notes, or a model.", HelpName = "RUN|MODEL_DIR" };
    private readonly Option<DirectoryInfo> _out = new("--out") { Description = "Folder of the runs, VARIANT-SEED each, and of the table; what is done in it is not done again.", Required = true };
    private readonly Option<string> _recipe = new("--recipe") { Description = $"The paper's variant: a recipe ({string.Join(", ", RecipeFile.Names("gesture"))}) or a path ending in .json.", DefaultValueFactory = _ => "ablation" };
    private readonly Option<string[]> _variants = new("--variants") { Description = $"Which ones: {string.Join(", ", AblationVariant.All.Select(variant => variant.Name))}. Those of the paper's claims, if not given.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
    private readonly Option<int> _seeds = NumberOption.Of<int>("--seeds", "Seeds that each is trained with.", 3, 1, 1000);
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps of each training; the recipe's, if not given." };
    private readonly Option<double> _sway = NumberOption.Of("--sway", "As a control, let both wrists of each clip go in and out of the keys together, in a way that nothing tells but the other hand: so many millimetres (root mean square).", 0.0, 0, 100);
    private readonly Option<int> _windows = NumberOption.Of<int>("--windows", "Windows of people to measure on, and half as many of the kinematic pianist.", 64, 2, 100_000);
    private readonly Option<FileInfo?> _autoencoder = new("--autoencoder") { Description = "A gesture autoencoder, to tell FGD.", HelpName = "FILE" };
    private readonly Option<string> _shard = new("--shard") { Description = "Only part I of N of the runs (I/N); shards share the folder.", HelpName = "I/N", DefaultValueFactory = _ => "1/1" };
    private readonly Option<int> _threads = NumberOption.Of<int>("--threads", "Threads that one operation may use.", 1, 1);

    public static Command Create()
    {
        var arguments = new AblationCommand();
        var command = new Command("ablation", "Train variants of the paper's model on one corpus with equal budgets and several seeds, measure them, and make a table.")
        {
            arguments._data, arguments._position, arguments._out, arguments._recipe, arguments._variants, arguments._seeds, arguments._steps, arguments._sway, arguments._windows,
            arguments._autoencoder, arguments._shard, arguments._threads,
        };
        command.SetAction((parsed, stop) => Task.Run(() => arguments.Run(parsed, stop), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        var folder = parsed.GetRequiredValue(_out).FullName;
        var recipe = RecipeFile.Load<GestureRecipe>("gesture", parsed.GetRequiredValue(_recipe));
        if (recipe.Sound is not null || recipe.Network.FeatureEncoder is null) throw new ArgumentException("--recipe: variants are compared from notes, with a recipe that has a featureEncoder and no sound.");
        if (parsed.GetValue(_steps) is { } steps) recipe = recipe with { Training = recipe.Training with { Steps = steps, ValidateEvery = steps } };
        AblationVariant[] variants = parsed.GetValue(_variants) is { Length: > 0 } names ? [.. names.Select(AblationVariant.Named)] : [.. AblationVariant.Claims];
        var shard = Shard.Parse(parsed.GetRequiredValue(_shard), Environment.GetEnvironmentVariable);

        // A seed of all variants, then the next: so a table can be made early.
        var runs = Enumerable.Range(1, parsed.GetValue(_seeds)).SelectMany(seed => variants.Select(variant => (Variant: variant, Seed: seed)))
            .Where((_, i) => i % shard.Count == shard.Index - 1).Where(run => !AblationRun.IsDone(folder, run.Variant.Name, run.Seed)).ToArray();
        TorchRuntime.Initialize(parsed.GetValue(_threads));
        var (data, position) = (parsed.GetValue(_data), parsed.GetValue(_position));
        var done = AblationRun.All(folder);
        if (runs.Length > 0 && data is null && done.Count > 0)
        {
            CommandHost.Say($"{runs.Length} runs are missing in the table; --data and --position train them.");
        }
        else if (runs.Length > 0)
        {
            if (data is null || position is null) throw new ArgumentException($"{runs.Length} runs are to be trained: --data and --position are needed.");
            using var features = parsed.GetValue(_autoencoder) is { } file ? GestureFeatureExtractor.Load(file.FullName) : null;
            if (features is not null && features.Config.Frames != recipe.WindowFrames) throw new ArgumentException($"{parsed.GetValue(_autoencoder)} encodes {features.Config.Frames} frames, the recipe's windows have {recipe.WindowFrames}.");
            var loaded = Load(data.FullName, position, recipe, parsed.GetValue(_sway) / 1000, stop);
            var measurement = new AblationMeasurement(loaded.Test, loaded.Normalization, recipe.WindowFrames, parsed.GetValue(_windows), features, parsed.GetValue(_threads));
            foreach (var (variant, seed) in runs) Train(folder, variant, recipe with { Training = recipe.Training with { Seed = seed } }, loaded, measurement, stop);
            done = AblationRun.All(folder);
        }

        var there = AblationVariant.All.Where(variant => done.Any(run => run.Variant == variant.Name)).ToArray();
        var table = new AblationTable(done, AblationCosts.Measure(recipe, there, TimedRounds)).ToMarkdown();
        Core.Files.WholeFile.Write(Path.Combine(folder, "table.md"), stream => stream.Write(Encoding.UTF8.GetBytes(table)), stop);
        Console.Out.Write(table);
        return CommandHost.Done;
    }

    private static Loaded Load(string data, string position, GestureRecipe recipe, double sway, CancellationToken stop)
    {
        using var predictors = PredictedWrists.Load(position);
        IReadOnlyList<MotionExample> Split(CorpusSplit split)
        {
            var examples = CommandHost.WithProgress($"loading {split.ListFile()}", progress => MotionCorpus.Load(data, split, Environment.ProcessorCount, progress, stop));
            return CommandHost.WithProgress("asking where the wrists are", progress => examples.Select((example, i) =>
            {
                stop.ThrowIfCancellationRequested();
                progress.Report((double)i / examples.Count);
                return sway > 0 ? SwayingHands.Of(predictors.Of(example), sway, i) : predictors.Of(example);
            }).ToArray());
        }

        var (training, validation, test) = (Split(CorpusSplit.Train), Split(CorpusSplit.Valid), Split(CorpusSplit.Test));
        var normalization = MotionExport.LoadNormalization(position);
        return new(training, validation, test, normalization with { WristScale = MotionStatistics.WristScale(training, normalization, recipe.PredictionNoise) }, sway > 0);
    }

    private static void Train(string folder, AblationVariant variant, GestureRecipe paper, Loaded loaded, AblationMeasurement measurement, CancellationToken stop)
    {
        var recipe = variant.Of(paper);
        var path = AblationRun.FolderOf(folder, variant.Name, recipe.Training.Seed);
        CommandHost.Say($"{variant.Title}, seed {recipe.Training.Seed}");
        using (var run = TrainingRun.IsIn(path) ? TrainingRun.Resume<GestureRecipe>(path, out recipe) : TrainingRun.Begin(path, recipe))
        {
            MotionExport.SaveNormalization(path, loaded.Normalization);
            using var task = new GestureTask(
                recipe, new(loaded.Training, loaded.Normalization, recipe.WindowFrames, recipe.Heard, recipe.PredictionNoise, recipe.PeopleShare), new(loaded.Validation, loaded.Normalization, recipe.WindowFrames), torch.CPU);
            var outcome = TrainingConsole.Run(variant.Name, progress => new TrainingLoop<GestureBatch>(task, recipe.Training, run) { Progress = progress }.Run(stop));
            if (!outcome.Finished) throw new OperationCanceledException(stop);
        }

        using var streams = GestureStreams.Create(recipe, torch.CPU);
        streams.Assign(Safetensors.Read(Path.Combine(path, "best", "parameters.safetensors")).Tensors);
        AblationRow Row(AblationSampling sampling) => new(sampling.Title, measurement.Of(recipe, streams, torch.CPU, sampling, stop));
        new AblationRun
        {
            Variant = variant.Name,
            Seed = recipe.Training.Seed,
            Steps = recipe.Training.Steps,
            BatchSize = recipe.BatchSize,
            Parameters = streams.Count,
            Windows = measurement.Windows,
            Rows = [.. Samplings(variant, recipe, loaded.IsControl).Select(Row)],
            Real = measurement.OfReal,
        }.Write(folder);
    }

    // The paper's own variant is drawn in other ways, too: the published copy of the noise, other steps, other temperatures.
    private static IEnumerable<AblationSampling> Samplings(AblationVariant variant, GestureRecipe recipe, bool isControl)
    {
        var (temperature, steps) = (recipe.Diffusion.Temperature, recipe.Diffusion.Steps);
        var start = new StartNoise { Temperature = temperature, Shared = recipe.SharedNoise };
        yield return new(FormattableString.Invariant($"{steps} steps, temperature {temperature}"), start, Silenced: true);
        if (variant != AblationVariant.Paper) yield break;
        yield return new("the left hand's noise copied while sampling, as published", start with { Shared = true });
        yield return new("one noise for both wrists while sampling", start with { WristsTogether = 1 });
        if (isControl) yield break;
        foreach (var other in (int[])[1, 2, 4, 20]) yield return new(FormattableString.Invariant($"{other} step{(other == 1 ? "" : "s")}, temperature {temperature}"), start, other);
        foreach (var other in (float[])[0, 0.5f, 1]) yield return new(FormattableString.Invariant($"{steps} steps, temperature {other}"), start with { Temperature = other });
    }

    private sealed record Loaded(IReadOnlyList<MotionExample> Training, IReadOnlyList<MotionExample> Validation, IReadOnlyList<MotionExample> Test, MotionNormalization Normalization, bool IsControl);
}
