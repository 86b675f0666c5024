using System.Globalization;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Evaluation;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Fingerings given, written and compared, as a user does it.</summary>
public class FingeringProcessTests
{
    private static readonly int[] Keys = [60, 62, 64, 65, 67];

    [Fact]
    public void A_given_finger_is_played_and_rows_without_a_note_are_reported()
    {
        using var folder = new TemporaryFolder();
        var (midi, table, output) = (folder.PathOf("line.mid"), folder.PathOf("given.tsv"), folder.PathOf("out.npz"));
        MidiFile.Write(midi, new Score(Line()));
        FingeringTable.Write(table, [Line()[2] with { Finger = Finger.Ring }, new Note(9, 9.5, new(61), 64) { Finger = Finger.Thumb }]);
        var (code, _, errors) = DuomanoProcess.Run("perform", midi, "--fingering", table, "-o", output);
        Assert.Equal(0, code);
        Assert.Equal($"{table}: line 3: no note of pitch 61 begins within 0.05 s of 9 s; the row is passed over", errors.Split('\n')[0]);
        Assert.Equal(Finger.Ring, MotionFile.Read(output).Notes.Single(note => note.Key.Midi == 64).Finger);
    }

    [Fact]
    public void A_broken_table_is_one_line_and_code_2()
    {
        using var folder = new TemporaryFolder();
        var midi = folder.PathOf("line.mid");
        MidiFile.Write(midi, new Score(Line()));
        var table = folder.WithFile("given.tsv", "onset_sec\toffset_sec\tpitch\tvelocity\thand\tfinger\n0\t1\t60\t64\tR\t9\n"u8.ToArray());
        var (code, _, errors) = DuomanoProcess.Run("perform", midi, "--fingering", table, "-o", folder.PathOf("out.npz"));
        Assert.Equal((2, $"{table}: line 2: finger is '9', expected a whole number from 0 to 5"), (code, errors.Trim()));
    }

    [Fact]
    public void The_table_written_agrees_with_itself()
    {
        using var folder = new TemporaryFolder();
        var (midi, table) = (folder.PathOf("line.mid"), folder.PathOf("out.tsv"));
        MidiFile.Write(midi, new Score(Line()));
        Assert.Equal(0, DuomanoProcess.Run("fingering", midi, "-o", table).Code);
        var written = FingeringTable.Read(table).Notes;
        Assert.Equal(Keys, written.Select(note => note.Key.Midi));
        Assert.All(written, note => Assert.True(note.Hand == HandSide.Right && note.Finger is not null));

        FingeringTable.Write(table, written.Select((note, i) => i == 4 ? note with { Finger = Finger.Thumb } : note));
        var (code, output, _) = DuomanoProcess.Run("fingering", midi, "--against", table);
        Assert.Equal(0, code);
        var columns = output.Trim().Split('\n')[1].Split('\t');
        Assert.Equal(["line", "5", "5", "1.0000", "5", "0.8000"], columns[..6]);

        // The line's last finger was the little one.
        (code, output, _) = DuomanoProcess.Run("fingering", midi, "--against", table, "--kinds");
        Assert.Equal(0, code);
        var kinds = output.Trim().Split('\n').SkipWhile(line => !line.StartsWith("disagreement", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('\t'));
        Assert.Equal(["finger: single, thumb or not"], kinds.Where(row => row[1] != "0").Select(row => row[0]));
        Assert.Equal((2, "--kinds sorts what does not agree: give --against, --merge or --people with it."), Refusal("fingering", midi, "-o", table, "--kinds"));
    }

    private static (int Code, string Error) Refusal(params string[] arguments)
    {
        var (code, _, errors) = DuomanoProcess.Run(arguments);
        return (code, errors.Trim());
    }

    [Fact]
    public void Recorded_people_are_compared_song_by_song()
    {
        using var folder = new TemporaryFolder();
        var people = folder.WithFile("people.npz", WhitePeople.File());
        var (code, output, _) = DuomanoProcess.Run("fingering", "--people", people);
        Assert.Equal(0, code);
        var rows = output.Trim().Split('\n').Select(line => line.Split('\t')).ToArray();
        Assert.Equal(["song", .. Enumerable.Range(0, WhitePeople.Episodes).Select(song => $"{song}"), "all", "error"], rows.Select(row => row[0]));
        Assert.Equal(["all", "6", "72"], rows[^2][..3]);

        // With the hands given, as the planner itself does it.
        var agreement = RecordedPeopleFile.Read(people).Select(episode => HandFingerAgreement.Measure(
            episode.Score.Notes,
            FingeringPlanner.Plan([.. episode.Score.Notes.Select(note => note with { Finger = null })]).Notes)).Aggregate(default(HandFingerAgreement), (sum, one) => sum + one);
        Assert.Equal(72, agreement.Fingers.Compared);
        Assert.Equal(agreement.Fingers.Share.ToString("0.0000", CultureInfo.InvariantCulture), rows[^2][4]);

        Assert.Equal((2, "--people has its own music: give no INPUT and no other option but --hand-size and --kinds with it."), Refusal("fingering", "x.mid", "--people", people));
        Assert.Equal(2, DuomanoProcess.Run("fingering").Code);
    }

    [Fact]
    public void Merged_hands_of_a_folder_are_compared_with_its_tracks()
    {
        using var folder = new TemporaryFolder();
        var bass = Line().Select(note => new Note(note.Onset, note.Offset, new(note.Key.Midi - 24), 64) { Hand = HandSide.Left });
        var midi = folder.PathOf("both.mid");
        MidiFile.Write(midi, new Score([.. Line(), .. bass]));
        var (code, output, _) = DuomanoProcess.Run("fingering", Path.GetDirectoryName(midi)!, "--merge");
        Assert.Equal(0, code);
        Assert.Equal(["piece", "both", "all"], output.Trim().Split('\n').Select(line => line.Split('\t')[0]));
        Assert.Equal(["10", "10", "1.0000"], output.Trim().Split('\n')[2].Split('\t')[1..4]);
    }

    private static Note[] Line() => [.. Keys.Select((key, i) => new Note(i * 0.5, i * 0.5 + 0.5, new(key), 64) { Hand = HandSide.Right })];
}
