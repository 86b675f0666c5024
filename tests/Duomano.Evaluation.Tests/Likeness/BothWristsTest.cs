using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Evaluation.Likeness;

namespace Duomano.Evaluation.Tests.Likeness;

public class BothWristsTest
{
    private const int Frames = 90;

    [Fact]
    public void HandsThatGoInTogether_GoTogether_WhereverTheySit()
    {
        var person = Recorded((_, t) => new(0, 0.01f * MathF.Sin(t)));
        var against = Recorded((side, t) => new(0, side == HandSide.Left ? 0.05f + 0.01f * MathF.Sin(t) : -0.01f * MathF.Sin(t)));
        var both = BothWrists.Measure(person, against);
        Assert.Equal(1, both.Person.Correlation, 4);
        Assert.Equal(-1, both.Motion.Correlation, 4);
        Assert.Equal(0, BothWrists.Measure(person, person).Distance.Mean);
        Assert.Equal(2 * both.Distance.Count, (both + both).Distance.Count);
    }

    [Fact]
    public void TheDistanceBetweenWrists_IsThatOfTheKeyboardsPlane()
    {
        var person = Recorded((_, _) => default);
        Assert.Equal(0.02, BothWrists.Measure(person, Recorded((side, _) => side == HandSide.Right ? new(0.02f, 0) : default)).Distance.Mean, 5);
        Assert.True(double.IsNaN(BothWrists.Measure(person, person).Person.Correlation));
    }

    [Fact]
    public void WhereOneHandRests_NothingIsCompared()
    {
        var person = Recorded((_, _) => default);
        Assert.Equal(BothWrists.None, BothWrists.Measure(person.WithNotes(person.Notes.Where(note => note.Hand == HandSide.Left)), person));
    }

    private static RecordedEpisode Recorded(Func<HandSide, float, Vector2> way)
    {
        var points = new List<Vector2>();
        for (var frame = 0; frame < Frames; frame++)
        {
            foreach (var side in HandSides.Both)
            {
                var wrist = new Vector2(side == HandSide.Left ? -0.2f : 0.2f, 0.1f) + way(side, 0.3f * frame);
                for (var point = 0; point < RecordedEpisode.PointCount; point++) points.Add(wrist - new Vector2(0, point == 0 ? 0 : 0.1f));
            }
        }

        Note Played(HandSide hand, int key) => new(1, 2, new PianoKey(key), 64) { Hand = hand, Finger = Finger.Middle };
        return new([.. points], 30, [Played(HandSide.Left, 48), Played(HandSide.Right, 72)], 0);
    }
}
