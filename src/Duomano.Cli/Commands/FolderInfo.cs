using Duomano.Cli.Folders;
using Duomano.Core.Files;
using Duomano.Corpus.Layout;
using Duomano.Inference.Models;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;

namespace Duomano.Cli.Commands;

/// <summary>What `info` says of a folder: a model or a data set.</summary>
internal static class FolderInfo
{
    private const int MostProblems = 200;

    public static IEnumerable<(string Name, string Value)> Of(string path)
    {
        if (File.Exists(Path.Combine(path, ModelConfig.FileName))) return OfModel(path);
        if (CorpusSplits.All.Any(split => File.Exists(Path.Combine(path, split.ListFile())))) return OfDataset(path);
        if (FolderState.Of(path) is { } state) return OfWork(state);
        throw new UnreadableFileException(path, "", $"is neither a model directory (config.json) nor a data set (train.txt, valid.txt, test.txt), nor was a folder of pieces worked on into it ({FolderManifest.FolderName})");
    }

    private static IEnumerable<(string, string)> OfModel(string path)
    {
        var config = ModelConfig.Read(path);
        yield return ("kind", "model directory");
        yield return ("windows", $"{config.WindowFrames} frames at {config.Fps:0.###} a second, {config.OverlapFrames} shared");
        yield return ("conditioned on", config.Position.AudioEncoder is { } encoder ? $"sound, by an audio encoder of width {encoder.Width} with {encoder.Layers} layers" : "notes");
        yield return ("position", $"{PositionNetwork.Parameters(config.Position, config.Compatibility).Sum(parameter => parameter.Count):N0} parameters a hand");
        yield return ("gesture", $"{TwoHandUNet.Parameters(config.Gesture, config.Compatibility).Sum(parameter => parameter.Count):N0} parameters a hand, dim {config.Gesture.Dim}, fusion {config.Gesture.Fusion}");
        yield return ("diffusion", $"{config.Diffusion.Timesteps} steps, objective {config.Diffusion.Objective}; sampled by {config.Diffusion.Sampler} in {config.Diffusion.Steps}");
        foreach (var file in Directory.EnumerateFiles(path).Order(StringComparer.Ordinal)) yield return ("file", $"{Path.GetFileName(file)}, {new FileInfo(file).Length / 1024.0:N0} KiB");
    }

    private static IEnumerable<(string, string)> OfWork(FolderState state)
    {
        yield return ("kind", $"{string.Join(", ", state.Run.Formats)} made of a folder of pieces by duomano {state.Run.Command}");
        yield return ("options", string.Join(' ', state.Run.Chosen));
        yield return ("pieces", $"{state.Pieces}");
        yield return ("done", $"{state.Done.Count}");
        yield return ("failed", $"{state.Failed.Count}");
        yield return ("not made yet", $"{state.Missing}");
        foreach (var failure in state.Failed.Take(MostProblems)) yield return ("failure", $"{failure.Piece}: {failure.Reason}");
        if (state.Failed.Count > MostProblems) yield return ("failure", $"and {state.Failed.Count - MostProblems} more");
        foreach (var piece in state.Waiting.Take(MostProblems)) yield return ("waiting", piece);
        if (state.Waiting.Count > MostProblems) yield return ("waiting", $"and {state.Waiting.Count - MostProblems} more");
        foreach (var shard in state.NotBegun.Take(MostProblems)) yield return ("not begun", $"shard {shard}");
    }

    private static IEnumerable<(string, string)> OfDataset(string path)
    {
        var reader = new CorpusReader(path);
        var report = reader.Inspect(thorough: true);
        yield return ("kind", reader.Description is null ? "data set in the PianoMotion10M layout" : "corpus made by Duomano");
        foreach (var (split, part) in report.Splits)
        {
            yield return (split.Name(), $"{part.Videos} pieces, {part.Sequences} sequences, {part.WithSound} with sound, {part.Hours:0.00} h, {part.ValidShare:P1} of the frames valid");
        }

        yield return ("problems", $"{report.Problems.Count}");
        foreach (var problem in report.Problems.Take(MostProblems)) yield return ("problem", problem);
        if (report.Problems.Count > MostProblems) yield return ("problem", $"and {report.Problems.Count - MostProblems} more");
    }
}
