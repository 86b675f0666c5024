using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>What the self-contained program leaves out of .NET (SelfContained.targets) is nothing that the program refers to.</summary>
public class SelfContainedTests
{
    private static readonly string[] Folders = [AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory(), AspNetCore];

    private static string AspNetCore
    {
        get
        {
            var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
            return Directory.GetDirectories(Path.Combine(runtime.Parent!.Parent!.FullName, "Microsoft.AspNetCore.App"), $"{Environment.Version.Major}.*").Order(StringComparer.Ordinal).Last();
        }
    }

    [Fact]
    public void Nothing_that_is_referred_to_is_left_out()
    {
        var leftOut = new Regex(LeftOut());
        Dictionary<string, string> reached = new() { ["duomano"] = "" };
        Queue<string> toRead = new(reached.Keys);
        while (toRead.TryDequeue(out var name))
        {
            foreach (var (referred, type) in References(name))
            {
                Assert.False(leftOut.IsMatch(referred), $"{name}{reached[name]} refers to {type} in {referred}, which is left out");
                if (reached.TryAdd(referred, $" (through {name}{reached[name]})")) toRead.Enqueue(referred);
            }
        }

        // The walk went through everything, and what is left out is there to be left out.
        Assert.Superset(new HashSet<string> { "Duomano.Vision", "System.Private.CoreLib", "System.Private.Xml", "Microsoft.AspNetCore.Server.Kestrel.Core" }, reached.Keys.ToHashSet());
        var all = Folders.Skip(1).SelectMany(folder => Directory.GetFiles(folder, "*.dll")).Select(Path.GetFileNameWithoutExtension);
        Assert.True(all.Count(file => leftOut.IsMatch(file!)) > 50);
    }

    // The expression as MSBuild puts it together.
    private static string LeftOut()
    {
        var (code, output, errors) = ProgramProcess.Run(new ProcessStartInfo("dotnet", ["msbuild", Repository.PathOf("src", "Duomano.Cli"), "-getProperty:LeftOut"]));
        Assert.True(code == 0 && output.StartsWith("^(", StringComparison.Ordinal), output + errors);
        return output.Trim();
    }

    // The assemblies in which the types are that an assembly refers to, past those that only forward to others.
    private static List<(string Assembly, string Type)> References(string name)
    {
        List<(string, string)> found = [];
        using var file = Open(name);
        if (file is not { HasMetadata: true }) return found;
        var metadata = file.GetMetadataReader();
        foreach (var type in metadata.TypeReferences.Select(metadata.GetTypeReference).Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference))
        {
            var (space, simple) = (metadata.GetString(type.Namespace), metadata.GetString(type.Name));
            var assembly = metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name);
            while (ForwardedTo(assembly, space, simple) is { } next) assembly = next;
            found.Add((assembly, $"{space}.{simple}"));
        }

        return found;
    }

    private static string? ForwardedTo(string assembly, string space, string name)
    {
        if (!Forwards.TryGetValue(assembly, out var forwards))
        {
            forwards = [];
            using var file = Open(assembly);
            if (file is { HasMetadata: true })
            {
                var metadata = file.GetMetadataReader();
                foreach (var type in metadata.ExportedTypes.Select(metadata.GetExportedType).Where(type => type.Implementation.Kind == HandleKind.AssemblyReference))
                {
                    forwards[(metadata.GetString(type.Namespace), metadata.GetString(type.Name))] = metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation).Name);
                }
            }

            Forwards[assembly] = forwards;
        }

        return forwards.GetValueOrDefault((space, name));
    }

    private static Dictionary<string, Dictionary<(string, string), string>> Forwards { get; } = [];

    private static PEReader? Open(string name) =>
        Folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists) is { } path ? new PEReader(File.OpenRead(path)) : null;
}
