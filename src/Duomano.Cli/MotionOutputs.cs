using Duomano.CommandLine;
using Duomano.Core.Body;
using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;
using Duomano.Formats;
using Duomano.Formats.Audio;
using Duomano.Formats.Avatars;
using Duomano.Formats.Glb;
using Duomano.Formats.Html;
using Duomano.Formats.Motion;
using Duomano.Formats.Video;
using Duomano.Rendering.Sheet;

namespace Duomano.Cli;

/// <summary>What motion was made from; pages and pictures tell of it.</summary>
/// <param name="Score">The notes, with title and pedal.</param>
/// <param name="Source">The MIDI file, recording or motion they came from.</param>
/// <param name="Start">Where in it the motion begins, seconds.</param>
/// <param name="Length">How much of it was taken, seconds, or null for all.</param>
/// <param name="Threads">Threads to draw with.</param>
/// <param name="Show">How videos and pages show it; null for the usual way.</param>
/// <param name="Style">How the pianist moved; null where nobody said.</param>
/// <param name="Avatar">Who plays with the whole body; null for hands alone.</param>
/// <param name="BodyStyle">How much of a body plays along; null for the usual.</param>
internal sealed record PlayedPiece(Score Score, string Source, double Start, double? Length, int Threads, ShowChoice? Show = null, PerformanceStyle? Style = null, AvatarChoice? Avatar = null, BodyStyle? BodyStyle = null)
{
    private (TwoHandClip Clip, WholeBody Body)? _played;

    /// <summary>The title the source gives the piece, or else the source's name.</summary>
    public string Title => FileWords.Line(Score.Title ?? "") is { Length: > 0 } title ? title : FileWords.Line(Path.GetFileNameWithoutExtension(Source)) is { Length: > 0 } name ? name : "music";

    /// <summary>Whether the source is known to have no sound, as some videos.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The recording that is heard with it, or null where the notes themselves sound.</summary>
    public string? Recording => Show?.Sound ?? (IsSilent || MusicInput.HasNotes(Source) || MotionFile.ReadableExtensions.Contains(Path.GetExtension(Source), StringComparer.OrdinalIgnoreCase) ? null : Source);

    /// <summary>The avatar's surface as it plays a clip, for pictures; null for hands alone.</summary>
    public AvatarSkin? Skin(TwoHandClip clip) => Avatar?.Skin(Body(clip));

    /// <summary>The body that plays a clip: the avatar's, or an average one with the clip's hands. It plays once, however many files tell of it.</summary>
    public WholeBody Body(TwoHandClip clip)
    {
        if (_played is { } last && ReferenceEquals(last.Clip, clip)) return last.Body;
        var style = BodyStyle ?? Core.Body.BodyStyle.Neutral;
        var body = Avatar?.Play(clip, style) ?? WholeBody.Average(clip, style);
        _played = (clip, body);
        if (Avatar is not null && !body.FeetReach) CommandHost.Say($"{Avatar.Name}: its feet do not reach the floor, for the bench is as high as its arms want.");
        return body;
    }
}

