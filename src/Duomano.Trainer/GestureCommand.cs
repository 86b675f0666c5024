using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Hands;
using Duomano.Inference.Models;
using Duomano.Networks.Configuration;
using Duomano.Training.Gesture;
using Duomano.Training.Position;
using Duomano.Training.Published;
using Duomano.Training.Running;

namespace Duomano.Trainer;

/// <summary><c>duomano-train gesture</c>: teaches how the hands move, by diffusion.</summary>
internal static class GestureCommand
{
    public static Command Create()
    {
        var arguments = new TrainingArguments("gesture");
        var command = new Command("gesture", "Train the two gesture diffusion networks together, from a corpus.");
        var position = new Option<string?>("--position") { Description = "The run that trained the position predictors, to go with them: their motion is scaled alike. Recipes from sound (s2c) need it, or an imported model.", HelpName = "RUN|MODEL_DIR" };
        arguments.AddTo(command);
        arguments.AddMotionTo(command);
        command.Options.Add(position);
        command.SetAction((parsed, stop) => Task.Run(() => Train(arguments, parsed, parsed.GetValue(position), stop), CancellationToken.None));
        return command;
    }

    private static int Train(TrainingArguments arguments, ParseResult parsed, string? position, CancellationToken stop)
    {
        var recipe = arguments.Recipe<GestureRecipe>(parsed);
        recipe = recipe with { Training = arguments.Options(parsed, recipe.Training) };
        if (recipe.Sound is not null) return TrainFromSound(arguments, parsed, recipe, position, stop);
        var start = arguments.Start(parsed, ModelWeights.Gesture);
        var data = MotionData.Load(arguments.Data(parsed), arguments.Folder(parsed), arguments.Resumes(parsed), stop, arguments.From(parsed) ?? position);
        var device = arguments.Device(parsed);
        using var run = arguments.Open(parsed, recipe);
        if (recipe.Network.Channels > HandJoint.PoseLength)
        {
            if (position is null) throw new ArgumentException("This recipe draws the wrists, too, from where position predictors have them: --position RUN is needed.");
            data = data.Predicted(position, recipe.PredictionNoise, arguments.Folder(parsed), arguments.Resumes(parsed), stop);
        }

        using var task = new GestureTask(recipe, data.Training(recipe.WindowFrames, recipe.Heard, recipe.PredictionNoise, recipe.PeopleShare), data.Validation(recipe.WindowFrames), device);
        var outcome = TrainingConsole.Run("gesture", progress => new TrainingLoop<GestureBatch>(task, recipe.Training, run) { Progress = progress, Start = start, Validated = new ValidationPictures(run, task).Draw }.Run(stop));
        TrainingConsole.Report(outcome, run.Folder);
        return outcome.Finished ? CommandHost.Done : CommandHost.CouldNotBeDone;
    }

    private static int TrainFromSound(TrainingArguments arguments, ParseResult parsed, GestureRecipe recipe, string? position, CancellationToken stop)
    {
        if (recipe.Heard is not null || recipe.PredictionNoise is not null || recipe.PeopleShare is not null || recipe.FingertipWeight > 0) throw new ArgumentException("heard, predictionNoise, peopleShare and fingertipWeight are for recipes from notes.");
        if (position is null) throw new ArgumentException("A recipe from sound is trained beside position predictors: --position RUN, or an imported model.");
        var start = arguments.Start(parsed, ModelWeights.Gesture);
        var network = PredictorsOf(position);
        var (training, validation) = SoundData.Open(arguments, parsed, recipe.Sound!, recipe.WindowFrames, recipe.Training.Seed, recipe.ValidationWindows);
        var device = arguments.Device(parsed);
        using var run = arguments.Open(parsed, recipe);
        using var task = new SoundGestureTask(recipe, network, TrainingArguments.WeightsIn(position, ModelWeights.Position), training, validation, device);
        var outcome = TrainingConsole.Run("gesture", progress => new TrainingLoop<NoisedSound>(task, recipe.Training, run) { Progress = progress, Start = start, Validated = new ValidationPictures(run, task).Draw }.Run(stop));
        TrainingConsole.Report(outcome, run.Folder);
        return outcome.Finished ? CommandHost.Done : CommandHost.CouldNotBeDone;
    }

    // An imported model has no recipe, but the same network.
    private static PositionConfig PredictorsOf(string folder)
    {
        if (File.Exists(Path.Combine(folder, ModelWeights.Position))) return ModelConfig.Read(folder).Position;
        using var run = TrainingRun.Resume<PositionRecipe>(folder, out var recipe);
        return recipe.Network;
    }
}
