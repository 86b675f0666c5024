using System.Diagnostics;
using System.Text.Json;

namespace Duomano.Tests;

/// <summary>Scripts of tests/web, which lead a real browser; their packages are installed there on first use.</summary>
internal static class Browser
{
    private static readonly Lock Installing = new();

    /// <summary>Runs a script.</summary>
    /// <returns>Each of its checks with what it found wrong, or null.</returns>
    public static Dictionary<string, string?> Run(string script, params string[] arguments)
    {
        var folder = Repository.PathOf("tests", "web");
        lock (Installing)
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "playwright-core"))) Run("npm", folder, ["ci", "--no-audit", "--no-fund"]);
        }

        return JsonSerializer.Deserialize<Dictionary<string, string?>>(Run("node", folder, [script, .. arguments]))!;
    }

    private static string Run(string program, string folder, string[] arguments)
    {
        var (code, output, errors) = ProgramProcess.Run(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {errors}");
        return output;
    }
}
