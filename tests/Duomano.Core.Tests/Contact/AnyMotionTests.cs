using Duomano.Core.Contact;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;

namespace Duomano.Core.Tests.Contact;

/// <summary>Motions and notes that no pianist would hand over.</summary>
public sealed class AnyMotionTests
{
    private static readonly PerHand<HandSkeleton> Average = TwoHandClip.SkeletonsOfSize(1);

    [Theory]
    [InlineData(1, 30)]
    [InlineData(1, 60)]
    [InlineData(1, 24)]
    [InlineData(0.7f, 30)]
    [InlineData(1.4f, 30)]
    public void Hands_that_fly_about_play_their_notes(float size, double fps)
    {
        var notes = Exercise.FiveFingers();
        var result = ContactRefiner.Refine(Noise(TwoHandClip.SkeletonsOfSize(size), (int)(3.5 * fps), fps), notes);
        Assert.Empty(result.Unplayed);
        Assert.InRange(KeyPresses.NoteF1(result.Clip, notes), 0.94, 1);
        // Hands that are metres apart from frame to frame may meet for a moment.
        AssertPossible(result.Clip, meetings: 3);
    }

    [Fact]
    public void Hands_in_the_same_place_part()
    {
        var notes = Exercise.FiveFingers();
        var right = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip.Hands.Right;
        // The left hand lies in the right one.
        var left = HandMirror.Track(right);
        for (var i = 0; i < left.Translations.Length; i += 3) left.Translations[i] *= -1;
        var result = ContactRefiner.Refine(new(new(left, right), Average), notes);
        AssertPlayed(result.Clip, notes);
        AssertPossible(result.Clip);
    }

    [Fact]
    public void Both_hands_play_between_one_another()
    {
        Note[] notes =
        [
            .. Exercise.Line([(60, 1), (64, 2), (67, 3), (64, 2), (60, 1), (64, 2), (67, 3)], 0.3),
            .. Exercise.Line([(65, 1), (62, 2), (59, 3), (62, 2), (65, 1), (62, 2), (59, 3)], 0.3, HandSide.Left),
        ];
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        var result = ContactRefiner.Refine(clip, notes);
        Assert.InRange(KeyPresses.NoteF1(result.Clip, notes), 0.9, 1);
        AssertPossible(result.Clip);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Clips_of_few_frames_are_refined(int frames)
    {
        Note[] notes = [Exercise.Note(60, 1, 0, 0.2), Exercise.Note(62, 2, 0.05, 1), Exercise.Note(64, 3, 20, 1)];
        var result = ContactRefiner.Refine(new(new(new(frames), new(frames)), Average), notes);
        Assert.Equal(frames, result.Clip.FrameCount);
        Assert.All(result.Clip.Hands.Right.Rotations, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_hundred_notes_at_once_are_played_as_far_as_hands_can()
    {
        Note[] notes = [.. PianoKey.All.Select(key => new Note(0.5, 1, key, 80)), .. PianoKey.All.Take(20).Select(key => new Note(0.5, 2, key, 80))];
        var result = ContactRefiner.Refine(Noise(Average, 60, 30), notes);
        Assert.Equal(notes.Length, result.Clip.Notes.Count + result.Unplayed.Count + result.Missed.Count);
        Assert.InRange(result.Clip.Notes.Count, 4, 10);
        AssertPossible(result.Clip);
    }

    [Fact]
    public void Numbers_that_are_none_do_not_spread()
    {
        var clip = Noise(Average, 60, 30);
        clip.Hands.Right.Rotations[400] = float.NaN;
        clip.Hands.Left.Translations[30] = float.PositiveInfinity;
        var result = ContactRefiner.Refine(clip, Exercise.FiveFingers(0.15));
        foreach (var side in HandSides.Both)
        {
            Assert.All(result.Clip.Hands[side].Rotations, value => Assert.True(float.IsFinite(value)));
            Assert.All(result.Clip.Hands[side].Translations, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        var (clip, notes) = (Noise(Average, 90, 30), Exercise.FiveFingers());
        var one = ContactRefiner.Refine(clip, notes).Clip;
        var two = ContactRefiner.Refine(clip, notes, new() { Threads = 2 }).Clip;
        foreach (var side in HandSides.Both) Assert.Equal(one.Hands[side].Rotations, two.Hands[side].Rotations);
    }

    private static void AssertPlayed(TwoHandClip clip, IReadOnlyList<Note> notes) =>
        Assert.True(KeyPresses.NoteF1(clip, notes) == 1, $"presses {string.Join(", ", KeyPresses.Onsets(clip))}");

    private static void AssertPossible(TwoHandClip clip, int meetings = 0)
    {
        var capsules = clip.Skeletons.Map(skeleton => new HandCapsules(skeleton));
        var limits = clip.Skeletons.Map(JointLimits.Of);
        var ends = PerHand.Create(_ => new System.Numerics.Vector3[HandCapsules.EndCount]);
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            foreach (var side in HandSides.Both)
            {
                var pose = clip.Hands[side].GetPose(frame);
                capsules[side].Place(pose, ends[side]);
                Assert.InRange(limits[side].Excess(pose), 0, 0.005f);
                Assert.True(capsules[side].DeepestBetweenFingers(ends[side]) < 0.002f, $"{side} fingers in one another at frame {frame}");
            }

            if (capsules.Left.DeepestWith(ends.Left, capsules.Right, ends.Right) >= 0.002f) Assert.True(--meetings >= 0, $"hands in one another at frame {frame}");
        }
    }

    private static TwoHandClip Noise(PerHand<HandSkeleton> skeletons, int frames, double fps)
    {
        var random = new SeededRandom(4);
        var tracks = PerHand.Create(_ => new HandTrack(frames));
        foreach (var side in HandSides.Both)
        {
            foreach (ref var value in tracks[side].Translations.AsSpan()) value = (float)random.Uniform(-0.5, 0.5);
            foreach (ref var value in tracks[side].Rotations.AsSpan()) value = (float)(1.5 * random.NextGaussian());
        }

        return new(tracks, skeletons, fps);
    }
}
