using System.CommandLine;
using Duomano.Core.Files;

namespace Duomano.Cli.Serving;

/// <summary>Where the server's token comes from.</summary>
internal sealed class TokenOptions
{
    private const string Variable = "DUOMANO_TOKEN";
    private const int LongestFile = 4096;

    private readonly Option<string?> _token = new("--token")
    {
        Description = $"What everybody has to present who uses the server, 16 characters or more; all users of this computer can read it in its list of processes, so --token-file or the environment's {Variable} is better.",
        HelpName = "TOKEN",
    };

    private readonly Option<string?> _file = new("--token-file") { Description = "A file whose first line is the token.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_token);
        command.Options.Add(_file);
    }

    /// <summary>The token, or null where there is none.</summary>
    /// <exception cref="ArgumentException">It is told twice, or is empty.</exception>
    /// <exception cref="UnreadableFileException">The file cannot be read.</exception>
    public string? Parse(ParseResult parsed)
    {
        var (given, file) = (parsed.GetValue(_token), parsed.GetValue(_file));
        if (given is not null && file is not null) throw new ArgumentException("--token and --token-file: one of them is enough.");
        if (file is not null) return Read(file);

        // One that is there and empty is a mistake that would open the server to everybody.
        return Told(given, "--token") ?? (given is null ? Told(Environment.GetEnvironmentVariable(Variable), Variable) : null);
    }

    private static string? Told(string? token, string by) => token is { Length: 0 } ? throw new ArgumentException($"{by} is empty.") : token;

    private static string Read(string file)
    {
        using var stream = OrdinaryFile.OpenRead(InputFile.Check(file));
        if (stream.Length > LongestFile) throw new UnreadableFileException(file, "", $"is {stream.Length} bytes long, and a token's file is no longer than {LongestFile}");
        using var reader = new StreamReader(stream);
        return reader.ReadLine()?.Trim() is { Length: > 0 } token ? token : throw new UnreadableFileException(file, "line 1", "is empty, expected the token");
    }
}
