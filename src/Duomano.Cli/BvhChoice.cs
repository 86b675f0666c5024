using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Avatars;
using Duomano.Formats.Motion;

namespace Duomano.Cli;

/// <summary>How .bvh files are written.</summary>
/// <param name="Scale">Units a metre.</param>
/// <param name="IsAHandAFile">Whether each hand has a file of its own with its wrist as root.</param>
internal sealed record BvhChoice(double Scale, bool IsAHandAFile)
{
    /// <summary>The files that an output becomes.</summary>
    public IEnumerable<string> Files(string path) => IsAHandAFile && IsBvh(path) ? HandSides.Both.Select(side => BvhMotion.PathOf(path, side)) : [path];

    /// <summary>Writes a .bvh file that is not written the usual way.</summary>
    /// <returns>False where it is none.</returns>
    public bool TryWrite(string path, TwoHandClip clip, PlayedPiece piece, IProgress<double>? progress, CancellationToken cancellation)
    {
        var hasBody = piece.Avatar is { HasBody: true };
        if (!IsBvh(path) || (!IsAHandAFile && Scale == 1 && !hasBody)) return false;
        if (hasBody && !IsAHandAFile) BodyBvh.Write(path, piece.Body(clip).Motion, piece.Body(clip).Scale, Scale, progress, cancellation);
        else if (IsAHandAFile) BvhMotion.WriteHands(path, clip, Scale, cancellation);
        else BvhMotion.Write(path, clip, Scale, cancellation);
        return true;
    }

    private static bool IsBvh(string path) => Path.GetExtension(path).Equals(".bvh", StringComparison.OrdinalIgnoreCase);
}
