using CsCheck;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Fingering;

public class FingeringSearchTest_Exhaustive
{
    // Wide enough to lose nothing: what is found is then the best there is.
    private static readonly FingeringOptions Options = new() { BeamWidth = 10_000 };

    [Fact]
    public void Fingers_AreTheCheapestOfAll()
    {
        Gen.Select(Gen.Int[-5, 7].Array[4, 5], Gen.Double[0.1, 0.6], Gen.Bool).Sample((steps, step, right) =>
        {
            var side = right ? HandSide.Right : HandSide.Left;
            var key = 60;
            var notes = Phrase.Line(side, step, steps.Select(interval => key += interval));
            var slices = Slice.Of(notes, [.. notes.Select(_ => side)], side, Options.ChordWindow);
            var search = new FingeringSearch(Options);
            var found = search.Score(slices, search.Find(slices));
            var least = Combinations(notes.Length, 5).Min(fingers => search.Score(slices, [.. fingers.Select(finger => new[] { (byte)(finger + 1) })]));
            Assert.Equal(least, found, 9);
        }, iter: 20);
    }

    [Fact]
    public void TermsAddUpToTheCost()
    {
        var notes = Phrase.Line(HandSide.Right, 0.2, Phrase.MajorScale(62, 1));
        var slices = Slice.Of(notes, [.. notes.Select(_ => HandSide.Right)], HandSide.Right, Options.ChordWindow);
        var costs = new FingeringCosts(Options.Fingers, 1);
        var search = new FingeringSearch(Options, costs);
        var shapes = search.Find(slices);
        costs.Tally = new double[Options.Fingers.Values.Length];
        var cost = search.Score(slices, shapes);
        Assert.Equal(cost, costs.Tally.Zip(Options.Fingers.Values, (count, weight) => count * weight).Sum(), 9);
        Assert.Equal(notes.Length, costs.Tally[(int)FingerTerm.Thumb..((int)FingerTerm.LittleOnBlack + 1)].Sum());
    }

    [Fact]
    public void Hands_AreTheCheapestOfAll()
    {
        Gen.Select(Gen.Int[40, 80].Array[5, 7], Gen.Double[0.06, 0.5]).Sample((keys, step) =>
        {
            var notes = Phrase.Line(null, step, keys);
            var found = Cost(HandAssigner.Assign(notes, Options));
            var least = Combinations(notes.Length, 2).Min(sides => Cost([.. sides.Select(side => (HandSide)side)]));
            Assert.Equal(least, found, 9);

            double Cost(HandSide[] sides) => HandAssigner.Cost(notes, sides, Options, BundledNetworks.Hands);
        }, iter: 30);
    }

    // All ways to choose `length` times from 0 … choices − 1.
    private static IEnumerable<int[]> Combinations(int length, int choices)
    {
        var count = (int)Math.Pow(choices, length);
        for (var code = 0; code < count; code++)
        {
            var rest = code;
            yield return [.. Enumerable.Range(0, length).Select(_ => { var digit = rest % choices; rest /= choices; return digit; })];
        }
    }
}
