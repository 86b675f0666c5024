using System.Text.RegularExpressions;

namespace Duomano.Cli.Tests;

/// <summary>The documents hold together: links lead somewhere, messages that are quoted are ones that the program has, and the server has the addresses that are told of it.</summary>
public sealed partial class DocsLinksTests
{
    private static readonly string[] Documents = ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", .. DocumentedCommand.Documents];

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText)));

    public static TheoryData<string> All => [.. Documents];

    [Theory]
    [MemberData(nameof(All))]
    public void EveryLink_LeadsToAFileAndAHeading(string document)
    {
        var text = WithoutBlocks(File.ReadAllText(Repository.PathOf(document)));
        Assert.DoesNotContain(Link().Matches(text).Select(match => match.Groups["to"].Value), to => !to.Contains("://", StringComparison.Ordinal) && !Leads(document, to));
    }

    [Theory]
    [InlineData("README.md", "docs/nothing.md", false)]
    [InlineData("README.md", "docs/server.md#no-such-heading", false)]
    [InlineData("docs/server.md", "animators.md#style", true)]
    [InlineData("docs/server.md", "#the-api", true)]
    public void WrongLinks_AreFound(string document, string to, bool leads) => Assert.Equal(leads, Leads(document, to));

    [Fact]
    public void EveryDocument_IsLinkedToFromReadmeOrArchitecture()
    {
        var linked = Documents.SelectMany(document => Link().Matches(WithoutBlocks(File.ReadAllText(Repository.PathOf(document))))
            .Select(match => match.Groups["to"].Value.Split('#')[0]).Where(to => to.Length > 0 && !to.Contains("://", StringComparison.Ordinal))
            .Select(to => Path.GetFullPath(to, Path.GetDirectoryName(Repository.PathOf(document))!)));
        Assert.Empty(DocumentedCommand.Documents.Skip(1).Select(document => Path.GetFullPath(Repository.PathOf(document))).Except(linked));
    }

    [Fact]
    public void EveryMessageThatIsExplained_IsOneOfTheProgram()
    {
        var messages = File.ReadLines(Repository.PathOf("docs", "troubleshooting.md")).Select(line => Message().Match(line)).Where(match => match.Success).Select(match => match.Groups["text"].Value).ToList();
        Assert.True(messages.Count > 30, $"{messages.Count} messages were found");
        Assert.DoesNotContain(messages, message => !IsTold(message));
        Assert.False(IsTold("the piano is out of tune"));
    }

    [Fact]
    public async Task EveryRequestToTheServer_IsOneThatItDescribes()
    {
        using var folder = new TemporaryFolder();
        using var server = ServeTests.Start(folder.PathOf(""));
        try
        {
            using var client = new HttpClient { BaseAddress = new(await server.StandardOutput.ReadLineAsync(ServeTests.Limit()) ?? "") };
            using var api = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
            var described = api.RootElement.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}")).ToHashSet();
            var written = File.ReadLines(Repository.PathOf("docs", "server.md")).Select(line => Request().Match(line)).Where(match => match.Success).Select(match => match.Groups["request"].Value).ToList();
            Assert.Equal(described.Order(), written.Order());

            var typed = DocumentedCommand.Of("docs/server.md").Where(command => command.Program == "curl").Select(Typed).ToList();
            Assert.NotEmpty(typed);
            var patterns = described.Select(known => $"^{Placeholder().Replace(known, "[^/]+")}$").Append("^GET /openapi/v1.json$").ToList();
            Assert.DoesNotContain(typed, request => !patterns.Exists(pattern => Regex.IsMatch(request, pattern)));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(ServeTests.Limit());
        }
    }

    private static string Typed(DocumentedCommand command)
    {
        var method = command.Words.Contains("-X") ? command.Words[command.Words.ToList().IndexOf("-X") + 1] : command.Words.Contains("--data-binary") ? "POST" : "GET";
        return $"{method} {new Uri(command.Words.Single(word => word.StartsWith("http://", StringComparison.Ordinal))).AbsolutePath}";
    }

    private static bool IsTold(string message) => message.Split('…').Where(part => part.Trim(' ', '\'', ';', ',', '(', ')').Length > 3).All(part => Sources.Value.Contains(part, StringComparison.Ordinal));

    private static bool Leads(string document, string to)
    {
        var parts = to.Split('#');
        var path = parts[0].Length == 0 ? Repository.PathOf(document) : Path.GetFullPath(parts[0], Path.GetDirectoryName(Repository.PathOf(document))!);
        if (!File.Exists(path)) return Directory.Exists(path) && parts.Length == 1;
        return parts.Length == 1 || WithoutBlocks(File.ReadAllText(path)).Split('\n').Where(line => line.StartsWith('#')).Any(line => Anchor(line.TrimStart('#').Trim()) == parts[1]);
    }

    // As GitHub names headings.
    private static string Anchor(string heading) => new([.. heading.ToLowerInvariant().Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_').Select(character => character == ' ' ? '-' : character)]);

    private static string WithoutBlocks(string text) => Block().Replace(text, "");

    [GeneratedRegex(@"(?<!`)\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\|\s`(?<text>[^`]+)`")]
    private static partial Regex Message();

    [GeneratedRegex(@"^\|\s`(?<request>(GET|POST|DELETE) /[^`?]+)")]
    private static partial Regex Request();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
