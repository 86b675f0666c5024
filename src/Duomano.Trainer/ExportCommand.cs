using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Training.Listening;
using Duomano.Training.Motion;

namespace Duomano.Trainer;

/// <summary><c>duomano-train export</c>: a model directory from finished runs.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var position = new Option<string>("--position") { Description = "Folder of a position training.", Required = true };
        var gesture = new Option<string>("--gesture") { Description = "Folder of a gesture training on the same corpus.", Required = true };
        var listening = new Option<string?>("--listening") { Description = "Folder of a listening training; without it a model directory keeps the ears it has." };
        var output = new Option<string>("--out") { Description = "Model directory to write.", Required = true };
        var command = new Command("export", "Put the best weights of finished trainings into a model directory.") { position, gesture, listening, output };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(output)!;
            MotionExport.Write(parsed.GetValue(position)!, parsed.GetValue(gesture)!, folder);
            if (parsed.GetValue(listening) is { } run) ListeningExport.WriteRun(folder, run);
            return CommandHost.Done;
        });
        return command;
    }
}
