using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Duomano.Core.Files;

namespace Duomano.Training.Running;

/// <summary>
/// Recipes: immutable records that say everything about a training, kept as JSON. A few come with the program by name
/// (such as "tiny-cpu" and "bundled"); any other name is a file.
/// </summary>
public static class RecipeFile
{
    private const string ResourcePrefix = "Recipes.";

    /// <summary>How recipes are written and read: camelCase, enumerations by name, no unknown members.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Names of the recipes that come with the program for a task.</summary>
    /// <param name="task">"listening", "position", "gesture" or "autoencoder".</param>
    public static IReadOnlyList<string> Names(string task) =>
        [.. typeof(RecipeFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{ResourcePrefix}{task}.", StringComparison.Ordinal))
            .Select(name => name[$"{ResourcePrefix}{task}.".Length..^".json".Length])
            .Order(StringComparer.Ordinal)];

    /// <summary>Loads a recipe by name, or from a file if it ends in .json.</summary>
    /// <typeparam name="TRecipe">The task's recipe record.</typeparam>
    /// <param name="task">"listening", "position", "gesture" or "autoencoder".</param>
    /// <param name="nameOrPath">A bundled name, or a path ending in ".json".</param>
    /// <exception cref="ArgumentException">No recipe has that name.</exception>
    /// <exception cref="UnreadableFileException">The file is not a recipe.</exception>
    public static TRecipe Load<TRecipe>(string task, string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(task);
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return Read<TRecipe>(nameOrPath);
        using var stream = typeof(RecipeFile).Assembly.GetManifestResourceStream($"{ResourcePrefix}{task}.{nameOrPath}.json")
            ?? throw new ArgumentException(
                $"There is no {task} recipe '{nameOrPath}'; there are {string.Join(", ", Names(task))}, or a path ending in .json.",
                nameof(nameOrPath));
        using var reader = new StreamReader(stream);
        return Parse<TRecipe>(reader.ReadToEnd(), nameOrPath);
    }

    /// <summary>Reads a recipe from a file.</summary>
    /// <exception cref="UnreadableFileException">The file is not a recipe.</exception>
    public static TRecipe Read<TRecipe>(string path) => Parse<TRecipe>(OrdinaryFile.ReadAllText(path), path);

    /// <summary>Writes a recipe.</summary>
    public static void Write<TRecipe>(string path, TRecipe recipe) =>
        WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, recipe, Json));

    private static TRecipe Parse<TRecipe>(string text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TRecipe>(text, Json)
                ?? throw new UnreadableFileException(path, "", "null where a recipe was expected");
        }
        catch (JsonException problem)
        {
            var place = problem.LineNumber is { } line ? $"line {line + 1}" : "";
            throw new UnreadableFileException(path, place, FirstLine(problem.Message), problem);
        }
        catch (Exception problem) when (problem is ArgumentException || problem is TargetInvocationException { InnerException: ArgumentException })
        {
            throw new UnreadableFileException(path, "", FirstLine((problem.InnerException ?? problem).Message), problem);
        }
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
