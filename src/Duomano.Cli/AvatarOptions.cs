using System.CommandLine;
using System.CommandLine.Parsing;
using Duomano.Core.Motion;
using Duomano.Formats.Avatars;

namespace Duomano.Cli;

/// <summary>The options that say who plays with the whole body.</summary>
internal sealed class AvatarOptions
{
    // What --avatar calls the pianist of our own.
    private const string Pianist = "pianist";

    private readonly Option<string?> _avatar = new("--avatar")
    {
        Description = "Who plays: a humanoid with finger bones, whose own fingers are put on the keys, or pianist, one of our own; scenes, pages, pictures and videos then show it at the piano.",
        HelpName = "RIG.glb|.gltf|.vrm|pianist",
    };

    private readonly Option<string?> _bones = new("--bones")
    {
        Description = "Names the avatar's bones where they are not recognised: a JSON object of bones of VRM 1.0 and the nodes' names.",
        HelpName = "FILE.json",
    };

    private readonly Option<string> _fit = new("--fit")
    {
        Description = "What is made to fit where the avatar's hands are too small or large for a piano: the piano or the avatar.",
        DefaultValueFactory = _ => "piano",
    };

    /// <summary>Lets a command have them.</summary>
    public void AddTo(Command command)
    {
        command.Add(_avatar);
        command.Add(_bones);
        command.Add(_fit);
    }

    /// <summary>The files that are read, none of which may be written over.</summary>
    public IEnumerable<string?> Files(ParseResult parsed) => [IsPianist(parsed) ? null : parsed.GetValue(_avatar), parsed.GetValue(_bones)];

    /// <summary>Whether somebody is named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_avatar) is not null;

    /// <summary>Who is to play; null where nobody is named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="hand">A hand of one's own that was chosen; only our own pianist can have it.</param>
    /// <param name="handSize">The size that was asked for.</param>
    /// <param name="outputs">The files that are wanted.</param>
    /// <param name="others">Options that an avatar with hands of its own cannot be given with.</param>
    /// <exception cref="Core.Files.UnreadableFileException">The file is no humanoid with hands that can play.</exception>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    public AvatarChoice? Parse(ParseResult parsed, HandChoice? hand, float handSize, IEnumerable<string> outputs, params ReadOnlySpan<OptionResult?> others)
    {
        var fit = parsed.GetValue(_fit)!.ToUpperInvariant() switch
        {
            "PIANO" => AvatarFit.Piano,
            "AVATAR" => AvatarFit.Avatar,
            _ => throw new ArgumentException($"--fit is piano or avatar, not '{parsed.GetValue(_fit)}'."),
        };
        if (parsed.GetValue(_avatar) is not { } path)
        {
            if (parsed.GetValue(_bones) is not null) throw new ArgumentException("--bones names an avatar's bones: --avatar is missing.");
            return null;
        }

        if (IsPianist(parsed))
        {
            if (parsed.GetValue(_bones) is not null) throw new ArgumentException("--bones names the bones of a file: --avatar pianist is none.");
            return new(AvatarFile.Pianist(hand?.Skeletons ?? TwoHandClip.SkeletonsOfSize(handSize)), fit);
        }

        foreach (var other in others)
        {
            if (other is { Implicit: false }) throw new ArgumentException($"--avatar and {other.Option.Name} cannot be given together: an avatar has hands of its own.");
        }

        var choice = new AvatarChoice(AvatarFile.Read(InputFile.Check(path), InputFile.CheckIfGiven(parsed.GetValue(_bones))), fit);
        if (!choice.HasBody && outputs.FirstOrDefault(output => Path.GetExtension(output).Equals(".vrma", StringComparison.OrdinalIgnoreCase)) is { } animation)
        {
            throw new ArgumentException($"{animation}: a VRM animation moves a whole body; {path} has hands alone.");
        }

        return choice;
    }

    private bool IsPianist(ParseResult parsed) => string.Equals(parsed.GetValue(_avatar), Pianist, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What is scaled where an avatar and a piano do not fit.</summary>
internal enum AvatarFit
{
    /// <summary>The piano; the avatar is as large as in its file.</summary>
    Piano,

    /// <summary>The avatar; the piano is as large as real ones.</summary>
    Avatar,
}
