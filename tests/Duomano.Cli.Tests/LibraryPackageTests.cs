using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Duomano.Core.Keyboard;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>The libraries' packages, used as somebody else uses them: by the programs that their readmes show, each in a folder of its own.</summary>
public sealed class LibraryPackageTests(LibraryPackageTests.Feed feed) : IClassFixture<LibraryPackageTests.Feed>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_program_of_the_readme_presses_its_keys()
    {
        Assert.SkipUnless(Capabilities.Node, Feed.Reason);
        var section = Regex.Match(File.ReadAllText(Repository.PathOf("README.md")), @"^### Use as a library$(.*?)^## ", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
        var program = ProgramIn(section);
        Assert.Equal(program, ProgramIn(ReadmeOf("Inference")));
        var printed = Run(program, Regex.Matches(section, @"dotnet add package (\S+)").Select(match => match.Groups[1].Value));

        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["C4", "D4", "E4", "F4", "G4"], lines.Select(line => line.Split(' ')[0]));
        Assert.All(lines, line =>
        {
            var words = line.Trim().Split(' ');
            var (x, y, z) = (Number(words[3]), Number(words[4]), Number(words[5]));
            Assert.True(PianoKey.TryParse(words[0], out var key) && key.Covers(x, z) && y <= key.TopY - PianoKey.PressedDepth, line);
        });
    }

    [Fact]
    public void Core_alone_plays()
    {
        Assert.SkipUnless(Capabilities.Node, Feed.Reason);
        Assert.Matches(@"^\d\d frames of 2 notes\s*$", Run(ProgramIn(ReadmeOf("Core")), ["Duomano.Core"]));
    }

    [Fact]
    public void Formats_reads_a_piece_and_writes_its_motion()
    {
        Assert.SkipUnless(Capabilities.Node, Feed.Reason);
        File.Copy(Repository.PathOf("samples", "minuet-in-g.mid"), _folder.PathOf("minuet.mid"));
        Run(ProgramIn(ReadmeOf("Formats")), ["Duomano.Formats"]);
        Assert.Equal("glTF"u8, File.ReadAllBytes(_folder.PathOf("minuet.glb")).AsSpan(0, 4));
    }

    [Theory]
    [MemberData(nameof(Feed.Libraries), MemberType = typeof(Feed))]
    public void A_package_tells_what_it_is_and_has_documentation_and_symbols(string library)
    {
        Assert.SkipUnless(Capabilities.Node, Feed.Reason);
        var package = $"Duomano.{library}";
        using var archive = ZipFile.OpenRead(feed.PathOf($"{package}.{Feed.Version}.nupkg"));
        var nuspec = XDocument.Load(archive.GetEntry($"{package}.nuspec")!.Open());
        string? Told(string name) => nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal("MIT", Told("license"));
        Assert.False(string.IsNullOrWhiteSpace(Told("description")));
        Assert.NotNull(archive.GetEntry(Told("readme")!));
        Assert.NotNull(archive.GetEntry($"lib/net10.0/{package}.dll"));
        Assert.NotNull(archive.GetEntry($"lib/net10.0/{package}.xml"));
        using var symbols = ZipFile.OpenRead(feed.PathOf($"{package}.{Feed.Version}.snupkg"));
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{package}.pdb"));
    }

    private static string ReadmeOf(string library) => File.ReadAllText(Repository.PathOf("src", $"Duomano.{library}", "PackageReadme.md"));

    private static string ProgramIn(string text) => Regex.Match(text, @"^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    // Publishes a program that refers to packages, and runs it in its folder.
    private string Run(string program, IEnumerable<string> packages)
    {
        Assert.NotEmpty(program);
        var references = string.Concat(packages.Select(package => $"""<PackageReference Include="{package}" Version="{Feed.Version}" />"""));
        Assert.NotEmpty(references);
        Write("sample.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{feed.PathOf("")}" /></packageSources>
              <config><add key="globalPackagesFolder" value="restored" /></config>
              <fallbackPackageFolders><clear /><add key="cache" value="{Feed.PackageCache}" /></fallbackPackageFolders>
            </configuration>
            """);
        Write("Program.cs", program);
        Dotnet(_folder.PathOf(""), "publish", "-c", "Release", "-warnaserror", "-p:UseSharedCompilation=false", "-o", _folder.PathOf("published"));
        return Dotnet(_folder.PathOf(""), "exec", Path.Combine("published", "sample.dll"));
    }

    private void Write(string name, string content) => File.WriteAllText(_folder.PathOf(name), content);

    private static string Dotnet(string folder, params string[] arguments)
    {
        // Servers of the build that live on would keep the output open, of which the end is waited for.
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var (code, output, errors) = ProgramProcess.Run(start);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)} ended with {code}: {output}{errors}");
        return output;
    }

    /// <summary>A folder of packages, made of what was built with the tests.</summary>
    public sealed class Feed : IDisposable
    {
        internal const string Reason = "node and npm are not installed, and packages have pages in them";

        // No other packages of this version are in any cache.
        internal static readonly string Version = $"0.0.0-test.{DateTime.UtcNow.Ticks}";

        private static readonly string Configuration = typeof(Feed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

        private readonly TemporaryFolder _folder = new();

        public Feed()
        {
            if (!Capabilities.Node) return;
            foreach (var library in Libraries)
            {
                Dotnet(Repository.Root, "pack", Repository.PathOf("src", $"Duomano.{library.Data}"), "--no-build", "-c", Configuration, $"-p:PackageVersion={Version}", "-o", _folder.PathOf(""));
            }
        }

        public static TheoryData<string> Libraries { get; } = ["Core", "Formats", "Networks", "Inference", "Models.Small"];

        // Packages of other makers are in the folder that they were restored to when this was built.
        internal static string PackageCache { get; } = FindPackageCache();

        public void Dispose() => _folder.Dispose();

        internal string PathOf(string name) => _folder.PathOf(name);

        private static string FindPackageCache()
        {
            using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "Duomano.Inference", "obj", "project.assets.json")));
            return assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        }
    }
}
