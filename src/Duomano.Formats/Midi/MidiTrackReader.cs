using System.Buffers.Binary;
using Duomano.Core.Files;

namespace Duomano.Formats.Midi;

/// <summary>Reads the events of one track chunk.</summary>
internal static class MidiTrackReader
{
    private const int EndOfTrack = 0x2F;

    /// <summary>Reads up to the cursor's end or the end-of-track event. A missing end-of-track event is forgiven.</summary>
    public static MidiTrack Read(MidiCursor cursor, CancellationToken cancellation = default)
    {
        var track = new MidiTrack();
        var tick = 0L;
        byte? running = null;
        while (!cursor.AtEnd)
        {
            cancellation.ThrowIfCancellationRequested();
            tick += cursor.Quantity("a delta time");
            var start = cursor.Position;
            var status = cursor.Peek("an event");
            if (status >= 0x80) cursor.Position++;
            else status = running ?? throw cursor.Error(start, $"an event starts with 0x{status:X2}, expected a status byte of 0x80 or more");

            if (status < 0xF0)
            {
                running = status;
                ReadChannelEvent(cursor, track, tick, status);
            }
            else if (status is 0xF0 or 0xF7)
            {
                // A whole exclusive message, the first packet of a split one, or a following packet: nothing of it is music.
                cursor.Take(cursor.Quantity("a length"), "a system exclusive message");
            }
            else if (status == 0xFF)
            {
                if (ReadMeta(cursor, track, tick) == EndOfTrack) break;
            }
            else
            {
                throw cursor.Error(start, $"status byte 0x{status:X2} cannot occur in a file");
            }
        }

        track.EndTick = tick;
        return track;
    }

    private static void ReadChannelEvent(MidiCursor cursor, MidiTrack track, long tick, byte status)
    {
        var channel = (byte)(status & 0x0F);
        switch (status >> 4)
        {
            case 0x8:
            case 0x9:
                var key = cursor.Data("a key");
                var velocity = cursor.Data("a velocity");
                var kind = status >> 4 == 9 && velocity > 0 ? ChannelEventKind.NoteOn : ChannelEventKind.NoteOff;
                track.Events.Add(new(tick, kind, channel, key, velocity));
                break;
            case 0xB:
                track.Events.Add(new(tick, ChannelEventKind.Controller, channel, cursor.Data("a controller"), cursor.Data("a controller value")));
                break;
            case 0xC:
                var program = cursor.Data("a program");
                if (channel != MidiNotes.DrumChannel) track.Programs.Add(program);
                break;
            case 0xD:
                cursor.Data("a channel pressure");
                break;
            default: // key pressure, pitch bend
                cursor.Data("a data byte");
                cursor.Data("a data byte");
                break;
        }
    }

    private static byte ReadMeta(MidiCursor cursor, MidiTrack track, long tick)
    {
        var type = cursor.Byte("a meta event's type");
        var start = cursor.Position;
        var data = cursor.Take(cursor.Quantity("a length"), $"a meta event of type 0x{type:X2}");
        switch (type)
        {
            case 0x01 when FingeringText.Parse(tick, MidiCursor.Text(data)) is { } fingering:
                track.Fingerings.Add(fingering);
                break;
            case 0x01 when tick == 0:
                track.FirstText ??= FileWords.Line(MidiCursor.Text(data));
                break;
            case 0x02:
                track.Copyright ??= FileWords.Line(MidiCursor.Text(data));
                break;
            case 0x03:
                track.Name ??= FileWords.Line(MidiCursor.Text(data));
                break;
            case 0x04:
                track.Instrument ??= FileWords.Line(MidiCursor.Text(data));
                break;
            case 0x51:
                if (data.Length < 3) throw cursor.Error(start, $"a tempo of {data.Length} bytes, expected 3");
                var microseconds = data[0] << 16 | BinaryPrimitives.ReadUInt16BigEndian(data[1..]);
                if (microseconds == 0) throw cursor.Error(start, "a tempo of 0 microseconds a quarter note");
                track.Tempos.Add((tick, microseconds));
                break;
            case 0x58:
                // Of the four bytes the last two (metronome clicks, 32nds a quarter) say nothing about the notes.
                if (data.Length >= 2 && data[0] > 0 && data[1] <= 10) track.TimeSignatures.Add((tick, data[0], 1 << data[1]));
                break;
        }

        return type;
    }
}
