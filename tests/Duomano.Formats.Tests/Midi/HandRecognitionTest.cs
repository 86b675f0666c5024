using Duomano.Core.Hands;
using Duomano.Formats.Midi;
using static Duomano.Formats.Tests.Midi.MidiBytes;

namespace Duomano.Formats.Tests.Midi;

public class HandRecognitionTest
{
    [Theory]
    [InlineData("right", "left")]
    [InlineData("Piano right", "Piano left")]
    [InlineData("PIano right second", "Piano left")]
    [InlineData("up:", "down:")]
    [InlineData("treble:", "bass:")]
    [InlineData("R.H.", "L.H.")]
    [InlineData("RH", "LH")]
    [InlineData("Piano R H", "Piano L H")]
    [InlineData("upper", "lower")]
    [InlineData("Rechte Hand", "Linke Hand")]
    [InlineData("main droite", "main gauche")]
    [InlineData("m.d.", "m.g.")]
    [InlineData("right_hand-1", "left_hand-1")]
    public void Named_tracks_whatever_they_play(string right, string left)
    {
        // The right hand plays lower here, so only the names can tell.
        var piece = Read(File(1, 480, Track(Name("Title"), End()), Playing(right, 40), Playing(left, 70)));
        Assert.Equal(HandSource.TrackNames, piece.HandSource);
        Assert.Equal([null, HandSide.Right, HandSide.Left], piece.Tracks.Select(track => track.Hand));
        Assert.Equal([(40, HandSide.Right), (70, HandSide.Left)], piece.Score.Notes.Select(note => (note.Key.Midi, note.Hand!.Value)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("Piano", "Piano")]
    [InlineData("Sonata", "Sonata")]
    [InlineData("Track 1", "Track 2")]
    [InlineData("Staff-1", "Staff-2")]
    [InlineData("Piano (1)", "Klavier 2")]
    public void Two_neutral_tracks_of_which_one_is_clearly_higher(string? first, string? second)
    {
        var piece = Read(File(1, 480, Track(End()), Playing(first, 45), Playing(second, 64)));
        Assert.Equal(HandSource.TwoTracks, piece.HandSource);
        Assert.Equal([HandSide.Left, HandSide.Right], piece.Score.Notes.Select(note => note.Hand!.Value));
    }

    [Fact]
    public void Two_tracks_at_one_height_stay_unknown() => AssertUnknown(File(1, 480, Playing(null, 60), Playing(null, 63)));

    [Fact]
    public void Named_voices_stay_unknown() => AssertUnknown(File(1, 480, Playing("Soprano line", 72), Playing("Tenor line", 50)));

    [Fact]
    public void Other_instruments_stay_unknown() =>
        AssertUnknown(File(1, 480, Track(Program(40), On(0, 80), Off(96, 80), End()), Playing(null, 50)));

    [Fact]
    public void Three_tracks_stay_unknown() => AssertUnknown(File(1, 480, Playing("1", 80), Playing("2", 60), Playing("3", 40)));

    [Fact]
    public void A_bass_alone_is_no_left_hand() => AssertUnknown(File(1, 480, Playing("Bass", 40), Playing("Voice", 70)));

    [Fact]
    public void A_left_hand_alone_is_one()
    {
        var piece = Read(File(1, 480, Playing("Left hand", 40)));
        Assert.Equal((HandSource.TrackNames, HandSide.Left), (piece.HandSource, piece.Score.Notes[0].Hand!.Value));
    }

    [Fact]
    public void Voices_beside_named_hands_stay_without_one()
    {
        var piece = Read(File(1, 480, Playing("Piano right", 70), Playing("Piano left", 40), Playing("Fuga 1", 55)));
        Assert.Equal([HandSide.Right, HandSide.Left, null], piece.Tracks.Select(track => track.Hand));
    }

    [Fact]
    public void Two_channels_of_the_only_track()
    {
        var piece = Read(File(0, 480, Track(On(0, 72, channel: 3), On(0, 48, channel: 4), Off(96, 72, channel: 3), Off(0, 48, channel: 4), End())));
        Assert.Equal(HandSource.TwoChannels, piece.HandSource);
        Assert.Equal([(48, HandSide.Left), (72, HandSide.Right)], piece.Score.Notes.Select(note => (note.Key.Midi, note.Hand!.Value)));
        Assert.Null(Assert.Single(piece.Tracks).Hand);
    }

    private static void AssertUnknown(byte[] file)
    {
        var piece = Read(file);
        Assert.Equal(HandSource.Unknown, piece.HandSource);
        Assert.All(piece.Score.Notes, note => Assert.Null(note.Hand));
    }

    private static byte[] Playing(string? name, int key) => name is null
        ? Track(On(0, key), Off(96, key), End())
        : Track(Name(name), On(0, key), Off(96, key), End());
}
