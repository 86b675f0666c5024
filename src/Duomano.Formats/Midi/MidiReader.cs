using Duomano.Core.Files;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Formats.Midi;

/// <summary>Reads a whole standard MIDI file from memory.</summary>
internal static class MidiReader
{
    /// <summary>Longer files are refused: ten hours of dense playing take less.</summary>
    public const int LargestFile = 16 << 20;

    private const double LongestPiece = 24 * 3600;

    // What has no length is held this long, about a frame of motion.
    private const double ShortestNote = 0.03;

    public static MidiPiece Read(byte[] bytes, string path, CancellationToken cancellation = default)
    {
        var cursor = new MidiCursor(bytes, path);
        if (bytes.Length == 0) throw new UnreadableFileException(path, "", "the file is empty");
        var (format, trackCount, ticksPerQuarter, ticksPerSecond) = ReadHeader(cursor);
        var tracks = ReadTracks(cursor, trackCount, cancellation);
        var tempo = ticksPerQuarter is { } division
            ? new MidiTempoMap(division, tracks.SelectMany(track => track.Tempos))
            : new MidiTempoMap(ticksPerSecond);
        var paired = tracks.Select((track, i) => MidiNotes.Pair(track, i, cancellation)).ToArray();
        var (hands, source) = HandRecognition.Recognize(tracks, paired);
        var notes = new List<Note>();
        foreach (var note in paired.SelectMany(track => track.Notes))
        {
            cancellation.ThrowIfCancellationRequested();
            var onset = tempo.Seconds(note.On);
            var offset = Math.Max(tempo.Seconds(note.Off), onset + (note.Off == note.On ? ShortestNote : 0));
            if (offset > LongestPiece) throw new UnreadableFileException(path, $"track {note.Track + 1}", $"a note ends after {offset / 3600:F0} hours, expected a piece of at most {LongestPiece / 3600:F0} hours");
            notes.Add(new Note(onset, offset, new PianoKey(note.Key), note.Velocity)
            {
                Hand = note.Fingering?.Hand ?? (hands.TryGetValue((note.Track, note.Channel), out var side) ? side : null),
                Finger = note.Fingering?.Finger,
            });
        }

        if (source == HandSource.Unknown && notes.Any(note => note.Hand is not null)) source = HandSource.FingeringTexts;
        return new()
        {
            Score = new(notes, MidiNotes.Pedal(tracks, tempo).Where(change => change.Time <= LongestPiece), Title(format, tracks, paired)) { Credits = MidiCredits.Of(tracks) },
            Tracks = [.. tracks.Select((track, i) => new MidiTrackInfo(track.Name, paired[i].Notes.Count,
                paired[i].Notes.Select(note => hands.TryGetValue((i, note.Channel), out var side) ? side : (Core.Hands.HandSide?)null).Distinct().ToArray() is [{ } only] ? only : null))],
            Format = format,
            TicksPerQuarter = ticksPerQuarter,
            Tempos = tempo.Tempos,
            TimeSignatures = [.. tracks.SelectMany(track => track.TimeSignatures).OrderBy(signature => signature.Tick)
                .Select(signature => new TimeSignature(tempo.Seconds(signature.Tick), signature.Numerator, signature.Denominator)).Distinct()],
            HandSource = source,
            NotesOffPiano = paired.Sum(track => track.OffPiano),
            DrumNotes = paired.Sum(track => track.Drums),
            UnreleasedNotes = paired.Sum(track => track.Unreleased),
        };
    }

    private static (int Format, int Tracks, int? TicksPerQuarter, double TicksPerSecond) ReadHeader(MidiCursor cursor)
    {
        var type = cursor.Take(Math.Min(4, cursor.Length), "a header");
        if (!type.SequenceEqual("MThd"u8)) throw cursor.Error(0, $"the file starts with '{Printable(type)}', expected 'MThd' (a standard MIDI file)");
        var length = cursor.UInt32("the header's length");
        if (length < 6) throw cursor.Error(4, $"a header of {length} bytes, expected at least 6");
        var body = cursor.Position;
        var format = cursor.UInt16("the format");
        var tracks = cursor.UInt16("the number of tracks");
        var division = cursor.UInt16("the division");
        cursor.Take(length - (cursor.Position - body), "the rest of the header");
        if (format == 2) throw cursor.Error(body, "format 2 (separate patterns) cannot be played as one piece, expected format 0 or 1");
        if (format > 2) throw cursor.Error(body, $"format {format}, expected 0 or 1");
        if (tracks == 0) throw cursor.Error(body + 2, "0 tracks, expected at least 1");
        if (division < 0x8000)
        {
            return division == 0 ? throw cursor.Error(body + 4, "0 ticks a quarter note, expected at least 1") : (format, tracks, division, 0);
        }

        var frames = 256 - (division >> 8);
        var ticksPerFrame = division & 0xFF;
        if (frames is not (24 or 25 or 29 or 30) || ticksPerFrame == 0)
        {
            throw cursor.Error(body + 4, $"a division of {frames} SMPTE frames a second and {ticksPerFrame} ticks a frame, expected 24, 25, 29 or 30 frames of at least 1 tick");
        }

        // "29" means 30 frames in 1.001 s (drop frame).
        return (format, tracks, null, (frames == 29 ? 30 / 1.001 : frames) * ticksPerFrame);
    }

    private static List<MidiTrack> ReadTracks(MidiCursor cursor, int announced, CancellationToken cancellation)
    {
        var tracks = new List<MidiTrack>();
        while (cursor.Position < cursor.Length)
        {
            // What follows the announced tracks and is no chunk (padding, an editor's trailer) is not music.
            if (tracks.Count >= announced && cursor.Length - cursor.Position < 8) break;
            var start = cursor.Position;
            cursor.Track = $"track {tracks.Count + 1}";
            var isTrack = cursor.Take(4, "a chunk's type").SequenceEqual("MTrk"u8);
            var length = cursor.UInt32("a chunk's length");
            if (tracks.Count >= announced && length > cursor.Length - cursor.Position) break;
            if (length > cursor.Length - cursor.Position)
            {
                throw cursor.Error(start, $"a chunk of {length} bytes, but the file has {cursor.Length - cursor.Position} more");
            }

            var end = cursor.Position + (int)length;
            if (isTrack)
            {
                cursor.End = end;
                tracks.Add(MidiTrackReader.Read(cursor, cancellation));
                cursor.End = cursor.Length;
            }

            cursor.Position = end;
            cursor.Track = null;
        }

        if (tracks.Count < announced) throw cursor.Error(cursor.Length, $"the file ends after {tracks.Count} tracks, the header announces {announced}");
        return tracks;
    }

    // The first track of a format 1 file names the piece, unless it plays, when its name may be a hand's or an instrument's.
    private static string? Title(int format, List<MidiTrack> tracks, MidiNotes.TrackNotes[] notes)
    {
        var name = tracks[0].Name;
        var isTitle = format == 0 || notes[0].Notes.Count == 0;
        return isTitle && name is not (null or "" or "control track") && HandRecognition.FromName(name) is null ? name : null;
    }

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length];
        for (var i = 0; i < text.Length; i++) text[i] = bytes[i] is >= 0x20 and < 0x7F ? (char)bytes[i] : '.';
        return new(text);
    }
}
