using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Music;

public class ScoreTests
{
    [Fact]
    public void Notes_are_sorted_by_onset_then_pitch()
    {
        var score = new Score([Note(1, 2, 64), Note(0.5, 1, 70), Note(1, 3, 60)]);
        Assert.Equal([70, 60, 64], score.Notes.Select(note => note.Key.Midi));
        Assert.Equal(3, score.Duration);
    }

    [Fact]
    public void Cropping_keeps_the_notes_that_begin_inside_and_the_pedal_as_it_was()
    {
        var score = new Score([Note(0, 5, 60), Note(2, 3, 62), Note(3.5, 9, 64), Note(4, 5, 65)], [new(1, 127), new(3, 0)]);
        var part = score.Crop(2, 2);
        Assert.Equal([62, 64], part.Notes.Select(note => note.Key.Midi));
        Assert.Equal([0, 1.5], part.Notes.Select(note => note.Onset));
        Assert.Equal(2, part.Notes[1].Offset);
        Assert.Equal([new PedalChange(0, 127), new PedalChange(1, 0)], part.Pedal);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(double.NaN, 2)]
    [InlineData(0, 0)]
    [InlineData(0, -3)]
    public void Stretches_that_make_no_sense_are_refused(double start, double length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Score([]).Crop(start, length));

    [Theory]
    [InlineData(-0.1, 1, 80)]
    [InlineData(2, 1, 80)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 1, 128)]
    [InlineData(0, double.PositiveInfinity, 80)]
    public void Notes_that_cannot_be_are_refused(double onset, double offset, int velocity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Note(onset, offset, new PianoKey(60), velocity));

    private static Note Note(double onset, double offset, int midi) => new(onset, offset, new PianoKey(midi), 64);
}
