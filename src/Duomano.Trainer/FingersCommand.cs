using System.CommandLine;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Motion;
using Duomano.Training.Fingering;
using Duomano.Training.Torch;

namespace Duomano.Trainer;

/// <summary><c>duomano-train fingers</c>: what tells which finger plays a note.</summary>
internal static class FingersCommand
{
    private static readonly Option<DirectoryInfo[]> Data = new("--data") { Description = "Folder of fingering tables (.tsv) or scores (MusicXML) with the fingers that editions print; may be given several times.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<FileInfo?> People = new("--people") { Description = "Recorded pianists (.npz) to learn from.", HelpName = "FILE.npz" };
    private static readonly Option<FileInfo?> Output = new("--output", "-o") { Description = "Model to write; src/Duomano.Core/Fingering/fingers.net is built into the program.", HelpName = "OUT.net" };
    private static readonly Option<int> Folds = NumberOption.Of<int>("--folds", "Instead of writing a model, hold each of the recorded songs out once in so many trainings, and tell how many of their fingers agree.", 0, 0, 100);
    private static readonly Option<int> Passes = NumberOption.Of<int>("--passes", "How often all known fingers are gone through.", new FingerTrainingOptions().Passes, 1);
    private static readonly Option<int> Steps = NumberOption.Of<int>("--steps", "Steps of the network that reads a hand's notes.", new FingerTrainingOptions().ReaderSteps, 1);

    public static Command Create()
    {
        var command = new Command("fingers", "Train what tells which finger plays a note.") { Data, People, Output, Folds, Passes, Steps };
        command.SetAction((parsed, cancellation) =>
        {
            var folds = parsed.GetValue(Folds);
            if ((parsed.GetValue(Output) is null) == (folds == 0)) throw new ArgumentException("Give either --output OUT.net or --folds N.");
            if (folds is not 0 and < 2) throw new ArgumentException($"--folds is {folds}; at least 2 are needed to hold every song out once.");
            OutputCheck.Check([parsed.GetValue(Output)?.ToString()], [parsed.GetValue(People)?.ToString(), .. (parsed.GetValue(Data) ?? []).Select(folder => folder.ToString())]);
            TorchRuntime.Initialize(Environment.ProcessorCount);
            List<FingeredPiece> pieces = [.. PrintedFingers.Read((parsed.GetValue(Data) ?? []).Select(folder => folder.FullName))];
            if (parsed.GetValue(People) is { } people) pieces.AddRange(RecordedPeopleFile.Read(people.FullName).Select(episode => new FingeredPiece(episode.Score.Notes, false)));
            else if (folds > 0) throw new ArgumentException("--folds holds out songs of recorded pianists: give --people FILE.npz.");
            Console.WriteLine($"{pieces.Count} pieces; fingers: {Known(pieces, true)} printed, {Known(pieces, false)} played");
            var training = new FingerTraining(pieces, new() { Passes = parsed.GetValue(Passes), ReaderSteps = parsed.GetValue(Steps) });
            if (folds > 0) CrossValidate(training, folds, cancellation);
            else WholeFile.Write(parsed.GetValue(Output)!.FullName, stream => training.Run(stream, new NoteTrainingLines(), cancellation), cancellation);
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static void CrossValidate(FingerTraining training, int folds, CancellationToken cancellation)
    {
        var shares = new List<(int Agreeing, int Compared)>();
        foreach (var fold in training.CrossValidate(folds, new NoteTrainingLines(), cancellation))
        {
            shares.Add(fold);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held out {shares.Count} of {folds}: {fold.Agreeing} of {fold.Compared} fingers agree, {(double)fold.Agreeing / Math.Max(1, fold.Compared):0.0000}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all: {(double)shares.Sum(fold => fold.Agreeing) / Math.Max(1, shares.Sum(fold => fold.Compared)):0.0000}"));
    }

    private static int Known(List<FingeredPiece> pieces, bool printed) => pieces.Where(piece => piece.Printed == printed).Sum(piece => piece.Notes.Count(note => note.Finger is not null));
}
