using System.Globalization;
using Duomano.Core.Files;
using Duomano.Training.Running;

namespace Duomano.Training.Ablation;

/// <summary>What was found of a variant that was trained with a seed.</summary>
public sealed record AblationRun
{
    private const string FileName = "figures.json";

    /// <summary>The variant's name.</summary>
    public required string Variant { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Steps it was trained for.</summary>
    public required int Steps { get; init; }

    /// <summary>Windows of a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Trained numbers of both hands together.</summary>
    public required long Parameters { get; init; }

    /// <summary>Windows that were measured.</summary>
    public required int Windows { get; init; }

    /// <summary>Figures by the title of how motion was drawn; those of the recipe itself first.</summary>
    public required IReadOnlyList<AblationRow> Rows { get; init; }

    /// <summary>The figures of the real motion of the same windows, where there are some.</summary>
    public required IReadOnlyDictionary<string, double> Real { get; init; }

    /// <summary>The folder of a run among others.</summary>
    public static string FolderOf(string folder, string variant, long seed) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{variant}-{seed}"));

    /// <summary>All finished runs of a folder, by variant and seed.</summary>
    /// <exception cref="UnreadableFileException">One of them is damaged.</exception>
    public static IReadOnlyList<AblationRun> All(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder).Select(run => Path.Combine(run, FileName)).Where(File.Exists).Select(RecipeFile.Read<AblationRun>)
            .OrderBy(run => AblationVariant.All.ToList().FindIndex(variant => variant.Name == run.Variant)).ThenBy(run => run.Seed),
    ];

    /// <summary>Whether a run is finished and measured.</summary>
    public static bool IsDone(string folder, string variant, long seed) => File.Exists(Path.Combine(FolderOf(folder, variant, seed), FileName));

    /// <summary>Keeps it in its folder.</summary>
    public void Write(string folder) => RecipeFile.Write(Path.Combine(FolderOf(folder, Variant, Seed), FileName), this);
}

/// <summary>Figures of motion that was drawn in one way.</summary>
/// <param name="Title">How it was drawn.</param>
/// <param name="Figures">By the names of <see cref="AblationFigure.All"/>.</param>
public sealed record AblationRow(string Title, IReadOnlyDictionary<string, double> Figures);
