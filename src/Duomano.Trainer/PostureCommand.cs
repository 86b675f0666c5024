using System.CommandLine;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Formats.Motion;
using Duomano.Training.Posture;

namespace Duomano.Trainer;

/// <summary><c>duomano-train posture</c>: the network that tells where a hand is while it plays.</summary>
internal static class PostureCommand
{
    private static readonly Option<FileInfo> People = new("--people") { Description = "Recorded pianists (.npz); the songs that duomano evaluate --people holds out are not learned from.", Required = true, HelpName = "FILE.npz" };
    private static readonly Option<FileInfo> Output = new("--output", "-o") { Description = "Network to write; src/Duomano.Core/Performing/posture.net is built into the program.", Required = true, HelpName = "OUT.net" };
    private static readonly Option<int> Passes = new("--passes") { Description = "How often all frames are gone through.", DefaultValueFactory = _ => new PostureTrainingOptions().Passes };
    private static readonly Option<long> Seed = new("--seed") { Description = "Equal seeds give equal networks.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("posture", "Train the network that tells the kinematic pianist where a person's wrist and fingers are.") { People, Output, Passes, Seed };
        command.SetAction((parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(People).FullName;
            if (!File.Exists(path)) throw new FileNotFoundException($"{path}: there is no such file.");
            OutputCheck.Check([parsed.GetRequiredValue(Output).ToString()], path);
            var training = new PostureTraining(RecordedPeopleFile.Read(path), new() { Passes = parsed.GetValue(Passes), Seed = parsed.GetValue(Seed) });
            Console.WriteLine($"{training.FrameCount} frames of a hand");
            WholeFile.Write(parsed.GetRequiredValue(Output).FullName, stream => training.Run(stream, new Lines(), cancellation), cancellation);
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private sealed class Lines : IProgress<PostureTrainingProgress>
    {
        public void Report(PostureTrainingProgress value) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"pass {value.Pass} of {value.Passes}: {value.Error * 1000:0.00} mm, held-out songs {value.HeldOutError * 1000:0.00} mm"));
    }
}
