using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Corpus.Layout;
using Duomano.Inference.Listening;
using Duomano.Networks.Tensors;
using Duomano.Training.Listening;
using Duomano.Training.Running;
using Duomano.Training.Torch;

namespace Duomano.Trainer;

/// <summary><c>duomano-train listening</c>: teaches the listening network with recordings whose notes are known.</summary>
internal static class ListeningCommand
{
    private static readonly Option<DirectoryInfo?> Validation = new("--validation") { Description = "Folder with recordings to validate on, if not a share of --data." };

    public static Command Create()
    {
        var arguments = new TrainingArguments("listening");
        var command = new Command("listening", "Train the network that hears notes, from sound files with MIDI files of the same name.");
        arguments.AddTo(command);
        arguments.AddFromTo(command);
        command.Options.Add(Validation);
        command.SetAction((parsed, stop) => Task.Run(() => Train(arguments, parsed, stop), CancellationToken.None));
        return command;
    }

    private static int Train(TrainingArguments arguments, ParseResult parsed, CancellationToken stop)
    {
        var recipe = arguments.Recipe<ListeningRecipe>(parsed);
        var start = arguments.Start(parsed, ListeningModel.WeightsName);
        // Now, and not when the run's folder is made.
        if (start is not null && ListeningTask.Declarations(recipe.Network).Mismatch(start) is not null)
        {
            throw new UnreadableFileException(arguments.From(parsed)!, "", "its listening network has other sizes than the recipe's");
        }

        var found = RecordingFolder.Find(arguments.Data(parsed), CorpusSplit.Train, CorpusSplit.Valid);
        var recordings = CommandHost.WithProgress(
            "listening to the recordings", progress => RecordingFolder.Load(found, recipe.Network, progress, stop));
        var validation = parsed.GetValue(Validation) is { } folder ? RecordingFolder.Load(RecordingFolder.Find(folder.FullName, CorpusSplit.Valid), recipe.Network, null, stop) : null;
        Console.Error.WriteLine(
            $"{recordings.Count} recordings, {recordings.Sum(recording => recording.Seconds) / 3600:0.00} h, "
            + $"{recordings.Sum(recording => recording.Score.Notes.Count)} notes");
        var device = arguments.Device(parsed);
        var workers = device.type == TorchSharp.DeviceType.CPU ? arguments.Threads(parsed) : 1;
        TorchRuntime.Initialize(workers > 1 ? 1 : arguments.Threads(parsed));
        using var run = arguments.Open(parsed, recipe);
        using var task = new ListeningTask(recipe, recordings, validation, device, workers);
        var outcome = TrainingConsole.Run(
            "listening", progress => new TrainingLoop<ListeningBatch>(task, recipe.Training, run) { Progress = progress, Start = start }.Run(stop));
        TrainingConsole.Report(outcome, run.Folder);
        if (outcome.BestStep > 0) ListeningExport.Write(Path.Combine(run.Folder, "export"), recipe, run.BestParametersPath);
        return outcome.Finished ? CommandHost.Done : CommandHost.CouldNotBeDone;
    }
}
