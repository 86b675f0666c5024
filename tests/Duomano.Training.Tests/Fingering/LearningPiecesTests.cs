using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Training.Fingering;

namespace Duomano.Training.Tests.Fingering;

public class LearningPiecesTests
{
    [Fact]
    public void Printed_fingers_come_from_tables_and_scores()
    {
        using var folder = new TemporaryFolder();
        FingeringTable.Write(folder.PathOf("table.tsv"), [new(0, 1, new(40), 64) { Hand = HandSide.Left, Finger = Finger.Little }, new(1, 2, new(41), 64) { Hand = HandSide.Left }]);
        File.WriteAllText(folder.PathOf("score.musicxml"), Score("<fingering>3</fingering>"));
        File.WriteAllText(folder.PathOf("silent.musicxml"), Score(""));
        var pieces = PrintedFingers.Read([folder.PathOf("")]);
        Assert.All(pieces, piece => Assert.True(piece.Printed));
        Assert.Equal(
            [[(40, HandSide.Left, Finger.Little), (41, HandSide.Left, null)], [(60, HandSide.Left, Finger.Middle), (72, HandSide.Right, Finger.Middle)]],
            pieces.Select(piece => piece.Notes.Take(2).Select(note => (note.Key.Midi, note.Hand!.Value, note.Finger)).ToArray()));
    }

    [Fact]
    public void Hands_come_from_staves_without_the_fingers_printed_there()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("score.musicxml"), Score("<fingering>3</fingering>"));
        var notes = Assert.Single(HandPieces.Read([folder.PathOf("")]));
        Assert.Equal(80, notes.Count);
        Assert.All(notes, note => Assert.Equal((note.Key.Midi < 66 ? HandSide.Left : HandSide.Right, (Finger?)null), (note.Hand!.Value, note.Finger)));
    }

    // Forty crotchets a staff.
    private static string Score(string fingering)
    {
        string Staff(string step, int octave, int staff) => string.Concat(Enumerable.Repeat(
            $"<note><pitch><step>{step}</step><octave>{octave}</octave></pitch><duration>1</duration><staff>{staff}</staff><notations><technical>{fingering}</technical></notations></note>", 4));
        var measures = Enumerable.Range(1, 10).Select(number =>
            $"<measure number=\"{number}\">{(number == 1 ? "<attributes><divisions>1</divisions><staves>2</staves></attributes>" : "")}{Staff("C", 5, 1)}<backup><duration>4</duration></backup>{Staff("C", 4, 2)}</measure>");
        return $"<score-partwise><part-list><score-part id=\"P1\"><part-name>Piano</part-name></score-part></part-list><part id=\"P1\">{string.Concat(measures)}</part></score-partwise>";
    }
}
