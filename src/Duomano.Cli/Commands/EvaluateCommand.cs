using System.CommandLine;
using System.Text.Json;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Corpus.Layout;
using Duomano.Inference;

namespace Duomano.Cli.Commands;

/// <summary>duomano evaluate: a model against the kinematic pianist and the notes, over many pieces.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] Recordings = [".wav", ".flac", ".mp3", ".ogg", ".m4a"];

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "A folder of MIDI files, or a data set. Where a recording stands beside a MIDI file, the recording is played from and the MIDI file is the truth.", Required = true, HelpName = "DIR" };
        var split = new Option<CorpusSplit>("--split") { Description = "Part of a data set.", DefaultValueFactory = _ => CorpusSplit.Test };
        var json = new Option<string?>("--json") { Description = "Also write all figures to a file.", HelpName = "FILE" };
        var model = SharedOptions.Model();
        var seed = SharedOptions.Seed();
        var steps = SharedOptions.Steps();
        var sampler = SharedOptions.Sampler();
        var temperature = SharedOptions.Temperature();
        var threads = SharedOptions.Threads();
        var command = new Command("evaluate", "Measure a model on many pieces: wrists against the kinematic pianist's, keys pressed against the notes, speed.") { data, split, json, model, seed, steps, sampler, temperature, threads };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = parsed.GetValue(data)!;
            var pieces = Pieces(folder, parsed.GetValue(split));
            var threadCount = SharedOptions.AtLeastOne(parsed.GetValue(threads));
            var modelFolder = ModelFinder.Find(parsed.GetValue(model)!);
            var options = new GenerationOptions
            {
                Seed = parsed.GetValue(seed),
                Steps = parsed.GetValue(steps),
                Temperature = parsed.GetValue(temperature),
                Sampler = parsed.GetValue(sampler) is { } name ? Samplers.Parse(name) : null,
                Contact = false,
            };
            using var generator = MotionGenerator.Load(modelFolder, threadCount);
            var table = new List<PieceEvaluation>();
            Console.Out.WriteLine(PieceEvaluation.Heading);
            foreach (var (midi, recording) in pieces)
            {
                cancellation.ThrowIfCancellationRequested();
                table.Add(PieceEvaluation.Measure(generator, modelFolder, threadCount, midi, recording, options));
                Console.Out.WriteLine(table[^1].ToLine());
            }

            var all = PieceEvaluation.Total(table);
            Console.Out.WriteLine(all.ToLine());
            if (parsed.GetValue(json) is { } path)
            {
                WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, table.Append(all).Select(piece => piece.ToFigures()), Indented));
            }

            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static (string Midi, string? Recording)[] Pieces(string folder, CorpusSplit split)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        var midis = CorpusSplits.All.Any(part => File.Exists(Path.Combine(folder, part.ListFile())))
            ? new CorpusReader(folder).List(split).Select(item => item.MidiPath).OfType<string>().Distinct()
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(MusicInput.IsMidi);
        (string, string?)[] pieces = [.. midis.Order(StringComparer.Ordinal).Select(midi => (midi, Recordings.Select(extension => Path.ChangeExtension(midi, extension)).FirstOrDefault(File.Exists)))];
        return pieces.Length > 0 ? pieces : throw new UnreadableFileException(folder, "", "holds no MIDI file");
    }
}
