using System.Diagnostics;
using System.Text.Json;

namespace Duomano.Tests;

/// <summary>Scripts of tests/web, which lead a real browser; their packages are installed there on first use.</summary>
internal static class Browser
{
    private static readonly string[] Packages = ["playwright-core", "axe-core", "three", "@pixiv/three-vrm-animation"];

    private static readonly Lock Installing = new();

    /// <summary>Runs a script.</summary>
    /// <returns>Each of its checks with what it found wrong, or null.</returns>
    public static Dictionary<string, string?> Run(string script, params string[] arguments) => JsonSerializer.Deserialize<Dictionary<string, string?>>(Output(script, arguments))!;

    /// <summary>Runs a script.</summary>
    /// <returns>What it prints.</returns>
    public static string Output(string script, params string[] arguments)
    {
        var folder = Repository.PathOf("tests", "web");
        lock (Installing)
        {
            if (!Packages.All(package => Directory.Exists(Path.Combine(folder, "node_modules", package)))) Run("npm", folder, ["ci", "--no-audit", "--no-fund"]);
        }

        return Run("node", folder, [script, .. arguments]);
    }

    private static string Run(string program, string folder, string[] arguments)
    {
        var (code, output, errors) = ProgramProcess.Run(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {errors}");
        return output;
    }
}
