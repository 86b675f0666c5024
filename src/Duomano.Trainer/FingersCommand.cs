using System.CommandLine;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Training.Fingering;

namespace Duomano.Trainer;

/// <summary><c>duomano-train fingers</c>: the costs that tell which finger plays a note.</summary>
internal static class FingersCommand
{
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "Folder of fingering tables (.tsv) with the fingers that editions print.", Required = true };
    private static readonly Option<FileInfo> Output = new("--output", "-o") { Description = "Costs to write; src/Duomano.Core/Fingering/fingers.net is built into the program.", Required = true, HelpName = "OUT.net" };
    private static readonly Option<int> Passes = NumberOption.Of<int>("--passes", "How often all printed fingers are gone through.", new FingerTrainingOptions().Passes, 1);

    public static Command Create()
    {
        var command = new Command("fingers", "Train the costs that tell which finger plays a note.") { Data, Output, Passes };
        command.SetAction((parsed, cancellation) =>
        {
            var pieces = Directory.EnumerateFiles(parsed.GetRequiredValue(Data).FullName, "*.tsv").Order(StringComparer.Ordinal).Select(Read).ToList();
            Console.WriteLine($"{pieces.Count} pieces, {pieces.Sum(piece => piece.Count(note => note.Finger is not null))} printed fingers");
            var training = new FingerTraining(pieces, new() { Passes = parsed.GetValue(Passes) });
            WholeFile.Write(parsed.GetRequiredValue(Output).FullName, stream => training.Run(stream, new Lines(), cancellation));
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static IReadOnlyList<Note> Read(string path) => new Score(FingeringTable.Read(path).Notes.Where(note => note.Hand is not null)).Notes;

    private sealed class Lines : IProgress<FingerTrainingProgress>
    {
        public void Report(FingerTrainingProgress value) =>
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pass {value.Pass} of {value.Passes}: loss {value.Loss:0.0000}"));
    }
}
