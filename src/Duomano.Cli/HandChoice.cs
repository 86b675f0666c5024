using System.CommandLine.Parsing;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Hands;
using Duomano.Formats.Motion;

namespace Duomano.Cli;

/// <summary>The hand that --hand names.</summary>
/// <param name="Mano">A user's own.</param>
/// <param name="AnnotatedBuild">Whether annotations are read with the build they tell.</param>
internal sealed record HandChoice(ManoHand Mano, bool AnnotatedBuild)
{
    /// <summary>Both hands.</summary>
    public PerHand<HandSkeleton> Skeletons => Mano.Mean.Skeletons;

    /// <summary>Times an average adult's.</summary>
    public float Size => Skeletons.Right.Size;

    /// <summary>Reads what was given; null where nothing was.</summary>
    /// <param name="text">Such as mano=MANO_RIGHT.pkl.</param>
    /// <param name="size">The option that must not be given, too.</param>
    public static HandChoice? Parse(string? text, OptionResult? size = null)
    {
        if (text is null) return null;
        var parts = text.Split('=', 2);
        if (parts.Length != 2 || parts[0] is not ("mano" or "mano-mean") || parts[1].Length == 0) throw new ArgumentException($"--hand is mano=FILE or mano-mean=FILE, not '{text}'.");
        if (size is { Implicit: false }) throw new ArgumentException("--hand and --hand-size cannot be given together: a hand of one's own has its size.");
        return new(ManoFile.Read(InputFile.Check(parts[1])), parts[0] == "mano");
    }

    /// <summary>The file that is named; null where none is.</summary>
    public static string? FileOf(string? text) => text?.Split('=', 2) is [_, var file] ? file : null;

    /// <summary>Reads a motion for this hand.</summary>
    public TwoHandClip Read(string path) => MotionFile.Read(path, Mano, AnnotatedBuild);
}
