using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Vision.Hands;
using Duomano.Vision.Keyboards;
using Duomano.Vision.Watching;

namespace Duomano.Vision.Tests.Watching;

public class HandsOnKeysTests
{
    // A thousand pixels a metre, the keyboard's middle at 600, 300.
    private static readonly KeyboardSighting Keyboard = new(Homography.FromMatrix([0.001, 0, -0.6, 0, 0.001, -0.3, 0, 0, 1]), new(21), new(108), true, 1);

    [Fact]
    public void Points_go_to_the_plane_of_the_keys()
    {
        var episode = HandsOnKeys.Make([new(Hand(400, 1), Hand(800, 0.9f))], _ => Keyboard, 30, []);
        Assert.Equal(new(-0.2f, 0), episode.Points(0, HandSide.Left)[0], Near);
        // Fingertips are every fourth point, joints those between.
        Assert.Equal(new(0.2f + 0.008f, 0), episode.Points(0, HandSide.Right)[2], Near);
        Assert.Equal(new(0.2f + 0.005f, 0), episode.JointsOf(0, HandSide.Right)[3], Near);
        Assert.Equal(0.81f, episode.TrustOf(0, HandSide.Right), 3);
    }

    [Fact]
    public void Between_two_times_when_it_was_seen_a_hand_is_in_between_without_trust()
    {
        var episode = HandsOnKeys.Make([new(null, Hand(800, 1)), new(null, null), new(null, null), new(null, null), new(null, Hand(880, 1)), new(null, null)], _ => Keyboard, 30, []);
        Assert.Equal(new(0.22f, 0), episode.Points(1, HandSide.Right)[0], Near);
        Assert.Equal(0, episode.TrustOf(1, HandSide.Right));
        Assert.Equal(new(0.28f, 0), episode.Points(5, HandSide.Right)[0], Near);
        // One that is never seen rests on its side.
        Assert.All(Enumerable.Range(0, 6), frame => Assert.True(episode.Points(frame, HandSide.Left)[3].X < -0.3f && episode.TrustOf(frame, HandSide.Left) == 0));
    }

    private static bool Near(Vector2 a, Vector2 b) => Vector2.Distance(a, b) < 1e-5f;

    private static HandLandmarks Hand(float x, float presence) => new([.. Enumerable.Range(0, 21).Select(i => new Vector2(x + i, 300))], new float[21], presence, 0.5f);
}
