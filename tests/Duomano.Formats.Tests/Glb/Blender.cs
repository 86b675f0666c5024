using System.Diagnostics;
using System.Text.Json;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Glb;

/// <summary>Blender without its window, which tells what it finds in a file (tests/blender/inspect.py).</summary>
internal static class Blender
{
    public static JsonElement Import(string path)
    {
        string[] arguments = ["--background", "--factory-startup", "--python-exit-code", "1", "--python", Repository.PathOf("tests", "blender", "inspect.py"), "--", path];
        var (code, output, errors) = ProgramProcess.Run(new ProcessStartInfo("blender", arguments));
        if ((output + errors).Contains("No module named 'numpy'", StringComparison.Ordinal)) Assert.Skip("Blender's importer lacks Python's numpy (Debian: python3-numpy)");
        var result = output.Split('\n').SingleOrDefault(line => line.StartsWith("RESULT ", StringComparison.Ordinal));
        Assert.True(result is not null && code == 0, $"blender ended with {code}: {output} {errors}");
        return JsonDocument.Parse(result["RESULT ".Length..]).RootElement;
    }
}
