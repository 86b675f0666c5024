using System.Text.Json;
using System.Text.Json.Serialization;
using Duomano.Core.Files;
using Duomano.Networks.Listening;

namespace Duomano.Inference.Listening;

/// <summary>What a model directory's config.json says about the listening network, in its section "listening".</summary>
public sealed record ListeningModel
{
    /// <summary>Name of the weights' file in a model directory.</summary>
    public const string WeightsName = "listening.safetensors";

    /// <summary>Name of the section in config.json.</summary>
    public const string Section = "listening";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The network's sizes.</summary>
    public ListeningConfig Network { get; init; } = new();

    /// <summary>How its outputs are made notes.</summary>
    public NoteDecoderOptions Decoder { get; init; } = new();

    /// <summary>Reads the section of a model directory's config.json.</summary>
    /// <param name="folder">The model directory.</param>
    /// <exception cref="FileNotFoundException">There is no config.json.</exception>
    /// <exception cref="UnreadableFileException">It has no such section, or one with impossible values.</exception>
    public static ListeningModel Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path)) throw new FileNotFoundException($"{folder} is no model directory: it has no config.json.", path);
        try
        {
            using var document = JsonDocument.Parse(OrdinaryFile.ReadAllText(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(Section, out var section))
            {
                throw new UnreadableFileException(path, "", $"no section \"{Section}\"");
            }

            return section.Deserialize<ListeningModel>(Json) ?? throw new UnreadableFileException(path, Section, "null instead of the network's sizes");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new UnreadableFileException(path, Section, problem.Message.Split('\n')[0].Trim(), problem);
        }
    }
}
