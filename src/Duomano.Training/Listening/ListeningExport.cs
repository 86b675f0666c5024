using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Duomano.Core.Files;
using Duomano.Inference.Listening;
using Duomano.Networks.Checkpoints;
using Duomano.Training.Running;

namespace Duomano.Training.Listening;

/// <summary>Writes a trained listening network as its part of a model directory.</summary>
public static class ListeningExport
{
    /// <summary>Metadata of the parameters: the onset threshold that validation found best.</summary>
    public const string ThresholdName = "onset_threshold";

    /// <summary>Writes <c>listening.safetensors</c> (float16) and the section <c>listening</c> of <c>config.json</c>.</summary>
    /// <param name="folder">The model directory; other sections of its config.json stay as they are.</param>
    /// <param name="recipe">What it was trained with; its onset threshold gives way to the one that validation found best.</param>
    /// <param name="parametersPath">The trained parameters.</param>
    /// <exception cref="UnreadableFileException">The parameters or the present config.json cannot be read.</exception>
    public static void Write(string folder, ListeningRecipe recipe, string parametersPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(recipe);
        var weights = Safetensors.Read(parametersPath);
        Safetensors.Write(Path.Combine(folder, ListeningModel.WeightsName), weights.Tensors, weights.Metadata, SafetensorsPrecision.Float16);
        var path = Path.Combine(folder, "config.json");
        var config = ReadConfig(path);
        var model = new ListeningModel { Network = recipe.Network, Decoder = Decoder(recipe, weights.Metadata) };
        config[ListeningModel.Section] = JsonSerializer.SerializeToNode(model, RecipeFile.Json);
        WholeFile.Write(path, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            config.WriteTo(writer);
        });
    }

    /// <summary>Writes the best parameters of a training run.</summary>
    /// <param name="folder">The model directory.</param>
    /// <param name="runFolder">Folder of a listening training.</param>
    /// <exception cref="UnreadableFileException">The run has no best parameters yet.</exception>
    public static void WriteRun(string folder, string runFolder)
    {
        using var run = TrainingRun.Resume<ListeningRecipe>(runFolder, out var recipe);
        Write(folder, recipe, run.BestParametersPath);
    }

    private static NoteDecoderOptions Decoder(ListeningRecipe recipe, IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(ThresholdName, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var threshold) && threshold is > 0 and < 1
            ? recipe.Decoder with { OnsetThreshold = threshold }
            : recipe.Decoder;

    private static JsonObject ReadConfig(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonNode.Parse(OrdinaryFile.ReadAllText(path)) as JsonObject ?? throw new UnreadableFileException(path, "", "not a JSON object");
        }
        catch (JsonException problem)
        {
            throw new UnreadableFileException(path, "", problem.Message.Split('\n')[0], problem);
        }
    }
}
