using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Cli.Tests;

public sealed class UnplayedWarningTests
{
    [Fact]
    public void Nothing_is_said_where_all_is_played() => Assert.Null(UnplayedWarning.Text([], 12));

    [Fact]
    public void Few_notes_are_all_named_in_time() =>
        Assert.Equal(
            "2 of 12 notes cannot be played by two hands, whose motion leaves them out: C4 at 0.50 s, F#5 at 61.25 s.",
            UnplayedWarning.Text([At(61.25, 78), At(0.5, 60)], 12));

    [Fact]
    public void Of_many_notes_the_first_ones_are_named() =>
        Assert.Equal(
            "7 of 900 notes cannot be played by two hands, whose motion leaves them out: "
            + "C4 at 1.00 s, C#4 at 2.00 s, D4 at 3.00 s, D#4 at 4.00 s, E4 at 5.00 s and 2 more.",
            UnplayedWarning.Text(Enumerable.Range(0, 7).Select(i => At(i + 1, 60 + i)), 900));

    private static Note At(double onset, int midi) => new(onset, onset + 0.2, new PianoKey(midi), 70);
}
