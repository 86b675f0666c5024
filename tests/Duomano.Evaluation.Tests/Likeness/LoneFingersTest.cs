using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Evaluation.Likeness;

namespace Duomano.Evaluation.Tests.Likeness;

public class LoneFingersTest
{
    private const int Frames = 400;

    [Fact]
    public void AmongPeopleOneFrameInAHundredHasALoneFinger()
    {
        var people = Enumerable.Range(0, 4).Select(seed => Person(seed)).ToArray();
        var judge = LoneFingers.Learn(people);
        var count = people.Select(person => judge.Measure(person, person)).Aggregate((a, b) => a + b);
        Assert.Equal(4 * Frames, count.Compared);
        Assert.Equal(0.01, count.Share, 0.001);
        // Others who move in the same way are about the same.
        Assert.InRange(judge.Measure(Person(9), Person(9)).Share, 0, 0.03);
    }

    [Fact]
    public void AFingerThatGoesAloneIsFound()
    {
        var judge = LoneFingers.Learn([.. Enumerable.Range(0, 4).Select(seed => Person(seed))]);
        var person = Person(5);
        Assert.InRange(judge.Measure(person, Person(5, Finger.Little)).Share, 0.9, 1);
        Assert.InRange(judge.Measure(person, Person(5, Finger.Middle)).Share, 0.9, 1);
    }

    [Fact]
    public void WithoutPeopleNothingIsLearned() => Assert.Throws<ArgumentException>(() => LoneFingers.Learn([]));

    // A right hand whose fingers go together with a little of their own; one of them may be sent 6 cm sideways.
    private static RecordedEpisode Person(int seed, Finger? alone = null)
    {
        var random = new SeededRandom(seed);
        var points = new Vector2[Frames * 2 * RecordedEpisode.PointCount];
        for (var frame = 0; frame < Frames; frame++)
        {
            var (place, spread) = (0.1f * MathF.Sin(frame * 0.05f), 0.022f + 0.004f * MathF.Sin(frame * 0.11f));
            for (var point = 0; point < RecordedEpisode.PointCount; point++)
            {
                var tip = new Vector2(place + spread * (point - 3), -0.04f + 0.001f * point) + new Vector2((float)random.NextGaussian(), (float)random.NextGaussian()) * 0.002f;
                if ((int?)alone == point) tip.X -= 0.06f;
                points[(frame * 2 + 1) * RecordedEpisode.PointCount + point] = tip;
            }
        }

        return new(points, 20, [new(0, Frames / 20.0, new(60), 70) { Hand = HandSide.Right, Finger = Finger.Index }], seed);
    }
}
