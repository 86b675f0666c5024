using Duomano.Core.Keyboard;
using Duomano.Training.Listening;
using static Duomano.Training.Tests.Listening.ToneMaker;

namespace Duomano.Training.Tests.Listening;

public class ListeningTargetsTests
{
    private const double Frame = 0.02;

    [Fact]
    public void Strike_IsSpreadOverItsNeighbours_WithItsTimeFromEach()
    {
        var targets = ListeningTargets.Of([Note(0.205, 0.3, 60, 127)], 0, 20, Frame); // frame 10.25
        Assert.Equal([0, 0.25f, 1, 0.75f, 0], Column(targets.Onset, 60, 8, 5), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal([0, 1.25f, 0.25f, -0.75f, 0], Column(targets.OnsetTime, 60, 8, 5), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal([0, 1, 1, 1, 0], Column(targets.Velocity, 60, 8, 5));
        Assert.Equal([0, 0, 1, 1, 1, 1, 1, 0], Column(targets.Held, 60, 8, 8));
        Assert.All(Column(targets.Onset, 61, 0, 20), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Excerpt_IsTheWholesPart()
    {
        var notes = new[] { Note(0.1, 0.9, 50), Note(0.33, 0.35, 52), Note(0.4, 0.41, 50), Note(0.61, 2, 40) };
        var whole = ListeningTargets.Of(notes, 0, 60, Frame);
        var part = ListeningTargets.Of(notes, 17, 20, Frame);
        foreach (var (all, some) in new[] { (whole.Onset, part.Onset), (whole.Held, part.Held), (whole.Velocity, part.Velocity) })
        {
            Assert.Equal(all.AsSpan(17 * PianoKey.Count, 20 * PianoKey.Count).ToArray(), some);
        }
    }

    [Fact]
    public void VeryShortNote_IsHeldForAFrame() => Assert.Equal(1, Column(ListeningTargets.Of([Note(0.2, 0.2, 60)], 0, 20, Frame).Held, 60, 0, 20).Sum());

    private static float[] Column(float[] values, int midi, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(frame => values[frame * PianoKey.Count + midi - PianoKey.LowestMidi])];
}
