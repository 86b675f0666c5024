using System.CommandLine;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Training.Fingering;

namespace Duomano.Trainer;

/// <summary><c>duomano-train hands</c>: the network that tells which hand plays a note.</summary>
internal static class HandsCommand
{
    private static readonly Option<DirectoryInfo[]> Data = new("--data") { Description = "Folder of MIDI files with a track a hand; may be given several times.", Required = true, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<FileInfo> Output = new("--output", "-o") { Description = "Network to write; src/Duomano.Core/Fingering/hands.net is built into the program.", Required = true, HelpName = "OUT.net" };
    private static readonly Option<int> Passes = NumberOption.Of<int>("--passes", "How often all notes are gone through.", new HandTrainingOptions().Passes, 1);
    private static readonly Option<int> Networks = NumberOption.Of<int>("--networks", "How many networks are trained; what is written answers with their mean.", new HandTrainingOptions().Networks, 1);
    private static readonly Option<long> Seed = NumberOption.Of<long>("--seed", "Equal seeds give equal networks.", 1);

    public static Command Create()
    {
        var command = new Command("hands", "Train the network that tells which hand plays a note.") { Data, Output, Passes, Networks, Seed };
        command.SetAction((parsed, cancellation) =>
        {
            var pieces = HandPieces.Read(parsed.GetRequiredValue(Data).Select(folder => folder.FullName));
            Console.WriteLine($"{pieces.Count} pieces, {pieces.Sum(piece => piece.Count)} notes");
            var training = new HandTraining(pieces, new() { Passes = parsed.GetValue(Passes), Networks = parsed.GetValue(Networks), Seed = parsed.GetValue(Seed) });
            WholeFile.Write(parsed.GetRequiredValue(Output).FullName, stream => training.Run(stream, new Lines(), cancellation));
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private sealed class Lines : IProgress<HandTrainingProgress>
    {
        public void Report(HandTrainingProgress value) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"network {value.Network}, pass {value.Pass} of {value.Passes}: loss {value.Loss:0.0000}, agreement {value.Agreement:0.0000}"));
    }
}
