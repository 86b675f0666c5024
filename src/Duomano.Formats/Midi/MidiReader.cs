using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Scores;

namespace Duomano.Formats.Midi;

/// <summary>Reads a whole standard MIDI file from memory.</summary>
internal static class MidiReader
{
    /// <summary>Longer files are refused: ten hours of dense playing take less.</summary>
    public const int LargestFile = 16 << 20;

    private const double LongestPiece = 24 * 3600;

    // What has no length is held this long, about a frame of motion.
    private const double ShortestNote = 0.03;

    // What is never released is held no longer than this, seconds: a string has faded by then.
    private const double LongestUnreleased = 8;

    public static MidiPiece Read(byte[] bytes, string path, IReadOnlyCollection<string>? asked = null, CancellationToken cancellation = default)
    {
        if (bytes.Length == 0) throw new UnreadableFileException(path, "", "the file is empty");
        var cursor = new MidiCursor(MidiChunks.Unwrap(bytes, path), path);
        var (format, trackCount, ticksPerQuarter, ticksPerSecond) = ReadHeader(cursor);
        var tracks = MidiChunks.ReadTracks(cursor, trackCount, cancellation);
        if (format == 2 && tracks.Count(track => track.Events.Any(message => message.Kind == ChannelEventKind.NoteOn)) > 1)
        {
            throw cursor.Error(8, "format 2 (separate patterns) with more than one pattern cannot be played as one piece, expected format 0 or 1");
        }

        var tempo = ticksPerQuarter is { } division
            ? new MidiTempoMap(division, tracks.SelectMany(track => track.Tempos))
            : new MidiTempoMap(ticksPerSecond);
        var paired = tracks.Select((track, i) => MidiNotes.Pair(track, i, cancellation)).ToArray();
        var (instruments, message) = InstrumentChoice.Choose(MidiInstruments.Of(tracks, paired), asked, path);
        MidiInstruments.Keep(paired, instruments);
        var (hands, source) = HandRecognition.Recognize(tracks, paired);
        var notes = new List<(Note Note, bool IsUnreleased)>();
        foreach (var note in paired.SelectMany(track => track.Notes))
        {
            cancellation.ThrowIfCancellationRequested();
            var onset = tempo.Seconds(note.On);
            var offset = Math.Max(tempo.Seconds(note.Off), onset + (note.Off == note.On ? ShortestNote : 0));
            if (note.IsUnreleased) offset = Math.Min(offset, onset + LongestUnreleased);
            if (offset > LongestPiece) throw new UnreadableFileException(path, $"track {note.Track + 1}", $"a note ends after {offset / 3600:F0} hours, expected a piece of at most {LongestPiece / 3600:F0} hours");
            notes.Add((new Note(onset, offset, new PianoKey(note.Key), note.Velocity)
            {
                Hand = note.Fingering?.Hand ?? (hands.TryGetValue((note.Track, note.Channel), out var side) ? side : null),
                Finger = note.Fingering?.Finger,
            }, note.IsUnreleased));
        }

        if (source == HandSource.Unknown && notes.Any(entry => entry.Note.Hand is not null)) source = HandSource.FingeringTexts;
        var unreleased = notes.Count(entry => entry.IsUnreleased);
        if (unreleased > 0) cursor.Faults.Add($"{unreleased} notes are never released and end after at most {LongestUnreleased} s", $"the first at {notes.First(entry => entry.IsUnreleased).Note.Onset:0.0} s");

        // Pedals belong to instruments by their channel; one that no instrument uses may be anybody's.
        var played = instruments.Where(instrument => instrument.IsPlayed).Select(instrument => instrument.Channel - 1).ToHashSet();
        var unplayed = instruments.Where(instrument => !instrument.IsPlayed).Select(instrument => instrument.Channel - 1).Append(MidiNotes.DrumChannel).Where(channel => !played.Contains(channel)).ToHashSet();
        var channels = Enumerable.Range(0, 16).Where(channel => !unplayed.Contains(channel)).Select(channel => (byte)channel).ToHashSet();
        return new()
        {
            Score = new(Unisons.Join(notes).Select(entry => entry.Note), MidiNotes.Pedal(tracks, tempo, channels).Where(change => change.Time <= LongestPiece), Title(format, tracks, paired)) { Credits = MidiCredits.Of(tracks) },
            Tracks = [.. tracks.Select((track, i) => new MidiTrackInfo(track.Name, paired[i].Notes.Count,
                paired[i].Notes.Select(note => hands.TryGetValue((i, note.Channel), out var side) ? side : (HandSide?)null).Distinct().ToArray() is [{ } only] ? only : null))],
            Format = format,
            TicksPerQuarter = ticksPerQuarter,
            Tempos = tempo.Tempos,
            TimeSignatures = [.. tracks.SelectMany(track => track.TimeSignatures).OrderBy(signature => signature.Tick)
                .Select(signature => new TimeSignature(tempo.Seconds(signature.Tick), signature.Numerator, signature.Denominator)).Distinct()],
            HandSource = source,
            NotesOffPiano = paired.Sum(track => track.OffPiano),
            DrumNotes = instruments.Where(instrument => instrument is { IsPercussion: true, IsPlayed: false }).Sum(instrument => instrument.NoteCount),
            UnreleasedNotes = unreleased,
            Instruments = instruments,
            Warnings = [.. cursor.Faults.Lines, .. message is null ? Array.Empty<string>() : [message]],
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
        if (format > 2) throw cursor.Error(body, $"format {format}, expected 0 or 1");
        if (tracks == 0 && cursor.Position == cursor.Length) throw cursor.Error(body + 2, "0 tracks, expected at least 1");
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

    // The first track of a format 1 file names the piece, unless it plays, when its name may be a hand's or an instrument's.
    private static string? Title(int format, List<MidiTrack> tracks, MidiNotes.TrackNotes[] notes)
    {
        if (tracks.Select(track => track.KaraokeTitle).FirstOrDefault(title => title is { Length: > 0 }) is { } karaoke) return karaoke;
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
