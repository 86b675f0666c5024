using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Motion;

public class KeyMotionTest
{
    private static readonly PianoKey Key = new(60);

    [Fact]
    public void A_key_is_down_from_onset_to_offset() =>
        AssertCorners([new(1, 2, Key, 64)], (0, 0), (0.96, 0), (1, 1), (2, 1), (2.06, 0));

    [Fact]
    public void A_note_at_the_start_begins_on_its_way() =>
        AssertCorners([new(0.02, 1, Key, 64)], (0, 0.5), (0.02, 1), (1, 1), (1.06, 0));

    [Fact]
    public void A_quick_repetition_comes_up_part_of_the_way() =>
        AssertCorners([new(1, 2, Key, 64), new(2.05, 3, Key, 64)], (0, 0), (0.96, 0), (1, 1), (2, 1), (2.03, 0.5), (2.05, 1), (3, 1), (3.06, 0));

    [Fact]
    public void Overlapping_notes_hold_the_key_through() =>
        AssertCorners([new(1, 3, Key, 64), new(2, 2.5, Key, 64)], (0, 0), (0.96, 0), (1, 1), (3, 1), (3.06, 0));

    [Fact]
    public void Notes_end_with_the_motion()
    {
        AssertCorners([new(1, 30, Key, 64)], (0, 0), (0.96, 0), (1, 1), (10, 1), (10.06, 0));
        Assert.Empty(KeyMotion.From([new(11, 12, Key, 64)], 10));
    }

    private static void AssertCorners(Note[] notes, params (double Time, double Depth)[] expected)
    {
        var corners = KeyMotion.From(notes, 10)[Key];
        Assert.Equal(expected.Length, corners.Count);
        Assert.All(expected.Zip(corners), pair =>
        {
            Assert.Equal(pair.First.Time, pair.Second.Time, 1e-5);
            Assert.Equal(pair.First.Depth, pair.Second.Depth, 1e-4);
        });
    }
}
