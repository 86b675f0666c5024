using Duomano.Core.Files;
using Duomano.Core.Music;

namespace Duomano.Formats.MusicXml;

/// <summary>
/// Reads scores in MusicXML (1.0 to 4.0, partwise and timewise, plain or compressed), and writes fingerings into them.
/// Specification: https://www.w3.org/2021/06/musicxml40/.
/// </summary>
public static class MusicXmlFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A .musicxml, .xml or .mxl file.</param>
    /// <param name="tracks">Names or numbers of the parts to play; the pianos where nothing is given.</param>
    /// <exception cref="UnreadableFileException">It is no such score; the message tells the line.</exception>
    /// <exception cref="ArgumentException">No part is called what was asked for.</exception>
    public static MusicXmlPiece Read(string path, IReadOnlyCollection<string>? tracks = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path, tracks);
    }

    /// <summary>Reads from the current place of a stream to its end.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="tracks">Names or numbers of the parts to play; the pianos where nothing is given.</param>
    /// <exception cref="UnreadableFileException">It is no such score; the message tells the line.</exception>
    public static MusicXmlPiece Read(Stream stream, string name = "MusicXML data", IReadOnlyCollection<string>? tracks = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return MusicXmlReader.Read(MusicXmlBytes.Read(stream, name).Parse(), name, tracks);
    }

    /// <summary>
    /// Writes a score again with fingers in it. Nothing else changes: the text of the score is kept letter by letter, and so are the
    /// other files of a compressed one. Notes that have a printed finger keep it.
    /// </summary>
    /// <param name="source">The score.</param>
    /// <param name="target">The file to make or replace; compressed if its name ends in .mxl.</param>
    /// <param name="notes">The notes of <see cref="MusicXmlPiece.Score"/> in their order, with fingers.</param>
    /// <param name="tracks">The parts that were chosen when the score was read.</param>
    /// <returns>How many fingers were written.</returns>
    /// <exception cref="ArgumentException">The notes are not those of the score.</exception>
    public static int WriteFingering(string source, string target, IReadOnlyList<Note> notes, IReadOnlyCollection<string>? tracks = null)
    {
        ArgumentNullException.ThrowIfNull(notes);
        using var stream = OrdinaryFile.OpenRead(source);
        var file = MusicXmlBytes.Read(stream, source);
        var document = file.Parse();
        var piece = MusicXmlReader.Read(document, source, tracks);
        if (piece.Sources.Count != notes.Count) throw new ArgumentException($"{notes.Count} notes for a score of {piece.Sources.Count}.", nameof(notes));
        var (text, written) = FingeringInserter.Insert(XmlText.Decode(file.Score), piece.Sources, notes);
        WholeFile.Write(target, output => file.Write(output, text, target.EndsWith(".mxl", StringComparison.OrdinalIgnoreCase)));
        return written;
    }
}
