using System.Numerics;
using Duomano.Core.Contact;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;

namespace Duomano.Core.Tests.Performing;

/// <summary>The kinematic pianist and the refinement with a MANO hand: its rest axes suit inverse kinematics, limits and contact.</summary>
public class ManoPianistTests
{
    private static readonly ManoShape Mano = new ManoHand(SyntheticMano.Arrays()).Mean;

    [Fact]
    public void Performance_PressesEveryKeyWithTheMarkedFingertips()
    {
        var clip = KinematicPianist.Perform(Scale(), PerformanceStyle.Neutral, hands: Mano.Skeletons).Clip;
        Assert.Same(Mano, clip.Skeletons.Left.Mano);
        AssertPressed(clip, Scale());
        AssertWithinLimits(clip);
    }

    [Fact]
    public void Refinement_PutsRetargetedMotionOnItsKeys()
    {
        var ours = KinematicPianist.Perform(Scale(), PerformanceStyle.Neutral).Clip;
        var refined = ContactRefiner.Refine(ours.Onto(Mano.Skeletons), Scale()).Clip;
        Assert.Same(Mano, refined.Skeletons.Right.Mano);
        AssertPressed(refined, Scale());
    }

    [Fact]
    public void Onto_KeepsWhereBonesPointAndWhereFingertipsAre()
    {
        var ours = Clips.Smooth(6, size: 1);
        var moved = ours.Onto(Mano.Skeletons);
        Assert.Same(moved, moved.Onto(Mano.Skeletons));
        foreach (var side in HandSides.Both)
        {
            var (before, after) = (ours.Points(side), moved.Points(side));
            for (var frame = 0; frame < ours.FrameCount; frame++)
            {
                var at = frame * HandJoint.PointCount;
                for (var point = 1; point < HandJoint.Count; point++)
                {
                    var parent = HandJoint.Parents[point];
                    if (parent == HandJoint.Wrist) continue;
                    var (a, b) = (before[at + point] - before[at + parent], after[at + point] - after[at + parent]);
                    Assert.True(Vector3.Distance(Vector3.Normalize(a), Vector3.Normalize(b)) < 1e-4f);
                }

                var drift = Vector3.Zero;
                for (var tip = HandJoint.Count; tip < HandJoint.PointCount; tip++) drift += after[at + tip] - before[at + tip];
                Assert.True(drift.Length() < 1e-5f);
            }
        }
    }

    private static List<Note> Scale()
    {
        Finger[] up = [Finger.Thumb, Finger.Index, Finger.Middle, Finger.Thumb, Finger.Index, Finger.Middle, Finger.Ring, Finger.Little];
        int[] steps = [0, 2, 4, 5, 7, 9, 11, 12];
        List<Note> notes = [];
        for (var i = 0; i < 8; i++)
        {
            notes.Add(new Note(0.5 + 0.3 * i, 0.78 + 0.3 * i, new PianoKey(62 + steps[i]), 70) { Hand = HandSide.Right, Finger = up[i] });
            notes.Add(new Note(0.5 + 0.3 * i, 0.78 + 0.3 * i, new PianoKey(55 - steps[i]), 70) { Hand = HandSide.Left, Finger = up[i] });
        }

        return notes;
    }

    private static void AssertPressed(TwoHandClip clip, IReadOnlyList<Note> notes)
    {
        var points = PerHand.Create(clip.Points);
        foreach (var note in notes)
        {
            var frame = (int)Math.Round((note.Onset + 0.1) * clip.Fps);
            var pad = points[note.Hand!.Value][frame * HandJoint.PointCount + HandJoint.Tip(note.Finger!.Value)];
            Assert.True(pad.Y < -0.004f + (note.Key.IsBlack ? 0.012f : 0), $"{note.Key.Midi}: the pad is at {pad}");
            Assert.True(Math.Abs(pad.X - note.Key.CenterX) < 0.012f, $"{note.Key.Midi}: the pad is at {pad}, the key at {note.Key.CenterX}");
        }
    }

    private static void AssertWithinLimits(TwoHandClip clip)
    {
        var pose = new HandPose();
        foreach (var side in HandSides.Both)
        {
            var limits = JointLimits.Of(clip.Skeletons[side]);
            for (var frame = 0; frame < clip.FrameCount; frame++)
            {
                clip.Hands[side].GetPose(frame, pose);
                Assert.True(limits.Excess(pose) < 1e-3f, $"{side} frame {frame}: {limits.Excess(pose)}");
            }
        }
    }
}