/// <summary>The files a command was asked to write, checked before any work is done.</summary>
internal sealed class MotionOutputs
{
    // What tells more than the motion does.
    private static readonly Dictionary<string, Action<string, TwoHandClip, PlayedPiece, IProgress<double>?, CancellationToken>> Shows = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = (path, clip, piece, progress, stop) => HtmlMotion.Write(path, clip, Page(clip, piece, stop), progress, stop),
        [".glb"] = (path, clip, piece, progress, stop) =>
        {
            var imprint = new Imprint(piece.Title, piece.Score.Credits);
            if (piece.Avatar is { } avatar) avatar.Write(path, piece.Body(clip), clip, imprint, progress, stop);
            else GlbMotion.Write(path, clip, imprint, progress, stop);
        },
        [".vrma"] = (path, clip, piece, progress, stop) => VrmAnimation.Write(path, piece.Body(clip).Motion, piece.Body(clip).Scale, progress, stop),
        [".json"] = (path, clip, piece, progress, stop) => AnnotationJson.Write(path, Annotation.FromClip(clip) with { Style = piece.Style?.ToString() }, progress, stop),
        [".png"] = (path, clip, piece, progress, stop) => ContactSheet.Write(path, clip, piece.Title, piece.Threads, piece.Skin(clip), progress, stop),
        [".mp4"] = VideoOutput.Write,
    };

    /// <summary>Endings that can be written.</summary>
    public static readonly IReadOnlyList<string> Extensions = [.. MotionFile.WritableExtensions.Union(Shows.Keys, StringComparer.OrdinalIgnoreCase)];

    private readonly string[] _paths;
    private readonly string[] _others;
    private readonly BvhChoice _bvh;

    /// <summary>Checks what is to be written.</summary>
    /// <param name="paths">The files, as the user named them.</param>
    /// <param name="inputs">Files and folders that are read, none of which may be written over.</param>
    /// <param name="bvh">How .bvh is written; null for the usual way.</param>
    /// <param name="others">Further files that the command writes by itself.</param>
    public MotionOutputs(string[] paths, IEnumerable<string?> inputs, BvhChoice? bvh, params IEnumerable<string?> others)
    {
        _bvh = bvh ?? new(1, false);
        foreach (var path in paths)
        {
            var extension = Path.GetExtension(path);
            if (!Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"{path}: cannot be written; the name should end in one of {string.Join(" ", Extensions)}.");
            }
        }

        _others = [.. others.OfType<string>()];
        OutputCheck.Check([.. paths.SelectMany(_bvh.Files), .. _others], inputs);
        foreach (var path in paths)
        {
            var extension = Path.GetExtension(path);
            if (extension.Equals(".html", StringComparison.OrdinalIgnoreCase)) HtmlMotion.EnsureAvailable(path);
            if (extension.Equals(".mp4", StringComparison.OrdinalIgnoreCase)) VideoFile.EnsureAvailable(path);
        }

        _paths = paths;
    }

    /// <summary>What writing them is among the stages of a job.</summary>
    public IEnumerable<JobStage> Stages => _paths.Concat(_others).Select(Cli.Stages.Writing);

    /// <summary>Writes all of them.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="piece">What it was made from.</param>
    /// <param name="job">The job that this is the end of, with <see cref="Stages"/> among its stages.</param>
    /// <param name="cancellation">Ends it; files that are whole by then stay.</param>
    /// <param name="others">Further files and how they are written, after these.</param>
    /// <exception cref="StoppedException">It was ended.</exception>
    public void Write(TwoHandClip clip, PlayedPiece piece, JobStages job, CancellationToken cancellation, params IReadOnlyList<(string Path, Action<string> Write)> others)
    {
        clip = WithPedal(clip, piece);
        (string Path, Action<string, IProgress<double>> Write)[] all =
        [
            .. _paths.Select(path => (path, (Action<string, IProgress<double>>)((name, progress) =>
            {
                if (!_bvh.TryWrite(name, clip, piece, progress, cancellation)) Write(name, clip, piece, progress, cancellation);
                CommandHost.Say($"{name}: {clip.FrameCount} frames, {clip.Duration:0.0} s");
            }))),
            .. others.Select(other => (other.Path, (Action<string, IProgress<double>>)((name, _) => other.Write(name)))),
        ];
        for (var i = 0; i < all.Length; i++)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                all[i].Write(all[i].Path, job.Begin(Cli.Stages.Writing(all[i].Path).Name));
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                throw new StoppedException([.. all[..i].Select(file => file.Path)], [.. all[i..].Select(file => file.Path)]);
            }
        }

        job.Finish();
    }

    /// <summary>Writes a file with one of the endings; what takes long stops when it is told to.</summary>
    public static void Write(string path, TwoHandClip clip, PlayedPiece piece, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        clip = WithPedal(clip, piece);
        if (Shows.TryGetValue(Path.GetExtension(path), out var show)) show(path, clip, piece, progress, cancellation);
        else MotionFile.Write(path, clip, progress, cancellation);
    }

    private static TwoHandClip WithPedal(TwoHandClip clip, PlayedPiece piece) => clip.Pedal.Count == 0 && piece.Score.Pedal.Count > 0 ? clip.WithPedal(piece.Score.Pedal) : clip;

    private static HtmlPage Page(TwoHandClip clip, PlayedPiece piece, CancellationToken stop) => new()
    {
        Title = piece.Title,
        Credits = [.. piece.Score.Credits, Imprint.MadeWith],
        Pedal = piece.Score.Pedal,
        Scene = piece.Avatar is { } avatar ? (stream, progress) => avatar.Write(stream, piece.Body(clip), clip, progress, stop) : null,
        Sound = piece.Recording is { } recording ? CompressedSound.FromRecording(recording, piece.Start, Math.Min(piece.Length ?? clip.Duration, clip.Duration), stop) : null,
    };
}
