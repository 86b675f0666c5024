using System.Globalization;
using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Formats.Midi;

/// <summary>
/// Which hand and finger plays which note, as a table with tabs: a header line that names the columns (onset_sec,
/// offset_sec, pitch, velocity, hand, finger, confidence; the last two may be missing), then a note a line. The hand is R, L or ? (not
/// given), the finger 1 (thumb) to 5 or 0 (not given), the confidence 0 to 1.
/// </summary>
public sealed class FingeringTable
{
    private const int LargestFile = 64 << 20;
    private const double LongestPiece = 24 * 3600;
    private static readonly string[] Columns = ["onset_sec", "offset_sec", "pitch", "velocity", "hand", "finger", "confidence"];

    private FingeringTable(string path, Note[] notes, int[] lines)
    {
        Path = path;
        Notes = notes;
        Lines = lines;
    }

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>The notes in the order of the file, with hands and fingers as far as given.</summary>
    public IReadOnlyList<Note> Notes { get; }

    /// <summary>The line of each note, counted from 1.</summary>
    public IReadOnlyList<int> Lines { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">It is not such a table; the message tells the line.</exception>
    public static FingeringTable Read(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path, cancellation);
    }

    /// <summary>Reads a table from the current place of a stream to its end.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">It is not such a table; the message tells the line.</exception>
    public static FingeringTable Read(Stream stream, string name = "fingering", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var text = new StreamReader(new MemoryStream(BoundedBytes.ReadAll(new StoppableStream(stream, cancellation), name, LargestFile)), new UTF8Encoding(false));
        var header = text.ReadLine()?.TrimEnd('\r').Split('\t');
        if (header is null) throw new UnreadableFileException(name, "", "the file is empty");
        if (header.Length is < 5 or > 7 || !header.AsSpan().SequenceEqual(Columns.AsSpan(0, header.Length)))
        {
            throw new UnreadableFileException(name, "line 1", $"the columns are '{Shown(string.Join(' ', header))}', expected '{string.Join(' ', Columns.SkipLast(1))}' with tabs between them");
        }

        var notes = new List<Note>();
        var lines = new List<int>();
        for (var line = 2; text.ReadLine() is { } row; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(row)) continue;
            notes.Add(Parse(row.TrimEnd('\r').Split('\t'), header.Length, name, line));
            lines.Add(line);
        }

        return new(name, [.. notes], [.. lines]);
    }

    /// <summary>Writes a table.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="notes">The notes; what is not known of hands and fingers is written so.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string path, IEnumerable<Note> notes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(notes);
        WholeFile.Write(path, stream => Write(stream, notes), cancellation);
    }

    /// <summary>Writes a table that tells how sure each note's hand and finger are.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="notes">The notes, and a confidence from 0 to 1 for each.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void WriteSeen(string path, IEnumerable<(Note Note, float Confidence)> notes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(notes);
        WholeFile.Write(path, stream => Write(stream, Columns.Length, notes.Select(note => $"{Row(note.Note)}\t{note.Confidence.ToString("0.00", CultureInfo.InvariantCulture)}")), cancellation);
    }

    /// <summary>Writes a table to a stream.</summary>
    public static void Write(Stream stream, IEnumerable<Note> notes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(notes);
        Write(stream, Columns.Length - 1, notes.Select(Row));
    }

    private static void Write(Stream stream, int columns, IEnumerable<string> rows)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(string.Join('\t', Columns.Take(columns)));
        foreach (var row in rows) text.WriteLine(row);
    }

    private static string Row(Note note)
    {
        var hand = note.Hand switch { HandSide.Right => 'R', HandSide.Left => 'L', _ => '?' };
        return string.Create(CultureInfo.InvariantCulture, $"{note.Onset:0.0000}\t{note.Offset:0.0000}\t{note.Key.Midi}\t{note.Velocity}\t{hand}\t{(int?)note.Finger ?? 0}");
    }

    private static Note Parse(string[] cells, int columns, string path, int line)
    {
        if (cells.Length != columns) throw Wrong($"{cells.Length} columns, expected {columns} with tabs between them");
        var onset = Number(0, 0, LongestPiece);
        var offset = Number(1, onset, LongestPiece);
        var key = (int)Number(2, PianoKey.LowestMidi, PianoKey.HighestMidi, whole: true);
        var velocity = (int)Number(3, 1, 127, whole: true);
        HandSide? hand = cells[4] switch
        {
            "R" => HandSide.Right,
            "L" => HandSide.Left,
            "?" => null,
            _ => throw Wrong($"the hand is '{Shown(cells[4])}', expected R, L or ?"),
        };
        if (columns > 6) Number(6, 0, 1);
        var finger = columns < 6 ? 0 : (int)Number(5, 0, Fingers.All.Count, whole: true);
        return new Note(onset, offset, new PianoKey(key), velocity) { Hand = hand, Finger = finger == 0 ? null : (Finger)finger };

        double Number(int column, double least, double most, bool whole = false)
        {
            var isNumber = double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
            if (isNumber && value >= least && value <= most && (!whole || value == Math.Floor(value))) return value;
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{Columns[column]} is '{Shown(cells[column])}', expected {(whole ? "a whole number" : "a number")} from {least} to {most}"));
        }

        UnreadableFileException Wrong(string problem) => new(path, $"line {line}", problem);
    }

    // What stands in a broken file may be anything, of any length.
    private static string Shown(string text)
    {
        var clean = string.Concat(text.Take(60).Select(character => char.IsControl(character) ? ' ' : character));
        return text.Length > 60 ? clean + "…" : clean;
    }
}
