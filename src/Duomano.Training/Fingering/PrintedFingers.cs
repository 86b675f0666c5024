using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Formats.Scores;

namespace Duomano.Training.Fingering;

/// <summary>Pieces with the fingers that editions print.</summary>
public static class PrintedFingers
{
    /// <summary>
    /// Reads the fingering tables (.tsv) of folders, and the scores in them and their subfolders (MusicXML, MIDI with
    /// fingerings as text) that print fingers.
    /// </summary>
    /// <param name="folders">The folders.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnreadableFileException">A file cannot be read.</exception>
    public static IReadOnlyList<FingeredPiece> Read(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var pieces = new List<FingeredPiece>();
        foreach (var folder in folders)
        {
            foreach (var table in Directory.EnumerateFiles(folder, "*.tsv").Order(StringComparer.Ordinal)) Add(FingeringTable.Read(table).Notes);
            foreach (var score in ScoreFile.In(folder)) Add(ScoreFile.Read(score).Score.Notes);
        }

        return pieces;

        void Add(IEnumerable<Note> notes)
        {
            var known = new Score(notes.Where(note => note.Hand is not null)).Notes;
            if (known.Any(note => note.Finger is not null)) pieces.Add(new(known, true));
        }
    }
}
