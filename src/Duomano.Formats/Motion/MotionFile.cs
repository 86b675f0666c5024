using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Glb;
using Duomano.Formats.Html;

namespace Duomano.Formats.Motion;

/// <summary>Reads and writes motion in the format its file name's ending tells.</summary>
public static class MotionFile
{
    private static readonly Dictionary<string, Func<string, TwoHandClip>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".npz"] = NpzMotion.Read,
        [".json"] = path => AnnotationJson.Read(path).ToClip(),
    };

    private static readonly Dictionary<string, Action<string, TwoHandClip, IProgress<double>?, CancellationToken>> Writers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".npz"] = NpzMotion.Write,
        [".json"] = (path, clip, progress, cancellation) => AnnotationJson.Write(path, Annotation.FromClip(clip), progress, cancellation),
        [".csv"] = CsvMotion.Write,
        [".glb"] = (path, clip, progress, cancellation) => GlbMotion.Write(path, clip, null, progress, cancellation),
        [".html"] = (path, clip, progress, cancellation) => HtmlMotion.Write(path, clip, null, progress, cancellation),
        [".bvh"] = BvhMotion.Write,
    };

    /// <summary>Endings that can be read, such as ".npz".</summary>
    public static IReadOnlyList<string> ReadableExtensions { get; } = [.. Readers.Keys];

    /// <summary>Endings that can be written.</summary>
    public static IReadOnlyList<string> WritableExtensions { get; } = [.. Writers.Keys];

    /// <summary>Reads a clip.</summary>
    /// <param name="path">A file with one of <see cref="ReadableExtensions"/>.</param>
    /// <exception cref="ArgumentException">The ending is none of them.</exception>
    /// <exception cref="UnreadableFileException">The file is not what its ending says.</exception>
    public static TwoHandClip Read(string path) => Choose(Readers, path, "read")(path);

    /// <summary>Reads a clip for a user's own MANO hand: published annotations give its exact joints, other motion is put onto its bones.</summary>
    /// <param name="path">A file with one of <see cref="ReadableExtensions"/>.</param>
    /// <param name="mano">The hand.</param>
    /// <param name="annotatedBuild">Whether the build that annotations tell is used, rather than MANO's mean build.</param>
    /// <exception cref="ArgumentException">The ending is none of them.</exception>
    /// <exception cref="UnreadableFileException">The file is not what its ending says.</exception>
    public static TwoHandClip Read(string path, ManoHand mano, bool annotatedBuild = true)
    {
        ArgumentNullException.ThrowIfNull(mano);
        var read = Choose(Readers, path, "read");
        return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? AnnotationJson.Read(path).ToClip(mano, annotatedBuild) : read(path).Onto(mano.Mean.Skeletons);
    }

    /// <summary>Writes a clip.</summary>
    /// <param name="path">The file to make or replace, with one of <see cref="WritableExtensions"/>.</param>
    /// <param name="clip">The motion.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <exception cref="ArgumentException">The ending is none of them.</exception>
    public static void Write(string path, TwoHandClip clip, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Choose(Writers, path, "written")(path, clip, progress, cancellation);
    }

    private static T Choose<T>(Dictionary<string, T> formats, string path, string done)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var extension = Path.GetExtension(path);
        if (formats.TryGetValue(extension, out var format)) return format;
        throw new ArgumentException($"{path}: motion cannot be {done} as '{extension}', expected {string.Join(", ", formats.Keys)}");
    }
}
