using System.CommandLine;
using System.Text.Json;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Corpus.Layout;
using Duomano.Inference;
using Duomano.Inference.Models;

namespace Duomano.Cli.Commands;

/// <summary>The part of duomano evaluate that prints the paper's table.</summary>
internal sealed class PaperOptions
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Option<bool> _pieces = new("--pieces") { Description = "Measure the whole pieces of a data set as those of a folder of MIDI files, and not its windows by the paper's measures." };
    private readonly Option<int> _seeds = NumberOption.Of("--seeds", "On a data set: how many seeds to generate with, from --seed on; figures get their mean and spread. With --controls: seeds that are compared.", 1, 1);
    private readonly Option<int> _windows = NumberOption.Of("--windows", "On a data set: windows of 8 s to take from each sequence, from its start; 1 as published.", 1, 1);
    private readonly Option<bool> _listen = new("--listen") { Description = "On a data set: generate from the recordings even where notes are known." };
    private readonly Option<string?> _autoencoder = new("--autoencoder") { Description = "On a data set: a gesture autoencoder for FGD, the published checkpoint, one trained by duomano-train, or 'bundled' (usual with --samplers).", HelpName = "FILE" };

    private readonly Option<bool> _samplers = new("--samplers") { Description = "On a data set: instead of the paper's table one of samplers, DPM-Solver++ in 4 to 50 steps and DDIM in 50 against the full ancestral sampler: FID, FGD, PD, note F1 (raw and refined) and time, with --seeds their spread." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_pieces, _seeds, _windows, _listen, _autoencoder, _samplers]) command.Options.Add(option);
    }

    /// <summary>Whether a folder is a data set and its windows are asked for.</summary>
    public bool Wanted(ParseResult parsed, string folder) =>
        !parsed.GetValue(_pieces) && CorpusSplits.All.Any(part => File.Exists(Path.Combine(folder, part.ListFile())));

    /// <summary>How many seeds are asked for.</summary>
    public int Seeds(ParseResult parsed) => parsed.GetValue(_seeds);

    /// <summary>The autoencoder's file, where one is named.</summary>
    public string? AutoencoderFile(ParseResult parsed) => parsed.GetValue(_autoencoder) is { } file && file != BundledAutoencoder.Name ? file : null;

    /// <summary>Prints the table.</summary>
    public void Run(ParseResult parsed, string folder, CorpusSplit split, string model, GenerationOptions options, InferencePrecision precision, int threads, HandChoice? hand, string? json, CancellationToken cancellation)
    {
        var seeds = parsed.GetValue(_seeds);
        var windows = AnnotatedWindow.List(
            folder, split, parsed.GetValue(_windows),
            (recording, start) => MusicInput.Read(recording, start, AnnotatedWindow.Seconds, model, threads, cancellation: cancellation).Notes, parsed.GetValue(_listen),
            ModelConfig.Read(model).TakesSound, hand);
        var compares = parsed.GetValue(_samplers);
        var autoencoder = parsed.GetValue(_autoencoder) ?? (compares ? BundledAutoencoder.Name : null);
        var evaluation = new PaperEvaluation(model, options, seeds, autoencoder == BundledAutoencoder.Name ? BundledAutoencoder.Path : autoencoder, threads) { Precision = precision };
        if (compares)
        {
            Compare(evaluation, windows, json, cancellation);
            return;
        }

        var table = evaluation.Run(windows, cancellation);
        Console.Out.WriteLine($"{table.Windows} windows of {table.WindowSeconds} s, {table.Runs.Count} {(table.Runs.Count == 1 ? "seed" : "seeds")}");
        Console.Out.Write(table.ToText());
        if (json is not null) WholeFile.Write(json, stream => JsonSerializer.Serialize(stream, table.ToJson(), Indented), cancellation);
    }

    private static void Compare(PaperEvaluation evaluation, IReadOnlyList<AnnotatedWindow> windows, string? json, CancellationToken cancellation)
    {
        var diffusion = ModelConfig.Read(evaluation.ModelFolder).Diffusion;
        Console.Out.WriteLine($"{windows.Count} windows of {AnnotatedWindow.Seconds} s, {evaluation.Seeds} {(evaluation.Seeds == 1 ? "seed" : "seeds")}, temperature {evaluation.Generation.Temperature ?? diffusion.Temperature:0.##}");
        Console.Out.WriteLine(SamplerTable.Heading);
        var table = SamplerTable.Measure(
            evaluation, windows, (diffusion.Sampler, diffusion.Steps, diffusion.Timesteps), row => Console.Out.WriteLine(SamplerTable.ToLine(row)), cancellation);
        Console.Out.WriteLine(table.Conclusion());
        if (json is not null) WholeFile.Write(json, stream => JsonSerializer.Serialize(stream, table.ToJson(), Indented), cancellation);
    }
}
