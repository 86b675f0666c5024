using Duomano.Core.Contact;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;

namespace Duomano.Core.Tests.Contact;

public sealed class KeyGuidanceTests
{
    [Theory]
    [InlineData(HandSide.Right)]
    [InlineData(HandSide.Left)]
    public void Fingers_with_wrong_angles_find_their_keys_and_wrists_stand_still(HandSide side)
    {
        List<Note> notes = [.. Exercise.FiveFingers().Select(note => note with { Hand = side })];
        if (side == HandSide.Left) notes = [.. notes.Select(note => note with { Finger = 6 - note.Finger!.Value })];
        var played = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        var aside = WithAngles(played, side, 0.3f);
        Assert.True(KeyPresses.NoteF1(aside, notes) < 0.7);
        var led = Led(aside, notes, side, 1);
        Assert.True(KeyPresses.NoteF1(led, notes) >= 0.95);
        Assert.Equal(aside.Hands[side].Translations, led.Hands[side].Translations);
        Assert.True(KeyPresses.DeepestBelowBed(led) < KeyPresses.DeepestBelowBed(aside));

        // Half the way is between.
        var half = Led(aside, notes, side, 0.5f);
        var whole = Distance(aside, led, side);
        Assert.InRange(Distance(aside, half, side), 0.01 * whole, 0.9 * whole);
        Assert.InRange(Distance(half, led, side), 0.01 * whole, 0.9 * whole);
    }

    [Fact]
    public void Without_strength_nothing_moves()
    {
        var notes = Exercise.FiveFingers();
        var clip = WithAngles(KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip, HandSide.Right, 0.2f);
        Assert.Equal(clip.Hands.Right.Rotations, Led(clip, notes, HandSide.Right, 0).Hands.Right.Rotations);
    }

    [Fact]
    public void Fingers_in_keys_that_nobody_plays_come_out()
    {
        var clip = KinematicPianist.Perform(Exercise.FiveFingers(), PerformanceStyle.Neutral).Clip;
        Assert.NotEmpty(KeyPresses.Onsets(clip));
        Assert.Empty(KeyPresses.Onsets(Led(clip, [], HandSide.Right, 1)));
    }

    private static TwoHandClip Led(TwoHandClip clip, IReadOnlyList<Note> notes, HandSide side, float strength)
    {
        var guidance = new KeyGuidance(notes, clip.Skeletons.Right, clip.FrameCount, clip.Fps);
        var led = HandMirror.LikeRight(guidance.Led(HandMirror.LikeRight(clip.Hands[side], side), side, strength), side);
        return new(PerHand.Create(hand => hand == side ? led : clip.Hands[hand]), clip.Skeletons, clip.Fps, clip.Notes);
    }

    // Every finger swayed in its knuckle.
    private static TwoHandClip WithAngles(TwoHandClip clip, HandSide side, float amplitude)
    {
        var random = new SeededRandom(3);
        var rotations = clip.Hands[side].Rotations.ToArray();
        foreach (var finger in Core.Fingering.Fingers.All)
        {
            var (rate, phase) = (random.Uniform(1, 6), random.Uniform(0, Math.Tau));
            for (var frame = 0; frame < clip.FrameCount; frame++) rotations[frame * HandJoint.PoseLength + HandJoint.First(finger) * 3 + 2] += amplitude * (float)Math.Sin(rate * frame / clip.Fps + phase);
        }

        var swayed = new HandTrack([.. clip.Hands[side].Translations], rotations);
        return new(PerHand.Create(hand => hand == side ? swayed : clip.Hands[hand]), clip.Skeletons, clip.Fps, clip.Notes);
    }

    private static double Distance(TwoHandClip a, TwoHandClip b, HandSide side) =>
        a.Hands[side].Rotations.Zip(b.Hands[side].Rotations, (x, y) => (double)(x - y) * (x - y)).Sum();
}
