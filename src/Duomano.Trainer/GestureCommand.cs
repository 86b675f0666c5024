using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Training.Gesture;
using Duomano.Training.Running;

namespace Duomano.Trainer;

/// <summary><c>duomano-train gesture</c>: teaches how the hands move, by diffusion.</summary>
internal static class GestureCommand
{
    public static Command Create()
    {
        var arguments = new TrainingArguments("gesture");
        var command = new Command("gesture", "Train the two gesture diffusion networks together, from a corpus.");
        arguments.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(() => Train(arguments, parsed, stop), CancellationToken.None));
        return command;
    }

    private static int Train(TrainingArguments arguments, ParseResult parsed, CancellationToken stop)
    {
        var recipe = arguments.Recipe<GestureRecipe>(parsed);
        var data = MotionData.Load(arguments.Data(parsed), arguments.Folder(parsed), arguments.Resumes(parsed), stop);
        var device = arguments.Device(parsed);
        using var run = arguments.Open(parsed, recipe);
        using var task = new GestureTask(recipe, data.Training(recipe.WindowFrames, recipe.Heard), data.Validation(recipe.WindowFrames), device);
        var outcome = TrainingConsole.Run("gesture", progress => new TrainingLoop<GestureBatch>(task, recipe.Training, run) { Progress = progress }.Run(stop));
        TrainingConsole.Report(outcome, run.Folder);
        return outcome.Finished ? CommandHost.Done : CommandHost.CouldNotBeDone;
    }
}
