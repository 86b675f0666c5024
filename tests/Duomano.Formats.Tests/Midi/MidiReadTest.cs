using System.Text;
using static Duomano.Formats.Tests.Midi.MidiBytes;

namespace Duomano.Formats.Tests.Midi;

public class MidiReadTest
{
    // 480 ticks a quarter at 120 beats a minute: 960 ticks a second.
    private const int Division = 480;

    [Fact]
    public void Format_0_with_the_default_tempo()
    {
        var piece = Read(File(0, Division, Track(On(0, 60, 90), Off(960, 60), On(480, 62), Off(480, 62), End())));

        Assert.Equal(0, piece.Format);
        Assert.Equal(Division, piece.TicksPerQuarter);
        Assert.Equal([(0.0, 1.0, 60, 90), (1.5, 2.0, 62, 64)], piece.Score.Notes.Select(note => (note.Onset, note.Offset, note.Key.Midi, note.Velocity)));
        Assert.All(piece.Score.Notes, note => Assert.Null(note.Hand));
        Assert.Equal(120, Assert.Single(piece.Tempos).BeatsPerMinute, 9);
    }

    [Fact]
    public void Tempo_changes_of_any_track_hold_for_all()
    {
        // A quarter at 120, then 60, then (asked for by the playing track) 240 beats a minute.
        var piece = Read(File(1, Division,
            Track(Tempo(0, 500_000), Tempo(480, 1_000_000), End()),
            Track(On(0, 60), Off(480, 60), On(0, 60), Off(480, 60), Tempo(0, 250_000), On(0, 60), Off(480, 60), End())));

        Assert.Equal([(0.0, 0.5), (0.5, 1.5), (1.5, 1.75)], piece.Score.Notes.Select(note => (note.Onset, note.Offset)));
        Assert.Equal([(0.0, 120.0), (0.5, 60.0), (1.5, 240.0)], piece.Tempos.Select(tempo => (tempo.Time, Math.Round(tempo.BeatsPerMinute, 6))));
    }

    [Fact]
    public void Of_two_tempos_at_one_tick_the_last_holds()
    {
        var piece = Read(File(0, Division, Track(Tempo(0, 123), Tempo(0, 1_000_000), On(0, 60), Off(480, 60), End())));
        Assert.Equal(1.0, piece.Score.Notes[0].Offset, 9);
    }

    [Fact]
    public void Running_status_and_note_on_with_velocity_0()
    {
        var piece = Read(File(0, Division, Track([0, 0x90, 60, 64, 0x60, 60, 0, 0, 62, 64, 0x60, 62, 0], End())));
        Assert.Equal([(60, 0.1), (62, 0.1)], piece.Score.Notes.Select(note => (note.Key.Midi, note.Duration)));
    }

    [Fact]
    public void Running_status_goes_on_after_a_meta_event()
    {
        var piece = Read(File(0, Division, Track([0, 0x90, 60, 64], Meta(0, 1, 65), [0x60, 60, 0], End())));
        Assert.Equal(0.1, piece.Score.Notes[0].Duration, 9);
    }

    [Fact]
    public void Of_overlapping_equal_notes_the_oldest_ends_first()
    {
        var piece = Read(File(0, Division, Track(On(0, 60, 10), On(96, 60, 20), Off(96, 60), Off(96, 60), End())));
        Assert.Equal([(10, 0.0, 0.2), (20, 0.1, 0.3)], piece.Score.Notes.Select(note => (note.Velocity, note.Onset, Math.Round(note.Offset, 9))));
    }

    [Fact]
    public void Notes_never_released_end_with_their_track()
    {
        var piece = Read(File(0, Division, Track(On(0, 60), On(96, 64), End(864))));
        Assert.Equal(2, piece.UnreleasedNotes);
        Assert.All(piece.Score.Notes, note => Assert.Equal(1.0, note.Offset, 9));
    }

    [Fact]
    public void All_notes_off_ends_the_notes_of_its_channel()
    {
        var piece = Read(File(0, Division, Track(On(0, 60), On(0, 64, channel: 1), Control(96, 123, 0), Off(96, 64, channel: 1), End())));
        Assert.Equal([0.1, 0.2], piece.Score.Notes.Select(note => Math.Round(note.Offset, 9)));
    }

    [Fact]
    public void Notes_without_length_get_one()
    {
        var note = Assert.Single(Read(File(0, Division, Track(On(0, 60), Off(0, 60), End()))).Score.Notes);
        Assert.InRange(note.Duration, 0.01, 0.05);
    }

    [Fact]
    public void Releases_of_silent_keys_are_ignored()
    {
        var piece = Read(File(0, Division, Track(Off(0, 60), On(0, 60), Off(96, 60), Off(96, 60), End())));
        Assert.Single(piece.Score.Notes);
    }

