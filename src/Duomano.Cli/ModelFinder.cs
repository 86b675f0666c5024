using Duomano.Inference.Listening;

namespace Duomano.Cli;

/// <summary>Finds models by name beside the program, or by folder.</summary>
internal static class ModelFinder
{
    public const string Default = "duomano-small";

    private static readonly string Bundled = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The model that hears notes beside another: that model itself, or the bundled one where it cannot listen, as imported ones.</summary>
    /// <param name="folder">A model's folder.</param>
    public static string Listener(string folder) => File.Exists(Path.Combine(folder, ListeningModel.WeightsName)) ? folder : Find(Default);

    /// <summary>The folder of a model.</summary>
    /// <param name="nameOrFolder">A folder with a config.json, or the name of a bundled model.</param>
    /// <exception cref="DirectoryNotFoundException">There is neither.</exception>
    public static string Find(string nameOrFolder)
    {
        foreach (var folder in new[] { nameOrFolder, Path.Combine(Bundled, nameOrFolder) })
        {
            if (File.Exists(Path.Combine(folder, "config.json"))) return folder;
        }

        var names = Directory.Exists(Bundled) ? Directory.GetDirectories(Bundled).Where(folder => File.Exists(Path.Combine(folder, "config.json"))).Select(Path.GetFileName) : [];
        throw new DirectoryNotFoundException($"{nameOrFolder}: no model of this name and no folder with a config.json (bundled: {string.Join(", ", names)}).");
    }
}
