using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Formats.MusicXml;

namespace Duomano.Formats.Scores;

/// <summary>Notes that were read, and what is to be said of it.</summary>
/// <param name="Score">Notes and pedal.</param>
/// <param name="Warnings">Lines without the file's name; empty where all is as usual.</param>
public sealed record ScoreReading(Score Score, IReadOnlyList<string> Warnings);

/// <summary>Files that hold notes: MIDI and MusicXML, told apart by their content.</summary>
public static class ScoreFile
{
    /// <summary>What a file is by its first bytes; null where they tell nothing.</summary>
    /// <param name="path">The file, which must exist.</param>
    /// <exception cref="UnreadableFileException">It is of a format that is not read; the message says which and what helps.</exception>
    public static MusicKind? KindOf(string path)
    {
        using var file = OrdinaryFile.OpenRead(path);
        var bytes = new byte[MusicKinds.HeadLength];
        var head = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        if (OtherFormats.Describe(head) is { } other) throw new UnreadableFileException(path, "", other);
        return MusicKinds.Recognise(head);
    }

    /// <summary>Whether a file holds notes rather than sound: by its content, or else by its name.</summary>
    /// <param name="path">The file, which must exist.</param>
    /// <exception cref="UnreadableFileException">It is of a format that is not read; the message says which and what helps.</exception>
    public static bool HasNotes(string path) => KindOf(path) is { } kind ? kind.HasNotes() : IsMidiName(path) || IsMusicXmlName(path);

    /// <summary>Whether a name ends as those of MIDI files do.</summary>
    public static bool IsMidiName(string path) => Path.GetExtension(path).ToUpperInvariant() is ".MID" or ".MIDI" or ".SMF" or ".KAR" or ".RMI";

    /// <summary>Whether a name ends as those of MusicXML scores do.</summary>
    public static bool IsMusicXmlName(string path) => Path.GetExtension(path).ToUpperInvariant() is ".MXL" or ".MUSICXML" or ".XML";

    /// <summary>The files of a folder and its subfolders that are called as MIDI files and MusicXML scores are, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => IsMidiName(path) || IsMusicXmlName(path)).Order(StringComparer.Ordinal);

    /// <summary>Reads notes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tracks">Names or numbers of the tracks or parts to play; the pianos where nothing is given.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">It holds no notes that can be read.</exception>
    /// <exception cref="ArgumentException">No track is called what was asked for.</exception>
    public static ScoreReading Read(string path, IReadOnlyCollection<string>? tracks = null, CancellationToken cancellation = default)
    {
        var kind = KindOf(path);
        if (kind == MusicKind.MusicXml || (kind is null && IsMusicXmlName(path)))
        {
            var score = MusicXmlFile.Read(path, tracks);
            return new(score.Score, score.Warnings);
        }

        var piece = MidiFile.Read(path, tracks, cancellation);
        return new(piece.Score, piece.Warnings);
    }
}
