using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Networks.Listening;
using Duomano.Training.Listening;
using static Duomano.Training.Tests.Listening.ToneMaker;

namespace Duomano.Training.Tests.Listening;

public class ListeningTargetsTests
{
    private const double Frame = 0.02;

    [Fact]
    public void Strike_IsSpreadOverItsNeighbours_WithItsTimeFromEach()
    {
        var targets = Of(0, 20, Note(0.205, 0.3, 60, 127)); // frame 10.25
        Assert.Equal([0, 0.25f, 1, 0.75f, 0], Column(targets, ListeningNetwork.Onset, 60, 8, 5), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal([0, 1.25f, 0.25f, -0.75f, 0], Column(targets, ListeningNetwork.OnsetTime, 60, 8, 5), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal([0, 1, 1, 1, 0], Column(targets, ListeningNetwork.Velocity, 60, 8, 5));
        Assert.Equal([0, 0, 1, 1, 1, 1, 1, 0], Column(targets, ListeningNetwork.Held, 60, 8, 8));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0.5f, 1, 0.5f, 0], Column(targets, ListeningNetwork.Release, 60, 8, 10), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.All(Column(targets, ListeningNetwork.Onset, 61, 0, 20), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Sound_LastsAsLongAsThePedalOrTheNextStrike()
    {
        var score = new Score([Note(0.1, 0.2, 60), Note(0.1, 0.2, 64), Note(0.3, 0.35, 64), Note(0.6, 0.7, 67)], [new(0.15, 127), new(0.5, 0)]);
        var targets = ListeningTargets.Of(new ListeningRecording("", [], Rate, score), 0, 50, Frame);
        double Seconds(int output, int midi) => Frame * Column(targets, output, midi, 0, 50).Sum();
        Assert.Equal(0.1, Seconds(ListeningNetwork.Held, 60), 0.021);
        Assert.Equal(0.4, Seconds(ListeningNetwork.Sounding, 60), 0.021);
        Assert.Equal(0.4, Seconds(ListeningNetwork.Sounding, 64), 0.021);
        Assert.Equal(0.1, Seconds(ListeningNetwork.Sounding, 67), 0.021);
        Assert.Equal(0.35, Seconds(ListeningNetwork.Pedal, 30), 0.021);
        Assert.Equal(Column(targets, ListeningNetwork.Pedal, 30, 0, 50), Column(targets, ListeningNetwork.Pedal, 90, 0, 50));
    }

    [Fact]
    public void Excerpt_IsTheWholesPart()
    {
        Note[] notes = [Note(0.1, 0.9, 50), Note(0.33, 0.35, 52), Note(0.4, 0.41, 50), Note(0.61, 2, 40)];
        var (whole, part) = (Of(0, 60, notes), Of(17, 20, notes));
        for (var output = 0; output < ListeningNetwork.Outputs; output++)
        {
            Assert.Equal(whole[output].Slice(17 * PianoKey.Count, 20 * PianoKey.Count).ToArray(), part[output].ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        }
    }

    [Fact]
    public void VeryShortNote_IsHeldForAFrame() => Assert.Equal(1, Column(Of(0, 20, Note(0.2, 0.2, 60)), ListeningNetwork.Held, 60, 0, 20).Sum());

    private static ListeningTargets Of(int first, int frames, params Note[] notes) =>
        ListeningTargets.Of(new ListeningRecording("", [], Rate, new Score(notes)), first, frames, Frame);

    private static float[] Column(ListeningTargets targets, int output, int midi, int first, int count)
    {
        var column = new float[count];
        for (var i = 0; i < count; i++) column[i] = targets[output][(first + i) * PianoKey.Count + midi - PianoKey.LowestMidi];
        return column;
    }
}
