using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Formats.Motion;
using Duomano.Training.Fingering;
using Duomano.Training.Torch;

namespace Duomano.Trainer;

/// <summary><c>duomano-train hands</c>: the network that tells which hand plays a note.</summary>
internal static class HandsCommand
{
    private static readonly Option<DirectoryInfo[]> Data = new("--data") { Description = "Folder of MIDI files with a track a hand or of MusicXML scores; may be given several times.", Required = true, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<FileInfo> Output = new("--output", "-o") { Description = "Network to write; src/Duomano.Core/Fingering/hands.net is built into the program.", Required = true, HelpName = "OUT.net" };
    private static readonly Option<int> Passes = NumberOption.Of<int>("--passes", "How often all notes are gone through.", new HandTrainingOptions().Passes, 1);
    private static readonly Option<int> Networks = NumberOption.Of<int>("--networks", "How many networks are trained; what is written answers with their mean.", new HandTrainingOptions().Networks, 1, 16);
    private static readonly Option<FileInfo?> People = new("--people") { Description = "Recorded pianists (.npz) to learn from as well.", HelpName = "FILE.npz" };
    private static readonly Option<DirectoryInfo?> Work = new("--work") { Description = "Folder for the parts that are done; a training that was stopped goes on from them.", HelpName = "DIR" };
    private static readonly Option<int> Steps = NumberOption.Of<int>("--steps", "Steps of the network that reads whole pieces, by itself and then together with the other one.", new HandTrainingOptions().ReaderSteps, 1);
    private static readonly Option<long> Seed = NumberOption.Of<long>("--seed", "Equal seeds give equal networks.", 1);

    public static Command Create()
    {
        var command = new Command("hands", "Train the network that tells which hand plays a note.") { Data, People, Output, Work, Passes, Networks, Steps, Seed };
        command.SetAction((parsed, cancellation) =>
        {
            OutputCheck.Check([parsed.GetRequiredValue(Output).ToString()], [parsed.GetValue(People)?.ToString(), .. parsed.GetRequiredValue(Data).Select(folder => folder.ToString())]);
            TorchRuntime.Initialize(Environment.ProcessorCount);
            var pieces = HandPieces.Read(parsed.GetRequiredValue(Data).Select(folder => folder.FullName));
            if (parsed.GetValue(People) is { } people) pieces = [.. pieces, .. RecordedPeopleFile.Read(people.FullName).Select(episode => episode.Score.Notes)];
            parsed.GetValue(Work)?.Create();
            Console.WriteLine($"{pieces.Count} pieces, {pieces.Sum(piece => piece.Count)} notes");
            var training = new HandTraining(pieces, new() { Passes = parsed.GetValue(Passes), Networks = parsed.GetValue(Networks), ReaderSteps = parsed.GetValue(Steps), JointSteps = parsed.GetValue(Steps), Seed = parsed.GetValue(Seed) });
            WholeFile.Write(parsed.GetRequiredValue(Output).FullName, stream => training.Run(stream, parsed.GetValue(Work)?.FullName, new NoteTrainingLines(), cancellation), cancellation);
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }
}
