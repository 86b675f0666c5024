using System.Globalization;
using System.Text.RegularExpressions;
using Duomano.Core.Files;
using Duomano.Core.Hands;

namespace Duomano.Networks.Checkpoints;

/// <summary>One checkpoint of a published experiment, told by its name.</summary>
/// <param name="Path">The file.</param>
/// <param name="Iteration">The iteration in its name.</param>
public sealed record PublishedFile(string Path, long Iteration);

/// <summary>The checkpoints of a published experiment: piano2posi-{hand}-iter=I-val_loss=V.ckpt and piano2pose-….</summary>
public static partial class PublishedFiles
{
    /// <summary>Gesture networks, each with its predictor.</summary>
    public const string Gesture = "piano2pose";

    /// <summary>Position predictors alone.</summary>
    public const string Position = "piano2posi";

    /// <summary>The newest file of a kind and hand, as the published evaluation takes it: that of the highest iteration.</summary>
    /// <param name="folder">The experiment's folder, searched with its subfolders.</param>
    /// <param name="kind"><see cref="Gesture"/> or <see cref="Position"/>.</param>
    /// <param name="side">Whose.</param>
    /// <returns>The file; null if there is none.</returns>
    /// <exception cref="UnreadableFileException">Two files have the highest iteration.</exception>
    public static PublishedFile? Newest(string folder, string kind, HandSide side)
    {
        PublishedFile[] all =
        [
            .. Directory.EnumerateFiles(folder, "*.ckpt", SearchOption.AllDirectories)
                .Select(path => (Path: path, Match: NamePattern().Match(System.IO.Path.GetFileName(path))))
                .Where(found => found.Match.Success && found.Match.Groups["kind"].Value == kind && found.Match.Groups["hand"].Value == side.Name())
                .Select(found => new PublishedFile(found.Path, long.Parse(found.Match.Groups["iteration"].Value, CultureInfo.InvariantCulture)))
                .OrderByDescending(file => file.Iteration).ThenBy(file => file.Path, StringComparer.Ordinal),
        ];
        if (all.Length > 1 && all[0].Iteration == all[1].Iteration)
        {
            throw new UnreadableFileException(folder, "", $"{System.IO.Path.GetFileName(all[0].Path)} and {System.IO.Path.GetFileName(all[1].Path)} are of the same iteration; which one is meant?");
        }

        return all.FirstOrDefault();
    }

    [GeneratedRegex(@"^(?<kind>piano2posi|piano2pose)-(?<hand>left|right)-iter=(?<iteration>\d{1,18})-.*\.ckpt$")]
    private static partial Regex NamePattern();
}
