using Duomano.Core.Motion;
using Duomano.Formats.Html;
using Duomano.Formats.Midi;
using Duomano.Formats.Video;
using Duomano.Server;

namespace Duomano.Cli.Serving;

/// <summary>Motion in every format that can be downloaded.</summary>
internal static class MotionDownloads
{
    private const string NotesEnding = ".mid", FingersEnding = ".tsv";

    /// <summary>Offers motion.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="piece">What it was made from, with a title.</param>
    public static MadeMotion Of(TwoHandClip clip, PlayedPiece piece) => new()
    {
        Title = piece.Title,
        Seconds = clip.Duration,
        Notes = piece.Score.Notes.Count,
        Endings = [.. MotionOutputs.Extensions.Where(IsAvailable), NotesEnding, FingersEnding],
        Keep = (folder, unwanted) => KeptMotion.Write(folder, clip, piece, unwanted),
        Write = (path, unwanted) =>
        {
            switch (Path.GetExtension(path))
            {
                case NotesEnding: MidiFile.Write(path, piece.Score, cancellation: unwanted); break;
                case FingersEnding: FingeringTable.Write(path, piece.Score.Notes, unwanted); break;
                default: MotionOutputs.Write(path, clip, piece, cancellation: unwanted); break;
            }
        },
    };

    private static bool IsAvailable(string ending) => ending switch
    {
        ".html" => HtmlMotion.IsAvailable,
        ".mp4" => VideoFile.IsAvailable,
        _ => true,
    };
}
