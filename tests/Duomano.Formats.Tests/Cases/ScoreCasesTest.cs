using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Formats.Scores;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Cases;

/// <summary>Odd files that people have, and what a musician expects of them.</summary>
public class ScoreCasesTest
{
    [Theory]
    [InlineData("m00_good.mid", 12, 3.9)]
    [InlineData("m01_rmid.mid", 12, 3.9)]
    [InlineData("m03_song_without_extension", 12, 3.9)]
    [InlineData("m04_ntrks_too_many.mid", 12, 3.9, "the header announces 5 tracks, the file has 3 (byte 10)")]
    [InlineData("m06_middle_track_length_too_long.mid", 12, 3.9, "the chunk announces 105 bytes, its events take 85 (track 2, byte 33)")]
    [InlineData("m09_running_status_after_sysex.mid", 2, 1.0)]
    [InlineData("m10_tempo_zero.mid", 12, 3.9, "a tempo of 0 microseconds a quarter note is passed over (track 1, byte 58)")]
    [InlineData("m13_eot_hours_later.mid", 12, 3.9)]
    [InlineData("m15_same_key_two_channels.mid", 2, 2.0)]
    [InlineData("m17_orchestra_with_piano.mid", 12, 3.9, "plays Grand Piano (track 3) and leaves out Violins (track 2), Contrabass (track 4), Flute (track 5), Drums (track 6); --track NAME or --track NUMBER chooses otherwise")]
    [InlineData("m18_japanese_hand_names_utf8.mid", 12, 3.9)]
    [InlineData("m21_format2_one_track.mid", 12, 3.9)]
    [InlineData("m23_zero_length_track.mid", 12, 3.9)]
    [InlineData("m25_left_hand_in_two_tracks.mid", 16, 3.9)]
    [InlineData("m27_ppq1.mid", 8, 4.0)]
    [InlineData("m28_ppq32767.mid", 12, 3.9)]
    [InlineData("m31_half_pedal.mid", 12, 3.9)]
    [InlineData("m32_karaoke.kar", 12, 3.9)]
    public void It_is_read_with_one_warning_where_something_is_odd(string file, int notes, double seconds, string? warning = null)
    {
        var path = PathOf(file);
        Assert.Equal(MusicKind.Midi, ScoreFile.KindOf(path));
        var reading = ScoreFile.Read(path);
        Assert.Equal(notes, reading.Score.Notes.Count);
        Assert.Equal(seconds, reading.Score.Duration, 0.06);
        Assert.Equal(warning is null ? [] : [warning], reading.Warnings);
    }

    [Fact]
    public void Hands_are_known_by_their_Japanese_names_also_where_they_cross()
    {
        var score = ScoreFile.Read(PathOf("m18_japanese_hand_names_utf8.mid")).Score;
        Assert.Equal("小犬のワルツ", score.Title);
        var pitch = score.Notes.ToLookup(note => note.Hand, note => note.Key.Midi);
        Assert.Equal((8, 4), (pitch[HandSide.Right].Count(), pitch[HandSide.Left].Count()));
        Assert.True(pitch[HandSide.Right].Average() < pitch[HandSide.Left].Average());
    }

    [Theory]
    [InlineData("Flute", 8)]
    [InlineData("flu", 8)]
    [InlineData("4", 4)]
    public void A_track_is_chosen_by_name_or_number(string track, int notes) =>
        Assert.Equal(notes, ScoreFile.Read(PathOf("m17_orchestra_with_piano.mid"), [track]).Score.Notes.Count);

    [Fact]
    public void A_track_that_is_not_there_is_told_with_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => ScoreFile.Read(PathOf("m17_orchestra_with_piano.mid"), ["Harp"]));
        Assert.Contains("no track is called 'Harp'; it has Violins (track 2), Grand Piano (track 3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_half_pressed_pedal_stays_half_pressed()
    {
        var pedal = ScoreFile.Read(PathOf("m31_half_pedal.mid")).Score.Pedal;
        Assert.Equal(63, pedal.Count);
        Assert.Contains(pedal, change => change.Value is > 20 and < 100);
    }

    [Fact]
    public void A_file_that_is_cut_is_refused_with_its_place()
    {
        var error = Assert.Throws<UnreadableFileException>(() => ScoreFile.Read(PathOf("m07_last_byte_missing.mid")));
        Assert.Contains("track 3, byte 182: the file ends", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sound_that_is_called_WAV_is_known_by_its_content() => Assert.Equal(MusicKind.Mpeg, ScoreFile.KindOf(PathOf("a17_mp3_named_wav.wav")));

    private static string PathOf(string file) => Repository.PathOf("tests", "Duomano.Formats.Tests", "Cases", "files", file);
}