    [Fact]
    public void Sustain_pedal()
    {
        var piece = Read(File(0, Division, Track(Control(0, 64, 127), On(0, 60), Control(96, 64, 30), Control(96, 64, 30), Control(0, 1, 99), Off(0, 60), End())));
        Assert.Equal([(0.0, 127, true), (0.1, 30, false)], piece.Score.Pedal.Select(change => (change.Time, change.Value, change.IsDown)));
    }

    [Fact]
    public void The_pedal_is_as_far_down_as_in_the_channel_that_has_it_furthest_down()
    {
        var piece = Read(File(1, Division,
            Track(Control(0, 64, 127), Control(192, 64, 0), End()),
            Track(Control(96, 64, 100, channel: 1), Control(192, 64, 0, channel: 1), End())));
        Assert.Equal([(0.0, 127), (0.2, 100), (0.3, 0)], piece.Score.Pedal.Select(change => (Math.Round(change.Time, 9), change.Value)));
    }

    [Fact]
    public void Smpte_division_counts_real_time()
    {
        // 25 frames of 40 ticks: a tick is a millisecond, whatever the tempo.
        var piece = Read(File(0, (256 - 25) << 8 | 40, Track(Tempo(0, 123_456), On(0, 60), Off(750, 60), End())));
        Assert.Equal(0.75, piece.Score.Notes[0].Offset, 9);
        Assert.Null(piece.TicksPerQuarter);
        Assert.Empty(piece.Tempos);
    }

    [Fact]
    public void Time_signatures_are_kept()
    {
        var piece = Read(File(0, Division, Track(Meta(0, 0x58, 6, 3, 24, 8), Meta(960, 0x58, 3, 2, 24, 8), On(0, 60), Off(96, 60), End())));
        Assert.Equal([(0.0, 6, 8), (1.0, 3, 4)], piece.TimeSignatures.Select(signature => (signature.Time, signature.Numerator, signature.Denominator)));
    }

    [Fact]
    public void Exclusive_messages_also_split_ones_are_skipped()
    {
        var piece = Read(File(0, Division, Track(
            [0, 0xF0, 3, 0x43, 0x12, 0xF7],
            [0, 0xF0, 2, 0x43, 0x12],
            On(96, 60),
            [96, 0xF7, 2, 0x90, 0xF7],
            Off(0, 60),
            End())));
        Assert.Equal((0.1, 0.2), (piece.Score.Notes[0].Onset, Math.Round(piece.Score.Notes[0].Offset, 9)));
    }

    [Fact]
    public void Unknown_meta_events_and_chunks_are_skipped()
    {
        var track = Track(Meta(0, 0x7F, 1, 2, 3), Meta(0, 0x0E, 9), On(0, 60), Off(96, 60), End());
        byte[] file = [.. Header(0, 1, Division), .. Chunk("XFIH", [1, 2, 3]), .. track, .. Chunk("data", [4, 5]), 0, 0, 0];
        Assert.Single(Read(file).Score.Notes);
    }

    [Fact]
    public void A_longer_header_and_what_follows_the_end_of_a_track_are_skipped()
    {
        byte[] file = [.. "MThd"u8, 0, 0, 0, 8, 0, 0, 0, 1, 0x01, 0xE0, 77, 77, .. Track(On(0, 60), Off(96, 60), End(), [0xFF, 0xFF, 0xFF])];
        Assert.Single(Read(file).Score.Notes);
    }

    [Fact]
    public void A_missing_end_of_track_is_forgiven() => Assert.Single(Read(File(0, Division, Track(On(0, 60), Off(96, 60)))).Score.Notes);

    [Fact]
    public void Other_channel_messages_are_skipped()
    {
        var piece = Read(File(0, Division, Track([0, 0xA0, 60, 1], [0, 0xD0, 5], [0, 0xE0, 0, 64], Program(0), On(0, 60), Off(96, 60), End())));
        Assert.Single(piece.Score.Notes);
    }

    [Fact]
    public void Keys_beside_the_piano_and_drums_are_counted_and_left_out()
    {
        var piece = Read(File(0, Division, Track(On(0, 20), On(0, 109), On(0, 36, channel: 9), On(0, 21), On(0, 108), Off(96, 21), Off(0, 108), End())));
        Assert.Equal([21, 108], piece.Score.Notes.Select(note => note.Key.Midi));
        Assert.Equal((2, 1), (piece.NotesOffPiano, piece.DrumNotes));
    }

    [Fact]
    public void Title_in_utf8_or_latin1()
    {
        var notes = Track(On(0, 60), Off(96, 60), End());
        Assert.Equal("Für Elise", Read(File(1, Division, Track(Name("Für Elise"), End()), notes)).Score.Title);
        Assert.Equal("Für Elise", Read(File(1, Division, Track(Meta(0, 3, Encoding.Latin1.GetBytes("Für Elise")), End()), notes)).Score.Title);
    }

    [Fact]
    public void A_file_without_notes_is_an_empty_score() => Assert.Empty(Read(File(0, Division, Track(End()))).Score.Notes);
}
