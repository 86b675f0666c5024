using System.Text.Json;
using System.Xml.Linq;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Holds the references between assemblies to the table of ARCHITECTURE.md.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["Core"] = ([], []),
        ["Formats"] = (["Core"], ["SharpGLTF.Core", "FFMpegCore", "NLayer", "NVorbis"]),
        ["Rendering"] = (["Core", "Formats"], ["SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"]),
        ["Corpus"] = (["Core", "Formats"], []),
        ["Evaluation"] = (["Core"], ["MathNet.Numerics"]),
        ["Networks"] = (["Core"], ["System.Numerics.Tensors"]),
        ["Inference"] = (["Core", "Networks"], ["Microsoft.ML.OnnxRuntime", "System.Numerics.Tensors"]),
        ["Models.Small"] = ([], []),
        ["Vision"] = (["Core", "Formats", "Inference"], ["Google.FlatBuffers", "MathNet.Numerics"]),
        ["Training"] = (["Core", "Networks", "Inference", "Corpus", "Evaluation", "Formats"], ["TorchSharp", "SharpZipLib", "SkiaSharp", "System.Numerics.Tensors"]),
        ["Server"] = (["Core"], ["Microsoft.AspNetCore.OpenApi"]),
        ["Cli"] = (["Core", "Formats", "Rendering", "Corpus", "Evaluation", "Networks", "Inference", "Vision", "Server"], ["System.CommandLine", "Spectre.Console"]),
        ["Trainer"] = (["Core", "Formats", "Rendering", "Corpus", "Evaluation", "Networks", "Inference", "Vision", "Training"], ["System.CommandLine", "Spectre.Console"]),
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Repository.PathOf("src"), "Duomano.*").Select(folder => Path.GetFileName(folder)["Duomano.".Length..])];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_refers_only_to_what_it_may(string room)
    {
        Assert.True(Allowed.TryGetValue(room, out var allowed), $"Duomano.{room} is not in the table: which rooms may it refer to?");
        var project = XDocument.Load(Repository.PathOf("src", $"Duomano.{room}", $"Duomano.{room}.csproj"));
        Assert.Empty(Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["Duomano.".Length..]).Except(allowed.Projects));
        Assert.Empty(Includes(project, "PackageReference").Except(allowed.Packages));
    }

    [Fact]
    public void The_everyday_program_is_built_without_torch()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "Duomano.Cli", "obj", "project.assets.json")));
        var restored = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name);
        Assert.DoesNotContain(restored, name => name.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Whatever_is_shipped_is_named_in_the_notices()
    {
        var notices = File.ReadAllText(Repository.PathOf("THIRD-PARTY-NOTICES.md"));
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "Duomano.Cli", "obj", "project.assets.json")));
        var packages = assets.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package").Select(library => library.Name.Split('/')[0]);
        using var web = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("web", "package.json")));
        Assert.All(packages.Concat(web.RootElement.GetProperty("dependencies").EnumerateObject().Select(package => package.Name)), name => Assert.Contains(name, notices, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_trainer_and_its_tests_bring_native_libtorch()
    {
        var asking = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("NeedsLibtorch", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension).Order();
        Assert.Equal(["Duomano.Trainer", "Duomano.Training.Tests"], asking);
    }

    [Theory]
    [InlineData("Duomano.Core", "File.Open|FileStream|File.Read")]
    [InlineData("Duomano.Networks", "TorchSharp|OnnxRuntime")]
    [InlineData("Duomano.Inference", "TorchSharp")]
    [InlineData("Duomano.Cli", "AspNetCore")]
    public void A_line_knows_its_room(string room, string foreign)
    {
        var lines = Directory.EnumerateFiles(Repository.PathOf("src", room), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => room != "Duomano.Core" || Path.GetFileName(path) is not ("WholeFile.cs" or "OrdinaryFile.cs"))
            .SelectMany(path => File.ReadLines(path).Select(line => $"{Path.GetFileName(path)}: {line.Trim()}"))
            .Where(line => !line.Contains("///", StringComparison.Ordinal) && foreign.Split('|').Any(word => line.Contains(word, StringComparison.Ordinal)));
        Assert.Empty(lines);
    }

    [Theory]
    [InlineData("Playing", "Trajectories|Performing|Contact")]
    [InlineData("Trajectories", "Performing|Contact")]
    [InlineData("Performing", "Contact")]
    public void Of_those_who_move_hands_none_refers_to_one_above(string lower, string higher)
    {
        var lines = Directory.EnumerateFiles(Repository.PathOf("src", "Duomano.Core", lower), "*.cs").SelectMany(File.ReadLines).ToList();
        Assert.NotEmpty(lines);
        foreach (var name in higher.Split('|')) Assert.DoesNotContain(lines, line => line.Contains($"Core.{name}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}
