using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Formats.MusicXml;
using static Duomano.Formats.Tests.MusicXml.Xml;

namespace Duomano.Formats.Tests.MusicXml;

public class MusicXmlReadTest
{
    [Fact]
    public void Two_staves_are_two_hands()
    {
        var notes = Read(Score("<attributes><staves>2</staves></attributes>" + Note("C5", 16) + "<backup><duration>16</duration></backup>" + Note("C3", 16, staff: 2))).Score.Notes;
        Assert.Equal([(48, HandSide.Left), (72, HandSide.Right)], notes.Select(note => (note.Key.Midi, note.Hand!.Value)));
    }

    [Fact]
    public void Two_parts_of_a_staff_each_are_two_hands() =>
        Assert.Equal([HandSide.Left, HandSide.Right], Read(Parts(("Piano", [Note("C5", 16)]), ("Piano", [Note("C3", 16)]))).Score.Notes.Select(note => note.Hand!.Value));

    [Fact]
    public void Chords_ties_and_rests_take_their_time()
    {
        var notes = Read(Score(
            Note("C4", 4) + Note("E4", 4, before: "<chord/>") + Rest(4) + Note("G4", 8, "<tie type=\"start\"/>"),
            Note("G4", 16, "<tie type=\"stop\"/>"))).Score.Notes;
        Assert.Equal([(60, 0, 0.5), (64, 0, 0.5), (67, 1.0, 4.0)], notes.Select(note => (note.Key.Midi, note.Onset, note.Offset)));
    }

    [Theory]
    [InlineData("<sound tempo=\"60\"/>", 1.0)]
    [InlineData("<direction><direction-type><metronome><beat-unit>half</beat-unit><per-minute>c. 45</per-minute></metronome></direction-type></direction>", 60 / 90.0)]
    [InlineData("<direction><direction-type><words>Andante</words></direction-type></direction>", 60 / 80.0)]
    [InlineData("<direction><direction-type><words>Allegretto grazioso</words></direction-type></direction>", 60 / 112.0)]
    public void A_tempo_is_a_number_or_a_word(string mark, double second) => Assert.Equal(second, Read(Score(mark + Note("C4", 4) + Note("D4", 12))).Score.Notes[1].Onset, 1e-6);

    [Fact]
    public void Repeats_have_endings() => Assert.Equal(
        "60@0 62@2 60@4 64@6",
        Strokes(Score(
            Repeat("forward") + Note("C4", 16),
            "<barline location=\"left\"><ending number=\"1\" type=\"start\"/></barline>" + Note("D4", 16) + Repeat("backward", "<ending number=\"1\" type=\"stop\"/>"),
            "<barline location=\"left\"><ending number=\"2\" type=\"start\"/></barline>" + Note("E4", 16) + "<barline location=\"right\"><ending number=\"2\" type=\"discontinue\"/></barline>")));

    [Fact]
    public void Da_capo_leaves_repeats_out_and_ends_at_fine() => Assert.Equal(
        "60@0 60@2 62@4 60@6",
        Strokes(Score(Note("C4", 16) + Words("Fine") + Repeat("backward"), Note("D4", 16) + Words("D.C. al Fine"))));

    [Fact]
    public void Dal_segno_goes_to_the_coda() => Assert.Equal(
        "60@0 62@2 64@4 62@6 65@8",
        Strokes(Score(
            Note("C4", 16),
            "<direction><direction-type><segno/></direction-type></direction>" + Note("D4", 16) + "<direction><direction-type><words>To Coda</words></direction-type><sound tocoda=\"coda\"/></direction>",
            Note("E4", 16) + "<direction><direction-type><words>D.S. al Coda</words></direction-type><sound dalsegno=\"segno\"/></direction>",
            "<direction><direction-type><coda/></direction-type><sound coda=\"coda\"/></direction>" + Note("F4", 16))));

    [Theory]
    [InlineData("<ornaments><trill-mark/></ornaments>", "60@0 62@0.063 60@0.125 62@0.188 60@0.25 62@0.313 60@0.375 62@0.438")]
    [InlineData("<ornaments><mordent/></ornaments>", "60@0 59@0.063 60@0.125")]
    [InlineData("<ornaments><inverted-mordent/></ornaments>", "60@0 62@0.063 60@0.125")]
    [InlineData("<ornaments><turn/></ornaments>", "62@0 60@0.063 59@0.125 60@0.188")]
    [InlineData("<ornaments><trill-mark/><accidental-mark>flat</accidental-mark></ornaments>", "60@0 61@0.063 60@0.125 61@0.188 60@0.25 61@0.313 60@0.375 61@0.438")]
    [InlineData("<ornaments><tremolo type=\"single\">2</tremolo></ornaments>", "60@0 60@0.125 60@0.25 60@0.375")]
    public void Ornaments_are_played_out(string notations, string strokes) => Assert.Equal(strokes, Strokes(Score(Note("C4", 4, notations: notations) + Rest(12))));

