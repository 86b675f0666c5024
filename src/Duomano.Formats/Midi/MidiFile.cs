using Duomano.Core.Files;
using Duomano.Core.Music;

namespace Duomano.Formats.Midi;

/// <summary>Reads and writes standard MIDI files (SMF 1.0: formats 0 and 1, and format 2 with one pattern), also wrapped in RIFF (RMID).</summary>
public static class MidiFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A .mid, .midi, .kar or .rmi file.</param>
    /// <param name="tracks">Names or numbers of the tracks to play; the pianos where nothing is given.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">It is not a MIDI file that can be played as one piece.</exception>
    /// <exception cref="ArgumentException">No track is called what was asked for.</exception>
    public static MidiPiece Read(string path, IReadOnlyCollection<string>? tracks = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path, tracks, cancellation);
    }

    /// <summary>Reads from the current place of a stream to its end.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="tracks">Names or numbers of the tracks to play; the pianos where nothing is given.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">It is not a MIDI file that can be played as one piece.</exception>
    public static MidiPiece Read(Stream stream, string name = "MIDI data", IReadOnlyCollection<string>? tracks = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return MidiReader.Read(BoundedBytes.ReadAll(new StoppableStream(stream, cancellation), name, MidiReader.LargestFile), name, tracks, cancellation);
    }

    /// <summary>
    /// Writes a score as format 1: a conductor track, then a track "right", "left" and "piano" (where no hand is known)
    /// as far as there are such notes. Fingers are kept as text events; see <see cref="MidiPiece"/> for reading them back.
    /// </summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="score">What to write; times come back within half a millisecond.</param>
    /// <param name="options">Tempo and time signature; 120 beats a minute and none if null.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string path, Score score, MidiWriteOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        WholeFile.Write(path, stream => Write(stream, score, options), cancellation);
    }

    /// <summary>Writes a score to a stream; see <see cref="Write(string, Score, MidiWriteOptions?, CancellationToken)"/>.</summary>
    public static void Write(Stream stream, Score score, MidiWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(score);
        stream.Write(MidiWriter.Write(score, options ?? new()));
    }
}
