using System.Text;

namespace Duomano.Tests;

/// <summary>A command in a block of a shell in README.md or docs.</summary>
/// <param name="Document">The document, below the repository's root.</param>
/// <param name="Line">Its line.</param>
/// <param name="Words">The program and its arguments; "duomano" and "duomano-train" however the document starts them.</param>
internal sealed record DocumentedCommand(string Document, int Line, IReadOnlyList<string> Words)
{
    private static readonly (string Start, string Program)[] FromCheckout =
    [
        ("dotnet run --project src/Duomano.Cli -c Release -- ", "duomano"),
        ("dotnet run --project src/Duomano.Trainer -c Release -- ", "duomano-train"),
    ];

    /// <summary>What is started.</summary>
    public string Program => Words[0];

    /// <summary>Its arguments.</summary>
    public string[] Arguments => [.. Words.Skip(1)];

    /// <summary>The documents, README.md first.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        "README.md",
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    /// <summary>All commands of all documents, in their order.</summary>
    public static IReadOnlyList<DocumentedCommand> All { get; } = [.. Documents.SelectMany(Of)];

    /// <summary>Those of one document.</summary>
    public static IEnumerable<DocumentedCommand> Of(string document)
    {
        var lines = File.ReadAllLines(Repository.PathOf(document));
        var isShell = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal)) isShell = !isShell && lines[i] == "```sh";
            else if (isShell)
            {
                var (text, first) = (lines[i], i + 1);
                while (text.EndsWith('\\')) text = text[..^1] + lines[++i];
                foreach (var start in FromCheckout) text = text.Replace(start.Start, $"{start.Program} ", StringComparison.Ordinal);
                foreach (var words in Split(text)) yield return new(document, first, words);
            }
        }
    }

    public override string ToString() => $"{Document}:{Line}: {string.Join(' ', Words)}";

    // As a shell does it: quotes, a comment to the line's end, && between commands.
    private static List<List<string>> Split(string line)
    {
        var (commands, word, quote, isWord) = (new List<List<string>> { new() }, new StringBuilder(), '\0', false);
        foreach (var character in line.Append(' '))
        {
            if (quote != '\0' && character == quote) quote = '\0';
            else if (quote == '\0' && character is '\'' or '"') (quote, isWord) = (character, true);
            else if (quote == '\0' && character == ' ')
            {
                if (isWord && word.ToString() == "&&") commands.Add([]);
                else if (isWord) commands[^1].Add(word.ToString());
                word.Clear();
                isWord = false;
            }
            else if (quote == '\0' && character == '#' && !isWord) break;
            else
            {
                word.Append(character);
                isWord = true;
            }
        }

        return commands.FindAll(command => command.Count > 0);
    }
}
