using CsCheck;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Fingering;

public class FingeringSearchTest_Exhaustive
{
    // Wide enough to lose nothing: what is found is then the best there is.
    private static readonly FingeringOptions Options = new() { BeamWidth = 10_000 };
    private static readonly CostWeights<FingerTerm> Terms = FingerModel.Bundled.Costs.Terms;

    [Fact]
    public void Fingers_AreTheCheapestOfAll()
    {
        Gen.Select(Gen.Int[-5, 7].Array[4, 5], Gen.Double[0.1, 0.6], Gen.Bool).Sample((steps, step, right) =>
        {
            var side = right ? HandSide.Right : HandSide.Left;
            var key = 60;
            var slices = Slices(side, Phrase.Line(side, step, steps.Select(interval => key += interval)));
            var search = new FingeringSearch(Options);
            var found = search.Cheapest(slices);
            Assert.Equal(search.Score(slices, found.Shapes), found.Cost, 9);
            Assert.Equal(AllOf(slices, search).Min(way => way.Cost), found.Cost, 9);
        }, iter: 20);
    }

    [Fact]
    public void Probabilities_AreThoseOfAllFingerings()
    {
        var slices = Slices(HandSide.Right, Phrase.Line(HandSide.Right, 0.3, 60, 64, 62, 69));
        var search = new FingeringSearch(Options);
        var costs = new FingeringCosts(Terms, 1, FingerModel.Bundled.Costs.Patterns);
        var columns = new FingerLattice(slices, costs, 1, Options.BeamWidth).Columns(null, 0, slices.Count);
        var all = AllOf(slices, search).Select(way => (way.Fingers, Weight: Math.Exp(-way.Cost / FingerLattice.Temperature))).ToList();
        for (var i = 0; i < slices.Count; i++)
        {
            var found = FingeringSearch.Fingers(columns[i]);
            for (var finger = 1; finger <= 5; finger++)
            {
                var expected = all.Where(way => way.Fingers[i] == finger - 1).Sum(way => way.Weight) / all.Sum(way => way.Weight);
                Assert.Equal(expected, found[0, finger], 9);
            }
        }
    }

    [Fact]
    public void TermsAndPatternsAddUpToTheCost()
    {
        var slices = Slices(HandSide.Right, Phrase.Line(HandSide.Right, 0.2, Phrase.MajorScale(62, 1)));
        var patterns = FingerModel.Bundled.Costs.Patterns;
        var costs = new FingeringCosts(Terms, 1, patterns);
        var search = new FingeringSearch(Options, costs);
        var shapes = search.Find(slices);
        costs.Tally = new double[Terms.Values.Length];
        costs.PatternTally = new double[patterns.Length];
        var cost = search.Score(slices, shapes);
        var sum = costs.Tally.Zip(Terms.Values, (count, weight) => count * weight).Sum()
            + costs.PatternTally.Zip(patterns, (count, weight) => count * weight).Sum();
        Assert.Equal(cost, sum, 9);
        Assert.Equal(slices.Count, costs.Tally[(int)FingerTerm.Thumb..((int)FingerTerm.LittleOnBlack + 1)].Sum());
    }

    [Fact]
    public void LongPieces_AreDecidedInBlocksAsIfWhole()
    {
        // A figure that comes again and again has the same fingers everywhere but at the ends, across the blocks' borders, too.
        int[] figure = [60, 64, 67, 72, 67, 64];
        var fingers = Phrase.Fingers(Phrase.Line(HandSide.Right, 0.25, Enumerable.Range(0, 600).Select(i => figure[i % 6])));
        var inner = fingers[12..^12].Chunk(6).Select(digits => new string(digits)).Distinct();
        Assert.Single(inner);
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

    private static List<Slice> Slices(HandSide side, Note[] notes) => Slice.Of(notes, [.. notes.Select(_ => side)], side, Options.ChordWindow);

    // All fingerings of single notes (fingers from 0) and what they cost.
    private static IEnumerable<(int[] Fingers, double Cost)> AllOf(IReadOnlyList<Slice> slices, FingeringSearch search) =>
        Combinations(slices.Count, 5).Select(fingers => (fingers, search.Score(slices, [.. fingers.Select(finger => new[] { (byte)(finger + 1) })])));

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
