using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Fingering;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Formats.Midi;

namespace Duomano.Cli.Commands;

/// <summary>duomano fingering: which hand and finger plays each note, written as a table and compared with another one.</summary>
internal static class FingeringCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "A MIDI file, or a folder of them." };
        var output = new Option<string?>("--output", "-o") { Description = "Table to write (.tsv) or MIDI file (.mid); for a folder, the folder to write tables to.", HelpName = "OUT" };
        var fingering = SharedOptions.Fingering();
        var merge = new Option<bool>("--merge") { Description = "Forget hands and fingers that the MIDI file tells, as if it had one track. Without --against, its own hands and fingers are compared with." };
        var against = new Option<string?>("--against") { Description = "Table with the hands and fingers to compare with; for a folder, the folder of tables named as the MIDI files (NAME.tsv or NAME.hands.tsv).", HelpName = "TSV|DIR" };
        var handSize = SharedOptions.HandSize();
        var command = new Command("fingering", "Say which hand and finger plays each note, and how much of it agrees with another fingering.") { input, output, fingering, merge, against, handSize };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetValue(input)!;
            var options = new FingeringOptions { HandSize = parsed.GetValue(handSize) };
            var isFolder = Directory.Exists(path);
            if (isFolder && parsed.GetValue(fingering) is not null) throw new ArgumentException("--fingering is for a single MIDI file, not for a folder.");
            if (!isFolder && parsed.GetValue(output) is { } target) CheckOutput(target);
            var given = parsed.GetValue(fingering) is { } givenPath ? GivenFingers.Read(givenPath) : null;
            var compares = parsed.GetValue(merge) || parsed.GetValue(against) is not null;
            if (!compares && parsed.GetValue(output) is null) throw new ArgumentException("Give --output OUT.tsv, or --against or --merge to compare.");
            var table = new List<FingeringComparison>();
            if (compares) Console.Out.WriteLine(FingeringComparison.Heading);
            foreach (var midi in isFolder ? PieceFolder.List(path, CorpusSplit.Test).Select(piece => piece.Midi) : [path])
            {
                cancellation.ThrowIfCancellationRequested();
                var written = MusicInput.ReadMidi(midi);
                var truth = Truth(midi, written, parsed.GetValue(against), isFolder);
                if (isFolder && compares && truth is null) continue;
                var score = parsed.GetValue(merge) ? written.WithNotes(written.Notes.Select(note => note with { Hand = null, Finger = null })) : written;
                var (plan, comparison) = FingeringComparison.Of(Path.GetFileNameWithoutExtension(midi), GivenFingers.Apply(score, given), truth, options);
                table.Add(comparison);
                if (compares) Console.Out.WriteLine(comparison.ToLine());
                if (plan.Unplayable.Count > 0) CommandHost.Say($"{midi}: {plan.Unplayable.Count} of {plan.Notes.Count} notes are out of reach of their hand's fingers");
                if (parsed.GetValue(output) is { } place) Write(isFolder ? Path.Combine(place, comparison.Name + ".tsv") : place, score, plan);
            }

            if (isFolder && compares) Console.Out.WriteLine(FingeringComparison.Total(table).ToLine());
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static void CheckOutput(string path)
    {
        if (!MusicInput.IsMidi(path) && !path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)) throw new ArgumentException($"{path}: a fingering is written as .tsv or .mid.");
    }

    // The fingering to compare with; null where a folder has none for the piece.
    private static IReadOnlyList<Note>? Truth(string midi, Score written, string? against, bool isFolder)
    {
        if (against is null) return written.Notes;
        if (!isFolder) return GivenFingers.Read(against).Notes;
        if (!Directory.Exists(against)) throw new DirectoryNotFoundException($"{against}: there is no such folder.");
        string[] names = [".tsv", ".hands.tsv"];
        var found = names.Select(ending => Path.Combine(against, Path.GetFileNameWithoutExtension(midi) + ending)).FirstOrDefault(File.Exists);
        return found is null ? null : GivenFingers.Read(found).Notes;
    }

    private static void Write(string path, Score score, FingeringPlan plan)
    {
        if (MusicInput.IsMidi(path)) MidiFile.Write(path, score.WithNotes(plan.Notes));
        else FingeringTable.Write(path, plan.Notes);
    }
}
