using System.Buffers.Binary;
using Duomano.Core.Files;
using Duomano.Core.Music;

namespace Duomano.Formats.Midi;

/// <summary>Finds a file's header and track chunks, also where their lengths and numbers are wrong.</summary>
internal static class MidiChunks
{
    /// <summary>Takes off what other programs put around a MIDI file: RIFF's form RMID, and what <see cref="MusicKinds.BeforeMidi"/> finds.</summary>
    public static byte[] Unwrap(byte[] bytes, string path)
    {
        if (MusicKinds.BeforeMidi(bytes.AsSpan(0, Math.Min(bytes.Length, MusicKinds.HeadLength))) is { } before) return before == 0 ? bytes : bytes[before..];
        if (bytes.Length < 12 || !bytes.AsSpan().StartsWith("RIFF"u8) || !bytes.AsSpan(8, 4).SequenceEqual("RMID"u8)) return bytes;
        for (long at = 12; at + 8 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)at + 4));
            var start = (int)at + 8;

            // The MIDI data has lengths of its own, so a wrong one around it does no harm.
            if (bytes.AsSpan((int)at, 4).SequenceEqual("data"u8)) return bytes[start..(int)Math.Min(bytes.Length, start + (length == 0 ? uint.MaxValue : (long)length))];
            at = start + length + length % 2;
        }

        throw new UnreadableFileException(path, "byte 12", "a RIFF file of the form RMID without a 'data' chunk");
    }

    /// <summary>Reads the tracks.</summary>
    /// <param name="cursor">Behind the header.</param>
    /// <param name="announced">How many the header announces.</param>
    /// <param name="cancellation">Ends it.</param>
    public static List<MidiTrack> ReadTracks(MidiCursor cursor, int announced, CancellationToken cancellation = default)
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
            var left = cursor.Length - cursor.Position;
            if (!isTrack && length > left)
            {
                if (tracks.Count >= announced) break;
                throw cursor.Error(start, $"a chunk of {length} bytes, but the file has {left} more");
            }

            var end = cursor.Position + length;
            if (isTrack) tracks.Add(ReadTrack(cursor, start, ref end, cancellation));
            cursor.Position = (int)end;
            cursor.Track = null;
        }

        if (tracks.Count == 0) throw cursor.Error(cursor.Length, $"the file ends after 0 tracks, the header announces {announced}");
        if (tracks.Count != announced) cursor.Forgive($"the header announces {announced} tracks, the file has {tracks.Count}", 10);
        return tracks;
    }

    // A wrong length shows where no chunk follows; then the end of the track's own events counts.
    private static MidiTrack ReadTrack(MidiCursor cursor, int start, ref long end, CancellationToken cancellation)
    {
        var body = cursor.Position;
        var isEndRight = end == cursor.Length || (end < cursor.Length && cursor.IsChunkAt((int)end));
        cursor.End = isEndRight ? (int)end : cursor.Length;
        var track = MidiTrackReader.Read(cursor, !isEndRight, cancellation);
        cursor.End = cursor.Length;
        var read = cursor.Position;
        var isNextHere = read != end && cursor.IsTrackAt(read);
        if (isEndRight && !isNextHere) return track;
        if (!isEndRight && !isNextHere && read < cursor.Length && cursor.NextTrack(read) is { } next) read = next;
        cursor.Forgive($"the chunk announces {end - body} bytes, its events take {cursor.Position - body}", start);
        end = isNextHere || cursor.IsTrackAt(read) ? read : cursor.Length;
        return track;
    }
}
