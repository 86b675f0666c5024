using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Training.Motion;
using Duomano.Training.Position;
using Duomano.Training.Running;

namespace Duomano.Trainer;

/// <summary><c>duomano-train position</c>: teaches where the wrists go.</summary>
internal static class PositionCommand
{
    public static Command Create()
    {
        var arguments = new TrainingArguments("position");
        var command = new Command("position", "Train the position predictors of both hands, from a corpus.");
        arguments.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(() => Train(arguments, parsed, stop), CancellationToken.None));
        return command;
    }

    private static int Train(TrainingArguments arguments, ParseResult parsed, CancellationToken stop)
    {
        var recipe = arguments.Recipe<PositionRecipe>(parsed);
        var data = MotionData.Load(arguments.Data(parsed), arguments.Folder(parsed), arguments.Resumes(parsed), stop);
        var device = arguments.Device(parsed);
        using var run = arguments.Open(parsed, recipe);
        using var task = new PositionTask(recipe, data.Training(recipe.WindowFrames, recipe.Heard), data.Validation(recipe.WindowFrames), data.Normalization, device);
        var outcome = TrainingConsole.Run("position", progress => new TrainingLoop<MotionWindow>(task, recipe.Training, run) { Progress = progress }.Run(stop));
        TrainingConsole.Report(outcome, run.Folder);
        return outcome.Finished ? CommandHost.Done : CommandHost.CouldNotBeDone;
    }
}
