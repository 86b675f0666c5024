using System.Numerics;
using Duomano.Vision.Hands;

namespace Duomano.Vision.Tests.Hands;

public class TrackSidesTests
{
    [Fact]
    public void Each_hand_is_what_it_looks_like_over_all_of_its_time()
    {
        // The right hand looks like a left one for a few frames.
        var frames = Enumerable.Range(0, 20).Select(frame => (IReadOnlyList<TrackedHand>)[Hand(0, 0.1f), Hand(1, frame is > 4 and < 9 ? 0.2f : 0.9f)]);
        foreach (var both in TrackSides.Sort([.. frames]))
        {
            Assert.Equal(0, both.Left!.Depths[0]);
            Assert.Equal(1, both.Right!.Depths[0]);
        }
    }

    [Fact]
    public void Of_two_that_look_alike_the_less_likely_one_is_the_other_hand()
    {
        var sorted = TrackSides.Sort([.. Enumerable.Range(0, 20).Select(_ => (IReadOnlyList<TrackedHand>)[Hand(0, 0.6f), Hand(1, 0.95f)])]);
        Assert.All(sorted, both => Assert.Equal((0, 1), (both.Left!.Depths[0], both.Right!.Depths[0])));
    }

    [Fact]
    public void A_hand_that_comes_back_is_the_same_and_a_moment_of_a_third_is_none()
    {
        IReadOnlyList<TrackedHand>[] frames =
        [
            .. Enumerable.Repeat<IReadOnlyList<TrackedHand>>([Hand(0, 0.1f), Hand(1, 0.9f)], 10),
            .. Enumerable.Repeat<IReadOnlyList<TrackedHand>>([Hand(0, 0.1f)], 5),
            .. Enumerable.Repeat<IReadOnlyList<TrackedHand>>([Hand(0, 0.1f), Hand(2, 0.8f)], 10),
            [Hand(3, 0.9f), Hand(2, 0.8f)],
        ];
        var sorted = TrackSides.Sort(frames);
        Assert.Null(sorted[12].Right);
        Assert.Equal(2, sorted[20].Right!.Depths[0]);
        Assert.Null(sorted[^1].Left);
    }

    private static TrackedHand Hand(int track, float rightness) => new(track, new([.. Enumerable.Repeat(Vector2.Zero, 21)], [track], 0.95f, rightness));
}
