using Duomano.Cli.Folders;
using Duomano.CommandLine;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Formats.Midi;

namespace Duomano.Cli;

/// <summary>What a command makes of one piece: files of motion, and the notes that are played.</summary>
/// <param name="Motion">The files of motion.</param>
/// <param name="Notes">The MIDI file of the notes; null where nobody wants it.</param>
internal sealed record PieceOutputs(MotionOutputs Motion, string? Notes)
{
    /// <summary>The ending of the notes among the formats of a folder of pieces.</summary>
    public const string NotesExtension = ".mid";

    /// <summary>Files that the user named.</summary>
    public static PieceOutputs Named(string[] motion, string? notes, IEnumerable<string?> inputs, BvhChoice bvh) => new(new(motion, inputs, bvh, notes), notes);

    /// <summary>Files of a piece of a folder: what ends in .mid is its notes.</summary>
    public static PieceOutputs Sorted(string[] names, IEnumerable<string?> inputs, BvhChoice bvh)
    {
        bool IsNotes(string name) => name.EndsWith(NotesExtension, StringComparison.Ordinal);
        return Named([.. names.Where(name => !IsNotes(name))], names.FirstOrDefault(IsNotes), inputs, bvh);
    }

    /// <summary>Writes all of them.</summary>
    /// <param name="clip">The motion, with the notes that are played.</param>
    /// <param name="piece">What it was made from.</param>
    /// <param name="job">The job that this is the end of.</param>
    /// <param name="cancellation">Ends it; files that are whole by then stay.</param>
    public void Write(TwoHandClip clip, PlayedPiece piece, JobStages job, CancellationToken cancellation) =>
        Motion.Write(clip, piece, job, cancellation, Notes is { } notes ? [(notes, to => MidiFile.Write(to, piece.Score.WithNotes(clip.Notes), cancellation: cancellation))] : []);

    /// <summary>Works on one piece or on a folder of them.</summary>
    /// <param name="folder">The work on a folder; null for one piece.</param>
    /// <param name="path">The piece.</param>
    /// <param name="single">Its files, or for a folder what may be made of its pieces, checked.</param>
    /// <param name="of">The files of a piece of the folder, by their names.</param>
    /// <param name="make">Makes a piece.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static int Run(FolderWork? folder, string path, PieceOutputs single, Func<string, string[], PieceOutputs> of, Action<string, PieceOutputs, IProgress<JobProgress>?> make, CancellationToken cancellation)
    {
        if (folder is not null) return folder.Run((piece, names, told) => make(piece.Path, of(piece.Path, names), told), cancellation);
        return CommandHost.WithProgress(told =>
        {
            make(path, single, told);
            return CommandHost.Done;
        });
    }
}
