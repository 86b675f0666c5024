using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Scores;

namespace Duomano.Training.Fingering;

/// <summary>Pieces of which the hands are known.</summary>
public static class HandPieces
{
    // Shorter pieces, and pieces with more notes of unknown hands than this share, are passed over.
    private const int ShortestPiece = 30;
    private const double MostUnknown = 0.02;

    /// <summary>Reads the MIDI files and MusicXML scores of folders and their subfolders whose tracks, channels or staves tell hands.</summary>
    /// <param name="folders">The folders.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnreadableFileException">A file cannot be read.</exception>
    public static IReadOnlyList<IReadOnlyList<Note>> Read(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var pieces = new List<IReadOnlyList<Note>>();
        foreach (var path in folders.SelectMany(ScoreFile.In))
        {
            var all = ScoreFile.Read(path).Score.Notes;
            Note[] notes = [.. all.Where(note => note.Hand is not null).Select(note => note with { Finger = null })];
            if (notes.Length >= ShortestPiece && all.Count - notes.Length <= MostUnknown * notes.Length) pieces.Add(notes);
        }

        return pieces;
    }
}
