using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Networks.Configuration;

namespace Duomano.Networks.Checkpoints;

/// <summary>One JSON file of an audio encoder's folder. What it leaves out has the value that its makers' library gives it.</summary>
internal sealed class EncoderSettings : IDisposable
{
    private const double Epsilon = 1e-5;
    private readonly string _path;
    private readonly JsonDocument _document;

    private EncoderSettings(string path, JsonDocument document) => (_path, _document) = (path, document);

    public static EncoderSettings Open(string path)
    {
        if (!File.Exists(path)) throw new UnreadableFileException(path, "", "an audio encoder's folder has this file; there is none");
        try
        {
            var document = JsonDocument.Parse(OrdinaryFile.ReadAllText(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new(path, document);
            document.Dispose();
            throw new UnreadableFileException(path, "", "is no JSON object");
        }
        catch (JsonException problem)
        {
            throw new UnreadableFileException(path, $"line {problem.LineNumber + 1}", "is not JSON", problem);
        }
    }

    /// <summary>The sizes of config.json.</summary>
    public AudioEncoderConfig Encoder(bool normalizes)
    {
        RequireOneOf("model_type", null, "hubert", "wav2vec2");
        RequireOneOf("hidden_act", "gelu", "gelu");
        RequireOneOf("feat_extract_activation", "gelu", "gelu");
        Require("add_adapter", false);
        Require("conv_pos_batch_norm", false);
        if (Find("adapter_attn_dim") is { ValueKind: not JsonValueKind.Null }) throw Fail("adapter_attn_dim", "adapters are not known");
        if (Find("layer_norm_eps") is { } epsilon && !(epsilon.ValueKind == JsonValueKind.Number && Math.Abs(epsilon.GetDouble() - Epsilon) < 1e-9))
        {
            throw Fail("layer_norm_eps", $"is {Shown(epsilon)}, only {Epsilon} is known");
        }

        try
        {
            var known = AudioEncoderConfig.Base;
            var config = new AudioEncoderConfig
            {
                ConvWidths = Integers("conv_dim", known.ConvWidths),
                ConvKernels = Integers("conv_kernel", known.ConvKernels),
                ConvStrides = Integers("conv_stride", known.ConvStrides),
                ConvBias = Flag("conv_bias", false),
                ExtractorNorm = RequireOneOf("feat_extract_norm", "group", "group", "layer") == "layer" ? ExtractorNorm.EveryLayer : ExtractorNorm.FirstLayerGroups,
                ProjectionNorm = Flag("feat_proj_layer_norm", true),
                Width = Integer("hidden_size", known.Width),
                Layers = Integer("num_hidden_layers", known.Layers),
                Heads = Integer("num_attention_heads", known.Heads),
                FeedForward = Integer("intermediate_size", known.FeedForward),
                PositionKernel = Integer("num_conv_pos_embeddings", known.PositionKernel),
                PositionGroups = Integer("num_conv_pos_embedding_groups", known.PositionGroups),
                PreNorm = Flag("do_stable_layer_norm", false),
                NormalizesSound = normalizes,
            };
            config.Validate();
            return config;
        }
        catch (ArgumentException problem)
        {
            throw new UnreadableFileException(_path, "", problem.Message.Split('\n')[0], problem);
        }
    }

    public bool Flag(string name, bool otherwise) => Find(name) is not { } found ? otherwise
        : found.ValueKind is JsonValueKind.True or JsonValueKind.False ? found.GetBoolean()
        : throw Fail(name, $"is {Shown(found)}, expected true or false");

    public void Require(string name, int value)
    {
        if (Integer(name, value) is var found && found != value) throw Fail(name, $"is {found}, only {value} is known");
    }

    public void Dispose() => _document.Dispose();

    private void Require(string name, bool value)
    {
        if (Flag(name, value) != value) throw Fail(name, $"is {(value ? "false" : "true")}, which is not known");
    }

    private string RequireOneOf(string name, string? otherwise, params string[] known)
    {
        var found = Find(name);
        if (found is null && otherwise is not null) return otherwise;
        var text = found is { ValueKind: JsonValueKind.String } element ? element.GetString()! : null;
        return text is not null && known.Contains(text, StringComparer.Ordinal)
            ? text
            : throw Fail(name, found is null ? $"is missing; known are {string.Join(", ", known)}" : $"is {Shown(found.Value)}, known are {string.Join(", ", known)}");
    }

    private int Integer(string name, int otherwise) => Find(name) is not { } found ? otherwise
        : found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var value) ? value
        : throw Fail(name, $"is {Shown(found)}, expected a whole number");

    private IReadOnlyList<int> Integers(string name, IReadOnlyList<int> otherwise) => Find(name) is not { } found ? otherwise
        : found.ValueKind == JsonValueKind.Array && found.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _)) ? [.. found.EnumerateArray().Select(item => item.GetInt32())]
        : throw Fail(name, $"is {Shown(found)}, expected a list of whole numbers");

    private JsonElement? Find(string name) => _document.RootElement.TryGetProperty(name, out var found) ? found : null;

    private static string Shown(JsonElement element) => FileWords.Quote(element.GetRawText());

    private UnreadableFileException Fail(string name, string problem) => new(_path, name, problem);
}
