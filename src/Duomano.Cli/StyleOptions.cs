using System.CommandLine;
using Duomano.Cli.Commands;
using Duomano.CommandLine;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Formats.Motion;

namespace Duomano.Cli;

/// <summary>The options that say in which manner is played.</summary>
internal sealed class StyleOptions
{
    // What --style calls a recorded person.
    private const string Person = "person";

    private readonly Option<string> _style;
    private readonly Option<float> _strength = NumberOption.Of("--style-strength", "How far the motion goes towards the style, times as far as whoever has it; 0 is anybody.", 1f, 0, 4);
    private readonly Option<float> _expression = NumberOption.Of("--expression", "How much loudness and phrasing show in lifts, wrists and body, times the usual; 0 is not at all.", 1f, 0, 2);
    private readonly bool _byNetwork;

    /// <summary>Makes them.</summary>
    /// <param name="byNetwork">Whether a network is told of the style, which can be told of more or less of it; otherwise the kinematic pianist.</param>
    public StyleOptions(bool byNetwork)
    {
        _byNetwork = byNetwork;
        _style = new("--style")
        {
            Description = $"How {(byNetwork ? "they move" : "the pianist moves")}: {Names()} (drawn from the seed), or like the motion of a file, half a minute of it at least.",
            DefaultValueFactory = _ => byNetwork ? Person : "neutral",
            HelpName = "NAME|MOTION.npz|.json",
        };
    }

    /// <summary>What styles are called.</summary>
    public static IReadOnlyList<string> All { get; } = [Person, .. PerformanceStyle.Named.Keys, SharedOptions.RandomStyle];

    /// <summary>Lets a command have them.</summary>
    public void AddTo(Command command)
    {
        command.Add(_style);
        if (_byNetwork) command.Add(_strength);
        command.Add(_expression);
    }

    /// <summary>The motion that is read, which must not be written over; null for a name.</summary>
    public string? File(ParseResult parsed) => IsFile(parsed.GetValue(_style)!) ? parsed.GetValue(_style) : null;

    /// <summary>The style that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">What draws a random one, and moments of strokes.</param>
    /// <exception cref="UnreadableFileException">The file is no motion, or tells too little.</exception>
    /// <exception cref="ArgumentException">There is no such style.</exception>
    public StyleChoice Parse(ParseResult parsed, long seed) => Choose(parsed.GetValue(_style)!, _byNetwork ? parsed.GetValue(_strength) : 1, parsed.GetValue(_expression), seed);

    /// <summary>A style by name or by a motion's file.</summary>
    public static StyleChoice Choose(string name, float strength, float expression, long seed)
    {
        if (IsFile(name)) return Like(name, strength, expression, seed);
        if (name == Person) return new(PlayerStyle.Person, PerformanceStyle.Neutral with { Seed = seed }, BodyStyle.Neutral, strength, expression);
        var touch = SharedOptions.FindStyle(name, seed)
            ?? throw new ArgumentException($"--style is {Names()}, or a motion's file (.npz .json), not '{name}'.");
        var body = name switch
        {
            "calm" => BodyStyle.Still,
            "virtuoso" => BodyStyle.Expressive,
            _ => BodyStyle.Neutral,
        };
        return new(PlayerStyle.Of(touch), touch, body, strength, expression);
    }

    private static StyleChoice Like(string path, float strength, float expression, long seed)
    {
        var clip = MotionFile.Read(InputFile.Check(path));
        var read = StyleReader.Bundled.Read(clip) ?? throw new UnreadableFileException(path, "", "tells too little of a style: about half a minute of playing is needed, with notes, hands and fingers");
        return new(read.Style, read.Style.Touch() with { Seed = seed }, BodyStyle.Neutral, strength, expression);
    }

    private static bool IsFile(string name) => MotionFile.ReadableExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    private static string Names() => $"{string.Join(", ", All.SkipLast(1))} or {SharedOptions.RandomStyle}";
}
