using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Evaluation.Likeness;

namespace Duomano.Evaluation.Tests.Likeness;

public class SeenFromAboveTest
{
    [Fact]
    public void TakesTheFrameNearestToEachMoment_AndTheLastOneAfterTheEnd()
    {
        var hand = new PointingHand(HandSide.Right, Finger.Ring);
        var clip = hand.Clip(30, time => new((float)time, 0.1f, -0.02f));
        var seen = SeenFromAbove.Of(clip, new(new Vector2[40 * 2 * RecordedEpisode.PointCount], 20, [], 7));
        Assert.Equal((40, 20.0, 7), (seen.FrameCount, seen.Fps, seen.Source));
        foreach (var (frame, at) in (ReadOnlySpan<(int, int)>)[(0, 0), (1, 2), (2, 3), (3, 4), (10, 15), (19, 28), (39, 29)])
        {
            var tip = seen.Points(frame, HandSide.Right)[(int)Finger.Ring];
            Assert.Equal((at / 30f, -0.02f), (MathF.Round(tip.X, 5), MathF.Round(tip.Y, 5)), new Near());
            var wrist = clip.Hands.Left.Wrist(at);
            Assert.Equal(new Vector2(wrist.X, wrist.Z), seen.Points(frame, HandSide.Left)[0]);
        }

        Assert.Throws<ArgumentException>(() => SeenFromAbove.Of(hand.Clip(0, _ => default), seen));
    }

    private sealed class Near : IEqualityComparer<(float X, float Z)>
    {
        public bool Equals((float X, float Z) a, (float X, float Z) b) => MathF.Abs(a.X - b.X) + MathF.Abs(a.Z - b.Z) < 1e-4f;

        public int GetHashCode((float X, float Z) place) => 0;
    }
}
