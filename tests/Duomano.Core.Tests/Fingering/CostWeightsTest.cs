using Duomano.Core.Fingering;

namespace Duomano.Core.Tests.Fingering;

public class CostWeightsTest
{
    [Fact]
    public void TermsNotNamed_CostNothing()
    {
        var weights = new CostWeights<FingerTerm>((FingerTerm.Slide, 2), (FingerTerm.Tangle, 3));
        Assert.Equal((2, 3, 0), (weights[FingerTerm.Slide], weights[FingerTerm.Tangle], weights[FingerTerm.Shift]));
        Assert.Equal(Enum.GetValues<FingerTerm>().Length, weights.Values.Length);
    }

    [Fact]
    public void WeightsAreValues()
    {
        var weights = new CostWeights<FingerTerm>((FingerTerm.Shift, 2));
        Assert.Equal(weights, new CostWeights<FingerTerm>().With(FingerTerm.Shift, 2));
        Assert.NotEqual(weights, weights.With(FingerTerm.Shift, 3));
        Assert.Equal(2, weights[FingerTerm.Shift]);
    }

    [Fact]
    public void BadCosts_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new CostWeights<FingerTerm>((FingerTerm.Shift, double.NaN)));
        Assert.Throws<ArgumentException>(() => new CostWeights<FingerTerm>((FingerTerm.Shift, 1), (FingerTerm.Shift, 1)));
        Assert.Throws<ArgumentException>(() => new CostWeights<FingerTerm>().With(FingerTerm.Shift, double.PositiveInfinity));
    }

    [Theory]
    [InlineData(0.5f, 0.04, 48)]
    [InlineData(float.NaN, 0.04, 48)]
    [InlineData(1f, -0.01, 48)]
    [InlineData(1f, double.NaN, 48)]
    [InlineData(1f, 0.04, 0)]
    public void BadOptions_AreRefused(float size, double window, int beam)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FingeringOptions { HandSize = size, ChordWindow = window, BeamWidth = beam });
    }

    [Fact]
    public void CheaperSlides_GiveMoreOfThem()
    {
        var line = Phrase.Line(Core.Hands.HandSide.Right, 0.3, Phrase.MajorScale(60, 1));
        var sliding = new FingeringOptions { Fingers = FingeringOptions.Default.Fingers.With(FingerTerm.Slide, -50) };
        var fingers = FingeringPlanner.Plan(line, sliding).Notes.Select(note => note.Finger);
        Assert.Single(fingers.Distinct());
    }
}
