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
        var position = new Option<string?>("--position") { Description = "Folder of a position training; without it and --gesture a model directory keeps its motion." };
        var gesture = new Option<string?>("--gesture") { Description = "Folder of a gesture training on the same corpus." };
        var listening = new Option<string?>("--listening") { Description = "Folder of a listening training; without it a model directory keeps the ears it has." };
        var output = new Option<string>("--out") { Description = "Model directory to write.", Required = true };
        var command = new Command("export", "Put the best weights of finished trainings into a model directory.") { position, gesture, listening, output };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(output)!;
            var (wrists, gestures, ears) = (parsed.GetValue(position), parsed.GetValue(gesture), parsed.GetValue(listening));
            if (wrists is null != gestures is null) throw new ArgumentException("export takes --position and --gesture together.");
            if (wrists is null && ears is null) throw new ArgumentException("export needs --position and --gesture, or --listening, or all three.");
            if (wrists is not null) MotionExport.Write(wrists, gestures!, folder);
            if (ears is not null) ListeningExport.WriteRun(folder, ears);
            return CommandHost.Done;
        });
        return command;
    }
}
