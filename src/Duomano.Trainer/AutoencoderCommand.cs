using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Hands;
using Duomano.Corpus.Layout;
using Duomano.Training.Autoencoder;
using Duomano.Training.Running;

namespace Duomano.Trainer;

/// <summary><c>duomano-train autoencoder</c>: teaches the features in which evaluation measures FGD.</summary>
internal static class AutoencoderCommand
{
    public static Command Create()
    {
        var arguments = new TrainingArguments("autoencoder");
        var command = new Command("autoencoder", "Train the gesture autoencoder whose features FGD is measured in, from a data set's annotations.");
        arguments.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(() => Train(arguments, parsed, stop), CancellationToken.None));
        return command;
    }

    private static int Train(TrainingArguments arguments, ParseResult parsed, CancellationToken stop)
    {
        var recipe = arguments.Recipe<AutoencoderRecipe>(parsed);
        var (folder, frames) = (arguments.Data(parsed), recipe.Network.Frames);
        if (recipe.Network.Channels != 2 * HandJoint.PoseLength)
        {
            throw new ArgumentException($"Both hands have {2 * HandJoint.PoseLength} numbers a frame, the recipe's network has {recipe.Network.Channels} channels.");
        }

        PoseDataset Load(CorpusSplit split, IProgress<double>? progress) => PoseDataset.Load(folder, split, frames, Environment.ProcessorCount, progress, stop);
        var training = CommandHost.WithProgress("loading the annotations", progress => Load(CorpusSplit.Train, progress));
        var validation = Load(CorpusSplit.Valid, null);
        CommandHost.Say($"{training.FrameCount / (3600.0 * PublishedLoader.Fps):0.00} h to train on; {validation.FrameCount / (3600.0 * PublishedLoader.Fps):0.00} h to validate on");
        var device = arguments.Device(parsed);
        using var run = arguments.Open(parsed, recipe);
        using var task = new AutoencoderTask(recipe, training, validation, device);
        var outcome = TrainingConsole.Run("autoencoder", progress => new TrainingLoop<AutoencoderBatch>(task, recipe.Training, run) { Progress = progress }.Run(stop));
        TrainingConsole.Report(outcome, run.Folder);
        if (outcome.BestStep > 0) CommandHost.Say($"{AutoencoderExport.Write(run, recipe)}: for duomano evaluate --autoencoder");
        return outcome.Finished ? CommandHost.Done : CommandHost.CouldNotBeDone;
    }
}
