using System.Buffers.Binary;
using Duomano.Core.Files;
using Duomano.Formats.Scores;

namespace Duomano.Formats.Midi;

/// <summary>Reads the events of one track chunk.</summary>
internal static class MidiTrackReader
{
    private const int EndOfTrack = 0x2F;

    /// <summary>Reads up to the cursor's end or the end-of-track event.</summary>
    /// <param name="cursor">At the first delta time.</param>
    /// <param name="needsEnd">Whether an end-of-track event has to come; otherwise a missing one is forgiven.</param>
    /// <param name="cancellation">Ends it.</param>
    public static MidiTrack Read(MidiCursor cursor, bool needsEnd = false, CancellationToken cancellation = default)
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
                if (ReadMeta(cursor, track, tick) != EndOfTrack) continue;
                needsEnd = false;
                break;
            }
            else
            {
                // Meant for cables; recorders that wrote down all they received left them in.
                cursor.Forgive($"system messages among the events, such as 0x{status:X2}, are passed over", start);
                cursor.Take(status switch { 0xF2 => 2, 0xF1 or 0xF3 => 1, _ => 0 }, "a system message");
                if (status < 0xF8) running = null;
            }
        }

        if (needsEnd) throw cursor.Error(cursor.Position, "the file ends where an event was expected");
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
                var key = cursor.Key("a key");
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
                track.ProgramChanges.Add((tick, channel, program));
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
            case 0x01 when FingeringText.Parse(tick, FileText.Decode(data)) is { } fingering:
                track.Fingerings.Add(fingering);
                break;
            case 0x01 when tick == 0 && FileText.Decode(data) is ['@', 'T', .. var title]:
                track.KaraokeTitle ??= FileWords.Line(title);
                break;
            case 0x01 when tick == 0:
                track.FirstText ??= FileWords.Line(FileText.Decode(data));
                break;
            case 0x02:
                track.Copyright ??= FileWords.Line(FileText.Decode(data));
                break;
            case 0x03:
                track.Name ??= FileWords.Line(FileText.Decode(data));
                break;
            case 0x04:
                track.Instrument ??= FileWords.Line(FileText.Decode(data));
                break;
            case 0x51:
                if (data.Length < 3) throw cursor.Error(start, $"a tempo of {data.Length} bytes, expected 3");
                var microseconds = data[0] << 16 | BinaryPrimitives.ReadUInt16BigEndian(data[1..]);
                if (microseconds == 0) cursor.Forgive("a tempo of 0 microseconds a quarter note is passed over", start);
                else track.Tempos.Add((tick, microseconds));
                break;
            case 0x58:
                // Of the four bytes the last two (metronome clicks, 32nds a quarter) say nothing about the notes.
                if (data.Length >= 2 && data[0] > 0 && data[1] <= 10) track.TimeSignatures.Add((tick, data[0], 1 << data[1]));
                break;
        }

        return type;
    }
}
