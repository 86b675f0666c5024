using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Rendering.Sheet;

namespace Duomano.Rendering.Tests.Sheet;

public class MomentFinderTest
{
    [Fact]
    public void Each_moment_is_found_where_it_is()
    {
        List<Note> notes =
        [
            Right(1, 60, 60, Finger.Index),
            Right(3, 64, 60, Finger.Middle), Right(3.3, 65, 60, Finger.Thumb),
            Right(6, 60, 60, Finger.Thumb), Right(6, 76, 60, Finger.Little),
            Right(9, 60, 60, Finger.Index), Right(9.2, 62, 60, Finger.Middle), Right(9.4, 64, 60, Finger.Ring), Right(9.6, 62, 60, Finger.Middle), Right(9.8, 60, 60, Finger.Index),
            Right(13, 67, 120, Finger.Middle),
            Right(16, 60, 60, Finger.Thumb), Right(16, 62, 60, Finger.Index), Right(16, 64, 60, Finger.Middle), Right(16, 65, 60, Finger.Ring),
            Right(20, 72, 60, Finger.Ring),
        ];

        // The right hand leaps at 18 s.
        var track = new HandTrack(660);
        for (var frame = 0; frame < 660; frame++) track.Translations[frame * 3] = frame < 540 ? 0 : 0.3f;
        var moments = MomentFinder.Find(new(new(new(660), track), TwoHandClip.SkeletonsOfSize(1), 30, notes), 8);
        AssertAt(moments, "First stroke", 1);
        AssertAt(moments, "Thumb under", 3.25);
        AssertAt(moments, "Widest reach", 6);
        AssertAt(moments, "Densest passage", 9.4);
        AssertAt(moments, "Loudest stroke", 13);
        AssertAt(moments, "Fullest chord", 16);
        AssertAt(moments, "Leap", 18);
        AssertAt(moments, "Last stroke", 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void There_are_no_more_than_asked_for_and_they_are_apart(int most)
    {
        var moments = MomentFinder.Find(Clips.Smooth(frames: 300), most);
        Assert.Equal(most, moments.Count);
        for (var i = 1; i < moments.Count; i++) Assert.InRange(moments[i].Frame - moments[i - 1].Frame, 12, 300);
    }

    [Fact]
    public void A_clip_without_notes_or_of_one_frame_has_one_too()
    {
        Assert.NotEmpty(MomentFinder.Find(new(new(new(90), new(90)), TwoHandClip.SkeletonsOfSize(1)), 6));
        Assert.Equal(0, Assert.Single(MomentFinder.Find(Clips.Smooth(frames: 1), 6)).Frame);
        Assert.Empty(MomentFinder.Find(new(new(new(0), new(0)), TwoHandClip.SkeletonsOfSize(1)), 6));
    }

    private static void AssertAt(IReadOnlyList<Moment> moments, string name, double time) =>
        Assert.Equal(time, moments.Single(moment => moment.Name == name).Frame / 30.0, 0.12);

    private static Note Right(double onset, int midi, int velocity, Finger finger) =>
        new(onset, onset + 0.15, new PianoKey(midi), velocity) { Hand = HandSide.Right, Finger = finger };
}
