using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Evaluation;
using Duomano.Formats.Motion;

namespace Duomano.Cli.Commands;

/// <summary>duomano measure: key presses and physics of anybody's motion file.</summary>
internal static class MeasureCommand
{
    public static Command Create()
    {
        var motion = new Argument<string>("MOTION") { Description = "A motion file (.npz or .json)." };
        var notes = new Argument<string>("NOTES") { Description = "The notes that should be played (.mid)." };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new Command("measure", "Measure how well a motion plays its notes, and whether hands can move so.") { motion, notes, json };
        command.SetAction(parsed =>
        {
            var clip = MotionFile.Read(parsed.GetValue(motion)!);
            var score = MusicInput.ReadMidi(parsed.GetValue(notes)!);
            var report = MotionReport.Measure(clip, score.Notes);
            Console.Out.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToText());
            return CommandHost.Done;
        });
        return command;
    }
}
