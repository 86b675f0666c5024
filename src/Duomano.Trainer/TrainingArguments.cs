using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Trainer;

/// <summary>The options that all trainings have in common.</summary>
internal sealed class TrainingArguments
{
    private readonly string _task;
    private readonly Option<DirectoryInfo> _data = new("--data") { Description = "Folder with the data to train on.", Required = true };
    private readonly Option<DirectoryInfo> _out = new("--out") { Description = "Folder of the training run; made if missing.", Required = true };
    private readonly Option<string> _recipe;
    private readonly Option<string?> _resume = new("--resume") { Description = "Go on with the run in --out, with the recipe it was begun with. With the folder of a model the same as --from: a model has weights but no optimizer's memory, so a run begins with it.", Arity = ArgumentArity.ZeroOrOne, HelpName = "MODEL_DIR" };
    private readonly Option<string> _device = new("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<DirectoryInfo?> _libtorch = new("--libtorch") { Description = "Folder with libtorch's libraries, if not the ones beside the program." };
    private readonly Option<TorchPrecision?> _precision = new("--precision") { Description = "float32, or bfloat16 for matrix products and convolutions (faster on CUDA); the recipe's choice if not given." };
    private readonly Option<string?> _from = new("--from") { Description = "Begin with the weights of a model or of another run and, for motion from notes, its scales; networks that are told of styles may begin with those of ones that are not.", HelpName = "MODEL_DIR|RUN" };
    private readonly Option<int> _workers = NumberOption.Of<int>("--workers", "Files read at the same time by trainings that stream from disk.", Math.Max(1, Environment.ProcessorCount / 2), 1);
    private readonly Option<int> _threads = NumberOption.Of<int>("--threads", "Threads that one operation may use.", 1, 1);

    private bool _takesModels;

    public TrainingArguments(string task)
    {
        _task = task;
        _recipe = new("--recipe")
        {
            Description = $"A recipe ({string.Join(", ", RecipeFile.Names(task))}) or a path ending in .json.",
            DefaultValueFactory = _ => "bundled",
        };
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_data, _out, _recipe, _resume, _device, _libtorch, _threads]) command.Options.Add(option);
    }

    /// <summary>Adds the option of trainings that may begin with a model.</summary>
    public void AddFromTo(Command command)
    {
        _takesModels = true;
        command.Options.Add(_from);
    }

    /// <summary>Adds the options of trainings of motion.</summary>
    public void AddMotionTo(Command command)
    {
        AddFromTo(command);
        foreach (var option in (Option[])[_precision, _workers]) command.Options.Add(option);
    }

    /// <summary>The weights to begin with, or null.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="file">Their file in a model directory.</param>
    public StateDict? Start(ParseResult arguments, string file) => From(arguments) is { } folder ? WeightsIn(folder, file) : null;

    /// <summary>The model or the run to begin with, or null.</summary>
    public string? From(ParseResult arguments)
    {
        if ((arguments.GetValue(_from) ?? arguments.GetValue(_resume)) is not { } folder) return null;
        return Resumes(arguments) ? throw new ArgumentException("--from begins a run, --resume goes on with one.") : folder;
    }

    /// <summary>The weights of a model directory, or the best ones of a run.</summary>
    public static StateDict WeightsIn(string folder, string file)
    {
        var path = new[] { Path.Combine(folder, file), Path.Combine(folder, "best", "parameters.safetensors") }.FirstOrDefault(File.Exists)
            ?? throw new UnreadableFileException(folder, "", $"is neither a model ({file}) nor a run that has been validated (best/parameters.safetensors)");
        return Safetensors.Read(path).Tensors;
    }

    /// <summary>Files read at the same time.</summary>
    public int Workers(ParseResult arguments) => arguments.GetValue(_workers) is >= 1 and var workers ? workers : throw new ArgumentException($"--workers must be at least 1, not {arguments.GetValue(_workers)}.");

    /// <summary>A recipe's options with the precision that was asked for.</summary>
    public TrainingOptions Options(ParseResult arguments, TrainingOptions recipe) => arguments.GetValue(_precision) is { } precision ? recipe with { Precision = precision } : recipe;

    public string Data(ParseResult arguments) => arguments.GetRequiredValue(_data).FullName;

    /// <summary>Whether a run is gone on with.</summary>
    public bool Resumes(ParseResult arguments) => arguments.GetResult(_resume) is { Implicit: false } && arguments.GetValue(_resume) is null;

    /// <summary>Threads that one operation, or a training's parts together, may use.</summary>
    public int Threads(ParseResult arguments) => arguments.GetValue(_threads) is >= 1 and var threads ? threads : throw new ArgumentException($"--threads must be at least 1, not {arguments.GetValue(_threads)}.");

    /// <summary>Loads torch and picks the device.</summary>
    public torch.Device Device(ParseResult arguments)
    {
        TorchRuntime.Initialize(Threads(arguments), arguments.GetValue(_libtorch)?.FullName);
        return TorchRuntime.Device(arguments.GetValue(_device)!);
    }

    /// <summary>The run's folder.</summary>
    public string Folder(ParseResult arguments) => arguments.GetRequiredValue(_out).FullName;

    /// <summary>The recipe that was asked for, or the one of the run that is gone on with. Nothing is begun yet.</summary>
    public TRecipe Recipe<TRecipe>(ParseResult arguments)
    {
        if (Resumes(arguments))
        {
            using var run = TrainingRun.Resume<TRecipe>(Folder(arguments), out var recipe);
            return recipe;
        }

        if (!_takesModels && arguments.GetValue(_resume) is { } model) throw new ArgumentException($"--resume {model}: this training begins with no model; --resume alone goes on with the run in --out.");
        TrainingRun.CheckFree(Folder(arguments));
        return RecipeFile.Load<TRecipe>(_task, arguments.GetValue(_recipe)!);
    }

    /// <summary>
    /// Begins the run, or opens it to go on: when the data are there, so that a run that could not start leaves nothing
    /// behind that stands in the way of the next.
    /// </summary>
    public TrainingRun Open<TRecipe>(ParseResult arguments, TRecipe recipe) => Resumes(arguments)
        ? TrainingRun.Resume<TRecipe>(Folder(arguments), out _)
        : TrainingRun.Begin(Folder(arguments), recipe);
}
