using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Inference.Models;
using Duomano.Networks.Checkpoints;
using Duomano.Training.Motion;
using Duomano.Training.Position;
using Duomano.Training.Published;
using Duomano.Training.Running;

namespace Duomano.Trainer;

/// <summary><c>duomano-train position</c>: teaches where the wrists go.</summary>
internal static class PositionCommand
{
    public static Command Create()
    {
        var arguments = new TrainingArguments("position");
        var command = new Command("position", "Train the position predictors of both hands, from a corpus.");
        var encoder = new Option<string?>("--encoder") { Description = "For recipes from sound (s2c): folder of a pretrained HuBERT or wav2vec 2.0 (config.json, preprocessor_config.json, weights).", HelpName = "DIR" };
        arguments.AddTo(command);
        arguments.AddMotionTo(command);
        command.Options.Add(encoder);
        command.SetAction((parsed, stop) => Task.Run(() => Train(arguments, parsed, parsed.GetValue(encoder), stop), CancellationToken.None));
        return command;
    }

    private static int Train(TrainingArguments arguments, ParseResult parsed, string? encoder, CancellationToken stop)
    {
        var recipe = arguments.Recipe<PositionRecipe>(parsed);
        recipe = recipe with { Training = arguments.Options(parsed, recipe.Training) };
        if (recipe.Sound is not null) return TrainFromSound(arguments, parsed, recipe, encoder, stop);
        var start = arguments.Start(parsed, ModelWeights.Position);
        if (encoder is not null) throw new ArgumentException("--encoder is for recipes from sound, such as s2c.");
        var data = MotionData.Load(arguments.Data(parsed), arguments.Folder(parsed), arguments.Resumes(parsed), stop, arguments.From(parsed));
        var device = arguments.Device(parsed);
        using var run = arguments.Open(parsed, recipe);
        using var task = new PositionTask(recipe, data.Training(recipe.WindowFrames, recipe.Heard, null, recipe.PeopleShare), data.Validation(recipe.WindowFrames), data.Normalization, device);
        var outcome = TrainingConsole.Run("position", progress => new TrainingLoop<MotionWindow>(task, recipe.Training, run) { Progress = progress, Start = start, Validated = new ValidationPictures(run, task).Draw }.Run(stop));
        TrainingConsole.Report(outcome, run.Folder);
        return outcome.Finished ? CommandHost.Done : CommandHost.CouldNotBeDone;
    }

    private static int TrainFromSound(TrainingArguments arguments, ParseResult parsed, PositionRecipe recipe, string? encoder, CancellationToken stop)
    {
        var resumes = arguments.Resumes(parsed);
        var start = arguments.Start(parsed, ModelWeights.Position);
        if (encoder is null && start is null && !resumes) throw new ArgumentException("A recipe from sound starts from a pretrained audio encoder, --encoder DIR, or from a model, --from DIR.");
        var pretrained = resumes || encoder is null ? null : HuggingFaceEncoder.Read(encoder);
        if (pretrained is not null) recipe = recipe with { Network = recipe.Network with { AudioEncoder = pretrained.Config, InputWidth = pretrained.Config.Width } };
        var (training, validation) = SoundData.Open(arguments, parsed, recipe.Sound!, recipe.WindowFrames, recipe.Training.Seed, recipe.ValidationWindows);
        var device = arguments.Device(parsed);
        using var run = arguments.Open(parsed, recipe);
        using var task = new SoundPositionTask(recipe, training, validation, pretrained?.Weights, device);
        var outcome = TrainingConsole.Run("position", progress => new TrainingLoop<SoundBatch>(task, recipe.Training, run) { Progress = progress, Start = start, Validated = new ValidationPictures(run, task).Draw }.Run(stop));
        TrainingConsole.Report(outcome, run.Folder);
        return outcome.Finished ? CommandHost.Done : CommandHost.CouldNotBeDone;
    }
}
