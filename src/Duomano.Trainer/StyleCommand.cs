using System.CommandLine;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Playing;
using Duomano.Corpus.Layout;
using Duomano.Training.Motion;
using Duomano.Training.Style;

namespace Duomano.Trainer;

/// <summary><c>duomano-train style</c>: teaches to read styles off motions.</summary>
internal static class StyleCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "A corpus of recorded people and of the kinematic pianist.", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "The file to write.", Required = true };
        var command = new Command("style", "Learn to read off a motion who plays and how, and tell how well works that were not learned from are read.") { data, output };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var folder = parsed.GetRequiredValue(data).FullName;
            var training = CommandHost.WithProgress("loading the corpus", progress => MotionCorpus.Load(folder, CorpusSplit.Train, Environment.ProcessorCount, progress, cancellation));
            MotionExample[] held = [.. MotionCorpus.Load(folder, CorpusSplit.Valid, Environment.ProcessorCount, null, cancellation), .. MotionCorpus.Load(folder, CorpusSplit.Test, Environment.ProcessorCount, null, cancellation)];
            var reader = StyleReaderTraining.Fit(training);
            StyleReaderTraining.Write(reader, parsed.GetRequiredValue(output).FullName);
            var (explained, told) = StyleReaderTraining.Measure(reader, held);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held out: {string.Join(", ", PlayerStyle.Numbers.Zip(explained, (number, share) => string.Create(CultureInfo.InvariantCulture, $"{number} R² {share:0.00}")))}; player told in {told:0.000}"));
            return CommandHost.Done;
        }, CancellationToken.None));
        return command;
    }
}
