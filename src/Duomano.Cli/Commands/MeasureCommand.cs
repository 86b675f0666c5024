using System.CommandLine;
using System.Text.Json.Nodes;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Motion;
using Duomano.Evaluation;
using Duomano.Formats.Motion;

namespace Duomano.Cli.Commands;

/// <summary>duomano measure: key presses and physics of anybody's motion file, or of a folder of them.</summary>
internal static class MeasureCommand
{
    public static Command Create()
    {
        var motion = new Argument<string>("MOTION") { Description = "A motion file (.npz or .json), or a folder of them." };
        var notes = new Argument<string?>("NOTES") { Description = "The notes that should be played (.mid), or a folder with a MIDI file of the same name for each motion; without it the notes in the motion files.", Arity = ArgumentArity.ZeroOrOne };
        var reference = new Option<string?>("--reference") { Description = "A motion to compare the smoothness with, such as a person's: jerk is also told as a ratio to its.", HelpName = "MOTION" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON; of a folder an array, its last entry for all motions together." };
        var hand = SharedOptions.Hand();
        var threads = SharedOptions.Threads();
        var command = new Command("measure", "Measure how well a motion plays its notes, and whether hands can move so.") { motion, notes, reference, hand, json, threads };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(motion)!;
            var notesPath = parsed.GetValue(notes);
            var compared = parsed.GetValue(reference) is { } given ? CommandHost.LeftWhenStopped(() => Read(given, null), cancellation) : null;
            var chosen = HandChoice.Parse(parsed.GetValue(hand));
            if (Directory.Exists(path)) MeasureFolder(path, notesPath, compared, chosen, SharedOptions.Usable(parsed.GetValue(threads)), parsed.GetValue(json), cancellation);
            else
            {
                var report = MeasureFile(path, notesPath, compared, chosen, cancellation);
                Console.Out.WriteLine(parsed.GetValue(json) ? report.ToJson() : report.ToText());
            }

            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static void MeasureFolder(string folder, string? notes, TwoHandClip? reference, HandChoice? hand, int threads, bool json, CancellationToken cancellation)
    {
        if (notes is not null && !Directory.Exists(notes)) throw new DirectoryNotFoundException($"{notes}: there is no such folder; the notes of a folder of motions are in a folder, too.");
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => MotionFile.ReadableExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new UnreadableFileException(folder, "", $"holds no motion ({string.Join(", ", MotionFile.ReadableExtensions)})");
        if (!json) Console.Out.WriteLine($"{ReportTable.Name("motion")} {"sec",6} {ReportTable.Heading}");
        var measured = ManyFiles.Work(files, threads, file => (Name: file, Report: MeasureFile(Path.Combine(folder, file), NotesOf(file, notes), reference, hand, cancellation)), Tell, cancellation);
        var all = (Name: $"all {measured.Count}", Report: MotionReport.Combine([.. measured.Select(one => one.Report)]));
        Tell(all);
        if (json) Console.Out.WriteLine(ReportTable.ToJson(measured.Append(all).Select(one => new JsonObject { ["motion"] = one.Name.Replace('\\', '/'), ["report"] = JsonNode.Parse(one.Report.ToJson()) })));

        void Tell((string Name, MotionReport Report) one)
        {
            if (!json) Console.Out.WriteLine($"{ReportTable.Name(one.Name)} {one.Report.FrameCount / one.Report.Fps,6:0} {ReportTable.Columns(one.Report)}");
        }
    }

    // Beside the motion's place in its folder, or straight in the notes' folder.
    private static string? NotesOf(string file, string? folder)
    {
        if (folder is null) return null;
        string[] candidates = [Path.Combine(folder, Path.ChangeExtension(file, ".mid")), Path.Combine(folder, Path.GetFileNameWithoutExtension(file) + ".mid")];
        return candidates.FirstOrDefault(File.Exists) ?? throw new UnreadableFileException(candidates[0], "", $"is missing; there are no notes for {file}");
    }

    private static MotionReport MeasureFile(string path, string? notes, TwoHandClip? reference, HandChoice? hand, CancellationToken cancellation) => CommandHost.LeftWhenStopped(() =>
    {
        var clip = Read(path, hand);
        return MotionReport.Measure(clip, notes is null ? null : MusicInput.ReadScore(notes, cancellation: cancellation).Notes) with
        {
            Reference = reference is null ? null : PhysicalMeasures.Measure(reference.Resample(clip.Fps)),
        };
    }, cancellation);

    private static TwoHandClip Read(string path, HandChoice? hand)
    {
        InputFile.Check(path);
        var clip = hand is null ? MotionFile.Read(path) : hand.Read(path);
        return clip.FrameCount > 0 ? clip : throw new UnreadableFileException(path, "", "has no frames");
    }
}
