using System.Diagnostics;
using System.Text.Json;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Glb;

/// <summary>The Khronos validator, run by node from tests/gltf; installed there on first use.</summary>
internal static class GltfValidator
{
    private static readonly Lock Installing = new();

    public static JsonElement Validate(string path)
    {
        var folder = Repository.PathOf("tests", "gltf");
        lock (Installing)
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "gltf-validator"))) Run("npm", folder, "ci", "--no-audit", "--no-fund");
        }

        return JsonDocument.Parse(Run("node", folder, "validate.mjs", path)).RootElement;
    }

    private static string Run(string program, string folder, params string[] arguments)
    {
        var (code, output, errors) = ProgramProcess.Run(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {errors}");
        return output;
    }
}
