using Duomano.Core.Contact;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;

namespace Duomano.Core.Tests.Contact;

public sealed class ContactRefinerTests
{
    [Fact]
    public void A_disturbed_scale_presses_its_keys_again()
    {
        var notes = Exercise.Scale();
        var disturbed = Disturbed(KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip, 0.015, 0.14);
        Assert.True(KeyPresses.NoteF1(disturbed, notes) < 0.6);
        var result = ContactRefiner.Refine(disturbed, notes);
        Assert.Empty(result.Unplayed);
        var wrong = KeyPresses.Onsets(result.Clip).Where(onset => !notes.Any(note => note.Key == onset.Key && Math.Abs(note.Onset - onset.Time) <= 0.05));
        Assert.True(KeyPresses.NoteF1(result.Clip, notes) >= 0.98, $"presses also {string.Join(", ", wrong)}");
        Assert.InRange(result.MeanWristMove, 0, 0.03);
        Assert.InRange(result.LargestWristMove, result.MeanWristMove, 0.15);
        var limits = JointLimits.Of(result.Clip.Skeletons.Right);
        for (var frame = 0; frame < result.Clip.FrameCount; frame++) Assert.True(limits.Excess(result.Clip.Hands.Right.GetPose(frame)) < 2e-3f);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.125)]
    public void It_ends_at_few_frames_a_second(double fps)
    {
        Note[] notes = [.. Exercise.FiveFingers().Select(note => new Note(note.Onset * 20, note.Offset * 20, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger })];
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral, fps: fps).Clip;
        Assert.Equal(clip.FrameCount, ContactRefiner.Refine(clip, notes).Clip.FrameCount);
    }

    [Fact]
    public void It_stops_when_told_to()
    {
        var notes = Exercise.FiveFingers();
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        Assert.ThrowsAny<OperationCanceledException>(() => ContactRefiner.Refine(clip, notes, cancellation: new(true)));
    }

    [Fact]
    public void Fingers_not_given_are_those_the_motion_suggests()
    {
        var notes = Exercise.FiveFingers();
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        var result = ContactRefiner.Refine(clip, [.. notes.Select(note => note with { Hand = null, Finger = null })]);
        Assert.Equal(notes.Select(note => (note.Hand, note.Finger)), result.Clip.Notes.Select(note => (note.Hand, note.Finger)));
        Assert.Equal(1, KeyPresses.NoteF1(result.Clip, notes));
    }

    [Fact]
    public void A_motion_that_meets_its_keys_hardly_changes()
    {
        var notes = Exercise.FiveFingers();
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        var result = ContactRefiner.Refine(clip, notes);
        Assert.InRange(result.MeanJointChange, 0, 0.05);
        Assert.InRange(result.MeanWristMove, 0, 0.002);
    }

    [Fact]
    public void Without_notes_wrong_presses_are_lifted_and_the_wrist_hardly_moves()
    {
        var clip = KinematicPianist.Perform(Exercise.FiveFingers(), PerformanceStyle.Neutral).Clip;
        var result = ContactRefiner.Refine(clip, []);
        Assert.Empty(KeyPresses.Onsets(result.Clip));
        Assert.InRange(result.MeanWristMove, 0, 0.004);
    }

    private static TwoHandClip Disturbed(TwoHandClip clip, double wrist, double joint)
    {
        var random = new SeededRandom(11);
        return new(clip.Hands.Map(track => new HandTrack(Swayed(track.Translations, 3, wrist), Swayed(track.Rotations, HandJoint.PoseLength, joint))), clip.Skeletons, clip.Fps, clip.Notes);

        float[] Swayed(float[] values, int width, double amplitude)
        {
            float[] swayed = [.. values];
            for (var column = 0; column < width; column++)
            {
                var (rate, phase) = (random.Uniform(1, 6), random.Uniform(0, Math.Tau));
                for (var i = column; i < values.Length; i += width) swayed[i] += (float)(amplitude * Math.Sin(rate * (i / width) / clip.Fps + phase));
            }

            return swayed;
        }
    }
}
