using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Formats.Midi;

/// <summary>Pairs note-ons with note-offs, and merges the pedals of all channels.</summary>
internal static class MidiNotes
{
    /// <summary>Channel 10 as people count, the drums of General MIDI.</summary>
    public const int DrumChannel = 9;

    private const int SustainPedal = 64;
    private const int AllSoundOff = 120;
    private const int ResetControllers = 121;
    private const int AllNotesOff = 123;

    /// <summary>A note in ticks.</summary>
    internal record struct TickNote(int Track, byte Channel, byte Key, byte Velocity, long On, long Off, FingeringText? Fingering)
    {
        /// <summary>Whether no note-off ended it.</summary>
        public bool IsUnreleased { get; set; }
    }

    /// <summary>The notes of one track that a piano can play, and what was left out.</summary>
    internal sealed class TrackNotes
    {
        public List<TickNote> Notes { get; } = [];

        public int OffPiano { get; set; }

    }

    /// <summary>Pairs a track's note-ons and note-offs: of several sounding notes of one key the oldest ends first.</summary>
    public static TrackNotes Pair(MidiTrack track, int index, CancellationToken cancellation = default)
    {
        var result = new TrackNotes();
        var sounding = new Dictionary<(byte Channel, byte Key), Queue<int>>();
        var fingerings = track.Fingerings.GroupBy(text => (text.Tick, text.Key))
            .ToDictionary(group => group.Key, group => new Queue<FingeringText>(group));
        foreach (var message in track.Events)
        {
            cancellation.ThrowIfCancellationRequested();
            if (message.Kind == ChannelEventKind.NoteOn)
            {
                if (!PianoKey.IsOnPiano(message.Number)) result.OffPiano++;
                else Start(message);
            }
            else if (message.Kind == ChannelEventKind.NoteOff)
            {
                if (sounding.TryGetValue((message.Channel, message.Number), out var queue) && queue.Count > 0) End(queue.Dequeue(), message.Tick);
            }
            else if (message.Number is AllSoundOff or AllNotesOff)
            {
                foreach (var (_, queue) in sounding.Where(entry => entry.Key.Channel == message.Channel))
                {
                    while (queue.Count > 0) End(queue.Dequeue(), message.Tick);
                }
            }
        }

        foreach (var queue in sounding.Values)
        {
            while (queue.TryDequeue(out var note)) result.Notes[note] = result.Notes[note] with { Off = track.EndTick, IsUnreleased = true };
        }

        return result;

        void Start(ChannelEvent message)
        {
            FingeringText? fingering = fingerings.TryGetValue((message.Tick, message.Number), out var texts) && texts.TryDequeue(out var text) ? text : null;
            if (!sounding.TryGetValue((message.Channel, message.Number), out var queue)) sounding[(message.Channel, message.Number)] = queue = new();
            queue.Enqueue(result.Notes.Count);
            result.Notes.Add(new(index, message.Channel, message.Number, message.Value, message.Tick, message.Tick, fingering));
        }

        void End(int note, long tick) => result.Notes[note] = result.Notes[note] with { Off = tick };
    }

    /// <summary>The sustain pedal: as far down as the channel that has it furthest down.</summary>
    /// <param name="tracks">The tracks.</param>
    /// <param name="tempo">Turns ticks into seconds.</param>
    /// <param name="channels">Channels that are played.</param>
    public static List<PedalChange> Pedal(IEnumerable<MidiTrack> tracks, MidiTempoMap tempo, IReadOnlySet<byte> channels)
    {
        var values = new int[16];
        var changes = new List<PedalChange>();
        var current = 0;
        var messages = tracks.SelectMany(track => track.Events)
            .Where(message => message.Kind == ChannelEventKind.Controller && message.Number is SustainPedal or ResetControllers && channels.Contains(message.Channel))
            .OrderBy(message => message.Tick);
        foreach (var message in messages)
        {
            values[message.Channel] = message.Number == SustainPedal ? message.Value : 0;
            var value = values.Max();
            if (value == current) continue;
            changes.Add(new(tempo.Seconds(message.Tick), current = value));
        }

        return changes;
    }
}
