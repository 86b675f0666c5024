using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using static Duomano.Core.Tests.Performing.Exercise;

namespace Duomano.Core.Tests.Performing;

public sealed class PosturePlanTests
{
    [Fact]
    public void Features_are_seen_from_the_anchor()
    {
        FingerPress[] presses = [new(0.2, 0.5, 0.10f, false, Finger.Thumb), new(0.5, 0.9, 0.15f, true, Finger.Middle), new(1, 1.2, 0.17f, false, Finger.Little)];
        var (own, moved) = (new PostureFeatures(presses), new PostureFeatures(presses.Select(press => press with { X = press.X + 0.25f })));
        var (first, second) = (new float[PostureFeatures.Count], new float[PostureFeatures.Count]);
        foreach (var time in (ReadOnlySpan<double>)[0, 0.3, 0.6, 1.1, 3])
        {
            var anchor = own.Find(time, null, first);
            Assert.Equal(anchor + 0.25, moved.Find(time, null, second), 6);
            Assert.Equal(anchor, own.Anchor(time), 9);
            Assert.Equal(0.5f, second[0] - first[0], 4);
            for (var i = 1; i < first.Length; i++) Assert.Equal(first[i], second[i], 1e-3f);
        }
    }

    [Fact]
    public void A_network_is_read_as_it_was_written()
    {
        using var written = new MemoryStream();
        PostureNetwork.Bundled.Write(written);
        written.Position = 0;
        var (first, again) = (PostureNetwork.Bundled, PostureNetwork.Read(written));
        Assert.Equal((first.Features, first.Hidden, first.Middle), (again.Features, again.Hidden, again.Middle));
        for (var i = 0; i < first.Layers.Length; i++) Assert.Equal(first.Layers[i].Weights, again.Layers[i].Weights);
        Assert.Throws<InvalidDataException>(() => PostureNetwork.Read(new MemoryStream(new byte[100])));
    }

    [Fact]
    public void Fingers_are_long_and_over_their_keys_in_time()
    {
        var notes = Scale();
        var (plan, _) = Plan(notes, PerformanceStyle.Neutral);
        foreach (var note in notes)
        {
            var frame = (int)Math.Round(note.Onset * TwoHandClip.DefaultFps);
            Assert.InRange(Vector2.Distance(plan.Wrist(frame), plan.Tip(frame, Finger.Middle)), 0.14f, 0.20f);
            Assert.InRange(plan.Tip(frame, note.Finger!.Value).X, note.Key.CenterX - 0.016f, note.Key.CenterX + 0.016f);
            Assert.InRange(plan.Wrist(frame).Y, 0.05f, 0.17f);
            Assert.InRange(plan.Yaw(frame), -0.6f, 0.6f);
        }
    }

    [Theory]
    [InlineData(1, HandBuild.Pianist)]
    [InlineData(0.85f, HandBuild.Pianist)]
    [InlineData(1, HandBuild.Average)]
    public void A_hand_is_as_far_behind_its_fingertips_as_it_is_long(float size, HandBuild build)
    {
        // The recorded hands: 17.0 cm in the plane from wrist to middle fingertip, 19.1 cm stretched.
        var skeleton = HandSkeleton.Create(HandSide.Right, size, build);
        var style = PerformanceStyle.Neutral with { HandSize = size, Build = build };
        var clip = KinematicPianist.Perform(Scale(), style).Clip;
        var points = clip.Points(HandSide.Right);
        var far = Enumerable.Range(0, clip.FrameCount).Average(frame => Flat(points[frame * HandJoint.PointCount + HandJoint.Tip(Finger.Middle)] - points[frame * HandJoint.PointCount]));
        Assert.InRange(far / skeleton.Reach, 0.155f, 0.185f);

        static float Flat(Vector3 way) => new Vector2(way.X, way.Z).Length();
    }

    [Fact]
    public void Expected_wrists_are_mirrored_and_rest_where_they_are_told()
    {
        Note[] notes = [.. Scale().Select(note => note with { Hand = HandSide.Left })];
        var expected = ExpectedWrists.Of(notes, new(0.1f, 0.3f), HandSkeleton.Create(HandSide.Right), 60, TwoHandClip.DefaultFps);
        foreach (var note in notes.Where(note => note.Onset < 1.9))
        {
            Assert.InRange(expected.Left[(int)(note.Onset * TwoHandClip.DefaultFps)].X, -note.Key.CenterX - 0.1f, -note.Key.CenterX + 0.1f);
        }

        Assert.All(expected.Right, wrist => Assert.InRange(wrist.X, 0.2f, 0.4f));
        Assert.All(expected.Left.Concat(expected.Right), wrist => Assert.InRange(wrist.Y, 0.05f, 0.17f));
    }

    [Fact]
    public void Wrists_depart_from_the_plan_only_so_far()
    {
        foreach (var notes in (List<Note>[])[Scale(), FiveFingers(0.15)])
        {
            var (plan, clip) = Plan(notes, PerformanceStyle.Neutral);
            for (var frame = 0; frame < clip.FrameCount; frame++)
            {
                var wrist = clip.Hands.Right.Wrist(frame);
                Assert.True(Vector2.Distance(new(wrist.X, wrist.Z), plan.Wrist(frame)) < 0.065f, $"the wrist is elsewhere in frame {frame}");
            }
        }
    }

    [Fact]
    public void A_hand_that_plays_nothing_rests_where_it_is_told()
    {
        var plans = PosturePlan.Of(new PerHand<FingerPress[]>([], []), new(0.2f, 0.3f), 1, 60, TwoHandClip.DefaultFps);
        for (var frame = 0; frame < 60; frame++) Assert.InRange(plans.Right.Tip(frame, Finger.Middle).X, 0.25f, 0.35f);
        Assert.True(Vector2.Distance(plans.Left.Wrist(0), plans.Left.Wrist(59)) < 1e-3f);
    }

    private static (PosturePlan Right, TwoHandClip Clip) Plan(IReadOnlyList<Note> notes, PerformanceStyle style)
    {
        var performance = KinematicPianist.Perform(notes, style);
        var plans = PosturePlan.Of(performance.Strokes, new(0.3f, 0.3f), style.HandSize, performance.Clip.FrameCount, performance.Clip.Fps);
        return (plans.Right, performance.Clip);
    }
}
