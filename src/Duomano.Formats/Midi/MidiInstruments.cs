using Duomano.Formats.Scores;

namespace Duomano.Formats.Midi;

/// <summary>The instruments of a MIDI file: each channel of each track.</summary>
internal static class MidiInstruments
{
    public static IReadOnlyList<Instrument> Of(IReadOnlyList<MidiTrack> tracks, MidiNotes.TrackNotes[] paired)
    {
        var programs = tracks.SelectMany((track, index) => track.ProgramChanges.Select(change => (Track: index, change.Tick, change.Channel, change.Program)))
            .GroupBy(change => change.Channel).ToDictionary(group => group.Key, group => group.OrderBy(change => change.Tick).ToArray());
        var found = new List<Instrument>();
        for (var i = 0; i < tracks.Count; i++)
        {
            foreach (var channel in paired[i].Notes.GroupBy(note => note.Channel).OrderBy(group => group.Key))
            {
                var isDrums = channel.Key == MidiNotes.DrumChannel;
                found.Add(new()
                {
                    Number = i + 1,
                    Channel = channel.Key + 1,
                    Name = tracks[i].Name is { Length: > 0 } name ? name : tracks[i].Instrument is { Length: > 0 } instrument ? instrument : null,
                    Program = isDrums ? null : Program(i, channel.Min(note => note.On)),
                    IsPercussion = isDrums,
                    NoteCount = channel.Count(),
                });

                // The track's own last change before its first note, or else another track's.
                int? Program(int track, long before)
                {
                    if (!programs.TryGetValue(channel.Key, out var changes)) return null;
                    var own = changes.Where(change => change.Track == track).ToArray();
                    var known = own.Length > 0 ? own : changes;
                    var last = Array.FindLast(known, change => change.Tick <= before);
                    return last.Channel == channel.Key && last.Tick <= before && known[0].Tick <= before ? last.Program : known[0].Program;
                }
            }
        }

        // Several instruments in one track are told by their programs, not by the track's name.
        return [.. found.Select(one => found.Count(other => other.Number == one.Number) > 1 && (one.IsPercussion || one.Program is not null) && Distinct(found, one.Number)
            ? one with { Name = null } : one)];
    }

    /// <summary>Takes out the notes of instruments that are not played.</summary>
    public static void Keep(MidiNotes.TrackNotes[] paired, IReadOnlyList<Instrument> instruments)
    {
        var played = instruments.Where(instrument => instrument.IsPlayed).Select(instrument => (instrument.Number, instrument.Channel)).ToHashSet();
        for (var i = 0; i < paired.Length; i++) paired[i].Notes.RemoveAll(note => !played.Contains((i + 1, note.Channel + 1)));
    }

    private static bool Distinct(List<Instrument> all, int track) =>
        all.Where(instrument => instrument.Number == track).Select(instrument => (instrument.IsPercussion, Family: instrument.Program / 8)).Distinct().Count() > 1;
}