    [Fact]
    public void Grace_notes_and_arpeggios_take_their_time()
    {
        Assert.Equal("62@0 60@0.065", Strokes(Score(Note("D4", 0, before: "<grace slash=\"yes\"/>") + Note("C4", 16))));
        Assert.Equal("62@0 60@1", Strokes(Score(Note("D4", 0, before: "<grace/>") + Note("C4", 16))));
        Assert.Equal("60@0 64@0.067", Strokes(Score(Note("C4", 16, notations: "<arpeggiate/>") + Note("E4", 16, before: "<chord/>", notations: "<arpeggiate/>"))));
    }

    [Fact]
    public void Printed_fingers_are_read_and_the_first_of_two_strikes()
    {
        var notes = Read(Score(
            Note("C4", 4, notations: "<technical><fingering>3</fingering></technical>")
            + Note("D4", 4, notations: "<technical><fingering>4</fingering><fingering substitution=\"yes\">2</fingering></technical>")
            + Note("E4", 4, notations: "<technical><fingering>5-1</fingering></technical>") + Note("F4", 4))).Score.Notes;
        Assert.Equal([Finger.Middle, Finger.Ring, Finger.Little, null], notes.Select(note => note.Finger));
    }

    [Fact]
    public void Dynamics_and_the_pedal_are_read()
    {
        var score = Read(Score(
            "<direction><direction-type><dynamics><p/></dynamics></direction-type></direction><direction><direction-type><pedal type=\"start\"/></direction-type></direction>" + Note("C4", 8)
            + "<direction><direction-type><dynamics><ff/></dynamics></direction-type></direction>" + Note("D4", 8) + "<direction><direction-type><pedal type=\"stop\"/></direction-type></direction>")).Score;
        Assert.Equal([49, 112], score.Notes.Select(note => note.Velocity));
        Assert.Equal([(0.0, 127), (2.0, 0)], score.Pedal.Select(change => (change.Time, change.Value)));
    }

    [Fact]
    public void Unisons_of_two_voices_are_one_stroke()
    {
        var note = Assert.Single(Read(Score(Note("C4", 8) + "<backup><duration>8</duration></backup>" + Note("C4", 16, staff: 2))).Score.Notes);
        Assert.Equal((0, 2.0), (note.Onset, note.Offset));
    }

    [Fact]
    public void The_piano_is_played_and_the_singer_named()
    {
        var piece = Read(Parts(("Violin", [Note("C5", 16)]), ("Piano", [Note("C3", 16)])));
        Assert.Equal(48, Assert.Single(piece.Score.Notes).Key.Midi);
        Assert.Equal("plays Piano (track 2) and leaves out Violin (track 1); --track NAME or --track NUMBER chooses otherwise", Assert.Single(piece.Warnings));
    }

    [Fact]
    public void Timewise_and_UTF_16_are_read_as_well()
    {
        var timewise = Score(Note("C4", 8), Note("D4", 8)).Replace("<part id=\"P0\">", "", StringComparison.Ordinal).Replace("</part>", "", StringComparison.Ordinal)
            .Replace("score-partwise", "score-timewise", StringComparison.Ordinal).Replace("<measure number=\"1\">", "<measure><part id=\"P0\">", StringComparison.Ordinal)
            .Replace("<measure number=\"2\">", "<measure><part id=\"P0\">", StringComparison.Ordinal).Replace("</measure>", "</part></measure>", StringComparison.Ordinal);
        Assert.Equal("60@0 62@1", Strokes(timewise));
        byte[] wide = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Score(Note("C4", 8)).Replace("UTF-8", "UTF-16", StringComparison.Ordinal))];
        Assert.Single(MusicXmlFile.Read(new MemoryStream(wide)).Score.Notes);
    }

    [Theory]
    [InlineData("<score-partwise><part>", "test.musicxml: line 1: is not well-formed XML")]
    [InlineData("<html/>", "test.musicxml: the XML is '<html>', expected a MusicXML score")]
    [InlineData("<score-partwise><part id=\"P\"><measure><note><pitch><step>H</step><octave>4</octave></pitch><duration>1</duration></note></measure></part></score-partwise>", "line 1: <pitch> has the step 'H', expected A to G")]
    [InlineData("<score-partwise><part id=\"P\"><measure><note><pitch><step>C</step><octave>4</octave></pitch><duration>x</duration></note></measure></part></score-partwise>", "<duration> is 'x', expected a number from 0")]
    public void What_is_wrong_is_told_with_its_line(string xml, string message)
    {
        var error = Assert.Throws<UnreadableFileException>(() => Read(xml));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
