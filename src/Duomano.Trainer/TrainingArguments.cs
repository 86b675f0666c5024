using System.CommandLine;
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
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the run in --out, with the recipe it was begun with." };
    private readonly Option<string> _device = new("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<DirectoryInfo?> _libtorch = new("--libtorch") { Description = "Folder with libtorch's libraries, if not the ones beside the program." };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads that one operation may use.", DefaultValueFactory = _ => 1 };

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

    public string Data(ParseResult arguments) => arguments.GetRequiredValue(_data).FullName;

    /// <summary>Whether a run is gone on with.</summary>
    public bool Resumes(ParseResult arguments) => arguments.GetValue(_resume);

    /// <summary>Loads torch and picks the device.</summary>
    public torch.Device Device(ParseResult arguments)
    {
        var threads = arguments.GetValue(_threads);
        if (threads < 1) throw new ArgumentException($"--threads must be at least 1, not {threads}.");
        TorchRuntime.Initialize(threads, arguments.GetValue(_libtorch)?.FullName);
        return TorchRuntime.Device(arguments.GetValue(_device)!);
    }

    /// <summary>Begins the run, or opens it to go on.</summary>
    public TrainingRun Open<TRecipe>(ParseResult arguments, out TRecipe recipe)
    {
        var folder = arguments.GetRequiredValue(_out).FullName;
        if (arguments.GetValue(_resume)) return TrainingRun.Resume(folder, out recipe);
        recipe = RecipeFile.Load<TRecipe>(_task, arguments.GetValue(_recipe)!);
        return TrainingRun.Begin(folder, recipe);
    }
}
