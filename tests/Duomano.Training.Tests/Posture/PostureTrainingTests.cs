using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Training.Posture;

namespace Duomano.Training.Tests.Posture;

public class PostureTrainingTests
{
    private const int Songs = 10;
    private const double Fps = 20;

    private static readonly PostureTrainingOptions Small = new() { Passes = 60, Hidden = 16, Middle = 8 };

    [Fact]
    public void Hands_that_stand_over_their_keys_are_learned_also_for_other_songs()
    {
        var progress = new Recorded();
        new PostureTraining(People(), Small).Run(Stream.Null, progress);
        Assert.Equal(Enumerable.Range(1, 60), progress.Values.Select(value => value.Pass));
        Assert.True(progress.Values[^1].Error < progress.Values[0].Error / 2);
        Assert.InRange(progress.Values[^1].HeldOutError, 0, 0.025);
    }

    [Fact]
    public void Equal_seeds_give_equal_networks()
    {
        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));

        static byte[] Trained(long seed)
        {
            using var stream = new MemoryStream();
            new PostureTraining(People(), Small with { Passes = 1, Seed = seed }).Run(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void Without_known_fingers_nothing_is_learned() => Assert.Throws<ArgumentException>(() => new PostureTraining([], Small));

    [Fact]
    public void Options_have_bounds()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Small with { Passes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Small with { Hidden = 12 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Small with { Middle = 0 });
    }

    // A right hand whose fingers lie over five neighbouring white keys and play them; the five move along the keyboard.
    private static RecordedEpisode[] People() => [.. Enumerable.Range(0, Songs).Select(song =>
    {
        var random = new SeededRandom(song);
        var notes = new List<Note>();
        var points = new Vector2[200 * 2 * RecordedEpisode.PointCount];
        PianoKey[] white = [.. PianoKey.All.Where(key => !key.IsBlack)];
        var lowest = 20 + random.Next(10);
        for (var i = 0; i < 32; i++)
        {
            var finger = random.Next(5);
            notes.Add(new(0.3 * i, 0.3 * i + 0.25, white[lowest + finger], 70) { Hand = HandSide.Right, Finger = (Finger)(finger + 1) });
        }

        for (var frame = 0; frame < 200; frame++)
        {
            var hand = points.AsSpan((frame * 2 + 1) * RecordedEpisode.PointCount, RecordedEpisode.PointCount);
            hand[0] = new(white[lowest + 2].CenterX, 0.11f);
            for (var finger = 0; finger < 5; finger++) hand[finger + 1] = new(white[lowest + finger].CenterX, -0.04f);
        }

        return new RecordedEpisode(points, Fps, notes, song);
    })];

    private sealed class Recorded : IProgress<PostureTrainingProgress>
    {
        public List<PostureTrainingProgress> Values { get; } = [];

        public void Report(PostureTrainingProgress value) => Values.Add(value);
    }
}
