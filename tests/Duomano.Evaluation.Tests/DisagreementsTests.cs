using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using static Duomano.Evaluation.FingerDisagreement;
using static Duomano.Evaluation.HandDisagreement;

namespace Duomano.Evaluation.Tests;

public class DisagreementsTests
{
    private const HandSide L = HandSide.Left;
    private const HandSide R = HandSide.Right;

    [Theory]
    [InlineData(60, 55, Inner)]
    [InlineData(72, 55, Outer)]
    [InlineData(60, 62, Crossing)]
    public void A_note_of_the_other_hand_is_sorted_by_where_that_hand_is(int key, int left, HandDisagreement kind)
    {
        Note[] reference = [Held(0, left, L), Held(0.5, key, R), Held(1, 76, R)];
        AssertHands(kind, 1, Disagreements.Between(reference, [reference[0], reference[1] with { Hand = L }, reference[2]]));
    }

    [Fact]
    public void A_higher_note_of_a_chord_is_not_next_to_the_other_hand()
    {
        Note[] reference = [Held(0, 55, L), Held(0, 60, R), Held(0, 64, R)];
        AssertHands(Outer, 1, Disagreements.Between(reference, [reference[0], reference[1], reference[2] with { Hand = L }]));
    }

    [Fact]
    public void Hands_alone_and_lines_have_kinds_of_their_own()
    {
        Note[] reference = [.. Enumerable.Range(0, 8).Select(i => At(i, 60 + i, R, null))];
        AssertHands(OneHand, 3, Disagreements.Between(reference, [.. reference.Select((note, i) => i < 3 ? note with { Hand = L } : note)]));
        AssertHands(Line, 4, Disagreements.Between(reference, [.. reference.Select((note, i) => i >= 4 ? note with { Hand = L } : note)]));
    }

    [Theory]
    [InlineData(Finger.Thumb, Finger.Middle, Thumb)]
    [InlineData(Finger.Ring, Finger.Middle, Neighbour)]
    [InlineData(Finger.Index, Finger.Little, Farther)]
    public void A_single_note_is_sorted_by_its_two_fingers(Finger reference, Finger other, FingerDisagreement kind)
    {
        var found = Disagreements.Between([At(0, 60, R, Finger.Index), At(1, 64, R, reference)], [At(0, 60, R, Finger.Index), At(1, 64, R, other)]);
        AssertFingers(kind, 1, found);
        Assert.Equal(0, found.Following);
    }

    [Fact]
    public void Chords_and_repeated_keys_have_kinds_of_their_own()
    {
        Note[] chord = [At(0, 60, R, Finger.Thumb), At(0.02, 64, R, Finger.Middle)];
        AssertFingers(Chord, 1, Disagreements.Between(chord, [chord[0], chord[1] with { Finger = Finger.Index }]));
        Note[] repeated = [At(0, 60, R, Finger.Middle), At(0.5, 40, L, Finger.Thumb), At(1, 60, R, Finger.Index)];
        AssertFingers(Repeated, 1, Disagreements.Between(repeated, [repeated[0], repeated[1], repeated[2] with { Finger = Finger.Middle }]));
    }

    [Fact]
    public void What_follows_from_the_one_before_is_counted()
    {
        Note[] reference = [.. Enumerable.Range(0, 5).Select(i => At(i, 60 + i, R, i == 2 ? null : Finger.Middle))];
        var found = Disagreements.Between(reference, [.. reference.Select((note, i) => note with { Finger = i == 0 ? Finger.Middle : Finger.Ring })]);
        AssertFingers(Neighbour, 3, found);
        Assert.Equal(2, found.Following);
        Assert.Equal((6, 4), ((found + found).Fingers[Neighbour], (found + found).Following));
    }

    [Fact]
    public void What_one_of_them_leaves_open_is_not_compared_and_other_notes_are_refused()
    {
        Note[] open = [At(0, 60, null, null), At(1, 62, R, null)];
        Note[] said = [At(0, 60, L, Finger.Thumb), At(1, 62, R, Finger.Thumb)];
        Assert.Equivalent(Disagreements.None, Disagreements.Between(open, said));
        Assert.Throws<ArgumentException>(() => Disagreements.Between(open, []));
    }

    private static void AssertHands(HandDisagreement kind, int count, Disagreements found)
    {
        Assert.Equal(count, found.Hands[kind]);
        Assert.Equal(count, found.Hands.Values.Sum());
    }

    private static void AssertFingers(FingerDisagreement kind, int count, Disagreements found)
    {
        Assert.Equal(count, found.Fingers[kind]);
        Assert.Equal(count, found.Fingers.Values.Sum());
    }

    private static Note Held(double onset, int midi, HandSide hand) => new(onset, 4, new(midi), 64) { Hand = hand };

    private static Note At(double onset, int midi, HandSide? hand, Finger? finger) => new(onset, onset + 0.4, new(midi), 64) { Hand = hand, Finger = finger };
}
