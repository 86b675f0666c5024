using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Reflection;
using Duomano.Cli.Commands;
using Duomano.CommandLine;

namespace Duomano.Cli.Folders;

/// <summary>The options of commands that take a folder of pieces in place of one.</summary>
internal sealed class FolderOptions
{
    private readonly Option<string?>? _formats;
    private readonly string[] _usual;
    private readonly Option<string?> _shard = SharedOptions.Shard("Of a folder, make only part I of N (1/8 to 8/8). Shards may share one folder of outputs, on network file systems too; each has a manifest of its own there.");
    private readonly Option<bool> _resume = new("--resume") { Description = "Of a folder, make only the pieces that are not done yet, or whose content or options are no longer those that they were made with; failed ones are tried again." };

    /// <summary>Options of a command that makes one kind of file.</summary>
    /// <param name="format">Its ending, without a dot.</param>
    public FolderOptions(string format) => _usual = [format];

    /// <summary>Options of a command that makes any of several kinds of files.</summary>
    /// <param name="formats">Their endings, with or without a dot.</param>
    public FolderOptions(IEnumerable<string> formats)
    {
        var known = formats.Select(Bare).ToArray();
        _usual = [];
        _formats = new("--formats")
        {
            Description = $"Of a folder, what to make of each piece: {string.Join(", ", known)}; several with commas between them.",
            HelpName = "glb,npz,...",
        };
        _formats.Validators.Add(given =>
        {
            if (Split(given.Tokens[0].Value) is var words && words.Except(known).FirstOrDefault() is { } unknown) given.AddError($"--formats: '{unknown}' cannot be written; the formats are {string.Join(", ", known)}.");
            else if (words.Length == 0) given.AddError("--formats names what to make, such as glb,npz.");
        });
    }

    /// <summary>Lets a command have them.</summary>
    public void AddTo(Command command)
    {
        if (_formats is not null) command.Add(_formats);
        command.Add(_shard);
        command.Add(_resume);
    }

    /// <summary>What was asked for; null where the input is no folder.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="input">The input.</param>
    /// <param name="kinds">What the command works on.</param>
    /// <param name="outputs">What --output names; of a folder it is one folder.</param>
    /// <param name="singly">Options that belong to a single piece.</param>
    /// <exception cref="ArgumentException">Options do not fit the input.</exception>
    /// <exception cref="Core.Files.UnreadableFileException">The folder holds no such piece.</exception>
    public FolderWork? Parse(ParseResult parsed, string input, PieceKinds kinds, IReadOnlyList<string> outputs, params ReadOnlySpan<Option> singly)
    {
        Option[] own = [.. _formats is null ? [] : (Option[])[_formats], _shard, _resume];
        if (!Directory.Exists(input))
        {
            if (own.FirstOrDefault(IsGiven) is { } needless && File.Exists(input)) throw new ArgumentException($"{needless.Name} is for a folder of pieces, and {input} is a file: -o alone says what to write.");
            return null;
        }

        foreach (var option in singly)
        {
            if (IsGiven(option)) throw new ArgumentException($"{option.Name} belongs to a single piece, and {input} is a folder of them.");
        }

        var formats = _formats is null ? _usual : Split(parsed.GetValue(_formats));
        if (formats.Length == 0) throw new ArgumentException($"{input}: is a folder of pieces; --formats says what to make of each, such as --formats glb,npz.");
        if (outputs.Count != 1) throw new ArgumentException($"{input}: is a folder of pieces; give one -o, the folder for what is made of them.");
        var output = outputs[0];
        if (OutputCheck.Holds(input, output)) throw new ArgumentException($"{output}: lies in {input}, which is read; another folder is needed.");
        OutputCheck.Check([Path.Combine(output, FolderManifest.FolderName, "1-of-1.jsonl")]);
        var (pieces, others) = FolderPiece.In(input, kinds);
        return new()
        {
            Command = parsed.CommandResult.Command.Name,
            Folder = input,
            Output = output,
            Pieces = pieces,
            Others = others,
            Formats = formats,
            Shard = SharedOptions.ShardNamed(parsed.GetValue(_shard)),
            Resume = parsed.GetValue(_resume),
            Program = typeof(FolderOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            Chosen = [.. parsed.CommandResult.Command.Options.Except(own).Where(option => !IsElsewhere(option)).Select(Describe).OfType<string>().Order(StringComparer.Ordinal)],
        };

        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };

        string? Describe(Option option) => parsed.GetResult(option)?.GetValueOrDefault<object?>() switch
        {
            null or false => null,
            IEnumerable<string> several when !several.Any() => null,
            IEnumerable<object> several => $"{option.Name} {string.Join(' ', several.Select(Word))}",
            var value => $"{option.Name} {Word(value)}",
        };
    }

    // Outputs do not depend on these.
    private static bool IsElsewhere(Option option) => option.Name is "--output" or "--threads";

    // A file's content counts, not where it lies.
    private static string Word(object value) => value is string text && (File.Exists(text) || Directory.Exists(text)) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(text)) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string[] Split(string? list) => [.. (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Bare).Distinct()];

    private static string Bare(string format) => format.TrimStart('.').ToLowerInvariant();
}
