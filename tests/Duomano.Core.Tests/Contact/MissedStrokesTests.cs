using Duomano.Core.Contact;
using Duomano.Core.Motion;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;

namespace Duomano.Core.Tests.Contact;

public sealed class MissedStrokesTests
{
    private readonly Performance _performance = KinematicPianist.Perform(Exercise.FiveFingers(), PerformanceStyle.Neutral);

    [Fact]
    public void A_performance_misses_nothing() => Assert.Empty(MissedStrokes.Of(_performance.Clip, _performance.Strokes));

    [Fact]
    public void Notes_during_which_the_hand_is_in_the_air_are_missed()
    {
        var clip = _performance.Clip;
        var notes = clip.Notes;
        var right = clip.Hands.Right.Slice(0, clip.FrameCount);
        // From the end of the second note to the beginning of the fifth one.
        var (from, to) = ((notes[2].Onset - 0.1) * clip.Fps, (notes[3].Offset + 0.1) * clip.Fps);
        for (var frame = (int)from; frame <= (int)to; frame++) right.Translations[3 * frame + 1] += 0.02f;
        var lifted = new TwoHandClip(new(clip.Hands.Left, right), clip.Skeletons, clip.Fps, notes);
        Assert.Equal(notes.Skip(2).Take(2), MissedStrokes.Of(lifted, _performance.Strokes));
    }
}
