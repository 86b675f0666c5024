using System.Runtime.CompilerServices;

namespace Duomano.Tests;

/// <summary>Where the checked-out files are, from any test's output folder.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Duomano.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below it.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Duomano.slnx"))) return folder;
        }

        throw new DirectoryNotFoundException($"Duomano.slnx is in no folder above {here}.");
    }
}
