using System.Text.Json;
using System.Text.Json.Serialization;
using Duomano.Core.Files;

namespace Duomano.Corpus.Layout;

/// <summary>How a corpus's own descriptions are written and read: snake_case, what is not there left out.</summary>
internal static class CorpusJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>A value as part of another file.</summary>
    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <summary>Writes a file.</summary>
    public static void Write<T>(string path, T value) => WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, value, Options));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for the message.</param>
    /// <exception cref="UnreadableFileException">It is none.</exception>
    public static T Read<T>(string path, string what)
        where T : class
    {
        try
        {
            using var stream = OrdinaryFile.OpenRead(path);
            return JsonSerializer.Deserialize<T>(stream, Options) ?? throw new UnreadableFileException(path, "", "is empty.");
        }
        catch (JsonException error)
        {
            throw new UnreadableFileException(path, $"line {error.LineNumber + 1}", $"is not {what}.", error);
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new UnreadableFileException(path, "", $"is not {what}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
