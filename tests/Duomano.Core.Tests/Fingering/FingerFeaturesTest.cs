using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Fingering;

public class FingerFeaturesTest
{
    [Fact]
    public void MirroredMusic_HasTheSameFeatures()
    {
        var notes = Phrase.Line(HandSide.Right, 0.3, Phrase.MajorScale(61, 2)).Concat(Phrase.Chord(HandSide.Right, 5, 62, 66, 69)).ToArray();
        Note[] mirrored = [.. notes.Select(Phrase.Mirror)];
        Assert.Equal(Features(notes, HandSide.Right), Features(mirrored, HandSide.Left));
    }

    [Fact]
    public void Octaves_HaveTheSameFeatures_OtherKeysDoNot()
    {
        Assert.Equal(Of(60), Of(72));
        Assert.NotEqual(Of(60), Of(61));

        static int[][] Of(int tonic) => Features(Phrase.Line(HandSide.Right, 0.3, Phrase.MajorScale(tonic, 1)), HandSide.Right);
    }

    [Fact]
    public void EveryFeature_IsWithinTheCount_AndGivenFingersAreOneMore()
    {
        var notes = Phrase.Line(HandSide.Right, 0.05, Enumerable.Range(0, 88).Select(i => 21 + i * 37 % 88));
        var features = Features(notes, HandSide.Right);
        Assert.All(features.SelectMany(note => note), feature => Assert.InRange(feature, 0, FingerFeatures.Count - 1));
        notes[40] = notes[40] with { Finger = Finger.Ring };
        var told = Features(notes, HandSide.Right);
        Assert.Equal(features[40].Append(FingerFeatures.Count - 2), told[40]);
        Assert.Equal(features[39], told[39]);
    }

    private static int[][] Features(Note[] notes, HandSide side) =>
        FingerFeatures.Of(Slice.Of(notes, [.. notes.Select(_ => side)], side, FingeringOptions.Default.ChordWindow), printed: false);
}
