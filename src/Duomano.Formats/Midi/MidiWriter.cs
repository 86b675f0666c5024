using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Formats.Midi;

/// <summary>Writes a score as a format 1 file.</summary>
internal static class MidiWriter
{
    private const byte Text = 0x01;
    private const byte TrackName = 0x03;
    private const byte EndOfTrack = 0x2F;
    private const byte Tempo = 0x51;
    private const byte TimeSignature = 0x58;

    // A meta event's length may take 28 bits, but nobody's title does.
    private const int LongestName = 1000;

    // Of things at one tick: releases first, so that a repeated note is struck anew, then what prepares the notes.
    private const int First = 0, Release = 1, Preparation = 2, Strike = 3;

    public static byte[] Write(Score score, MidiWriteOptions options)
    {
        var microseconds = (int)Math.Round(60e6 / options.BeatsPerMinute);

        // Multiples of 480 that make a tick a millisecond at most.
        var division = Math.Min(480 * (int)Math.Ceiling(microseconds / 480_000.0), 0x7FFF);
        var ticksPerSecond = division * 1e6 / microseconds;

        var parts = ((string Name, HandSide? Side)[])[("right", HandSide.Right), ("left", HandSide.Left), ("piano", null)];
        var playing = parts
            .Select(part => (part.Name, Notes: score.Notes.Where(note => note.Hand == part.Side).ToList()))
            .Where(part => part.Notes.Count > 0)
            .ToList();

        // The pedal goes along in the first playing track: one foot, however many hands.
        List<byte[]> tracks =
        [
            Conductor(score, options, microseconds, ticksPerSecond, withPedal: playing.Count == 0),
            .. playing.Select((part, i) => Playing(part.Name, part.Notes, i == 0 ? score.Pedal : [], i, ticksPerSecond)),
        ];

        using var file = new MemoryStream();
        file.Write("MThd"u8);
        Span<byte> header = stackalloc byte[10];
        BinaryPrimitives.WriteUInt32BigEndian(header, 6);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)tracks.Count);
        BinaryPrimitives.WriteUInt16BigEndian(header[8..], (ushort)division);
        file.Write(header);
        foreach (var track in tracks) file.Write(track);
        return file.ToArray();
    }

    private static byte[] Conductor(Score score, MidiWriteOptions options, int microseconds, double ticksPerSecond, bool withPedal)
    {
        var events = new List<(long Tick, int Order, byte[] Bytes)>();
        if (score.Title is { Length: > 0 } title) events.Add((0, First, Meta(TrackName, Encoding.UTF8.GetBytes(title.Length > LongestName ? title[..LongestName] : title))));
        events.Add((0, First, Meta(Tempo, [(byte)(microseconds >> 16), (byte)(microseconds >> 8), (byte)microseconds])));
        if (options.TimeSignature is { } signature)
        {
            events.Add((0, First, Meta(TimeSignature, [(byte)signature.Numerator, (byte)BitOperations.Log2((uint)signature.Denominator), 24, 8])));
        }

        if (withPedal) AddPedal(events, score.Pedal, 0, ticksPerSecond);
        return Track(events);
    }

    private static byte[] Playing(string name, List<Note> notes, IReadOnlyList<PedalChange> pedal, int channel, double ticksPerSecond)
    {
        var events = new List<(long Tick, int Order, byte[] Bytes)> { (0, First, Meta(TrackName, Encoding.ASCII.GetBytes(name))) };
        AddPedal(events, pedal, channel, ticksPerSecond);
        foreach (var note in notes)
        {
            var on = Ticks(note.Onset, ticksPerSecond);
            var off = Math.Max(on + 1, Ticks(note.Offset, ticksPerSecond));
            var key = (byte)note.Key.Midi;
            if (note.Finger is not null)
            {
                events.Add((on, Preparation, Meta(Text, Encoding.ASCII.GetBytes(FingeringText.Format(note.Hand, note.Finger, key)))));
            }

            events.Add((on, Strike, [(byte)(0x90 | channel), key, (byte)note.Velocity]));
            events.Add((off, Release, [(byte)(0x80 | channel), key, 64]));
        }

        return Track(events);
    }

    private static void AddPedal(List<(long Tick, int Order, byte[] Bytes)> events, IReadOnlyList<PedalChange> pedal, int channel, double ticksPerSecond)
    {
        foreach (var change in pedal)
        {
            events.Add((Ticks(Math.Max(0, change.Time), ticksPerSecond), Preparation, [(byte)(0xB0 | channel), 64, (byte)Math.Clamp(change.Value, 0, 127)]));
        }
    }

    private static long Ticks(double seconds, double ticksPerSecond) => (long)Math.Round(seconds * ticksPerSecond);

    private static byte[] Track(List<(long Tick, int Order, byte[] Bytes)> events)
    {
        using var body = new MemoryStream();
        var last = 0L;
        foreach (var (tick, _, bytes) in events.OrderBy(entry => entry.Tick).ThenBy(entry => entry.Order))
        {
            WriteQuantity(body, tick - last);
            body.Write(bytes);
            last = tick;
        }

        WriteQuantity(body, 0);
        body.Write(Meta(EndOfTrack, []));

        var chunk = new byte[8 + body.Length];
        "MTrk"u8.CopyTo(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), (uint)body.Length);
        body.ToArray().CopyTo(chunk, 8);
        return chunk;
    }

    private static byte[] Meta(byte type, ReadOnlySpan<byte> data)
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(0xFF);
        bytes.WriteByte(type);
        WriteQuantity(bytes, data.Length);
        bytes.Write(data);
        return bytes.ToArray();
    }

    private static void WriteQuantity(MemoryStream stream, long value)
    {
        if (value >= 1 << 28) throw new ArgumentException($"A pause of {value} ticks is longer than a MIDI file can hold.");
        for (var shift = 21; shift > 0; shift -= 7)
        {
            if (value >> shift > 0) stream.WriteByte((byte)(0x80 | ((value >> shift) & 0x7F)));
        }

        stream.WriteByte((byte)(value & 0x7F));
    }
}
