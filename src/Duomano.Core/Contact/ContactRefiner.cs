using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;

namespace Duomano.Core.Contact;

/// <summary>
/// Puts the fingers of any motion on the keys it should play. Around each note the pad is drawn to its key and through
/// the stroke, pads that would press other keys are lifted, and the wrist moves, smoothly, only where fingers cannot
/// reach; the rest of the motion stays as it is.
/// </summary>
public static class ContactRefiner
{
    /// <summary>Refines a clip.</summary>
    /// <param name="clip">Any motion, such as a network's.</param>
    /// <param name="notes">What it should play. Hands and fingers not given are those that the motion suggests.</param>
    /// <param name="options">How; null for the usual way.</param>
    /// <returns>A new clip; the given one is left as it is.</returns>
    public static ContactResult Refine(TwoHandClip clip, IReadOnlyList<Note> notes, ContactOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(notes);
        options ??= ContactOptions.Default;
        if (clip.FrameCount == 0) return new(clip, [], 0, 0, 0);
        var fingered = SuggestedFingers.Complete([.. notes.Where(note => note.Onset < clip.Duration)], clip);
        var hands = clip.Skeletons.Map(skeleton => new HandIk(skeleton.Side == HandSide.Left ? skeleton.Mirrored() : skeleton));
        var style = PerformanceStyle.Neutral;
        var planner = new StrokePlanner(hands.Map(hand => new HandReach(hand, new NaturalPosture(hand, style))), style);
        var strokes = planner.Plan(fingered);
        var tracks = PerHand.Create(side =>
        {
            var track = side == HandSide.Left ? HandMirror.Track(clip.Hands[side]) : clip.Hands[side];
            var refined = new HandContact(side, hands[side], track, strokes[side], options, clip.Fps).Refine();
            return side == HandSide.Left ? HandMirror.Track(refined) : refined;
        });
        var played = strokes.Left.Concat(strokes.Right).Select(stroke => stroke.Note).OrderBy(note => note.Onset).ThenBy(note => note.Key);
        var result = new TwoHandClip(tracks, clip.Skeletons, clip.Fps, [.. played]);
        var (joints, mean, largest) = Change(clip, result);
        return new(result, [.. planner.Unplayed], joints, mean, largest);
    }

    private static (double MeanJoint, double MeanWrist, double LargestWrist) Change(TwoHandClip before, TwoHandClip after)
    {
        var (joints, wrists, largest) = (0.0, 0.0, 0.0);
        HandPose a = new(), b = new();
        foreach (var side in HandSides.Both)
        {
            for (var frame = 0; frame < before.FrameCount; frame++)
            {
                before.Hands[side].GetPose(frame, a);
                after.Hands[side].GetPose(frame, b);
                double move = Vector3.Distance(a.Wrist, b.Wrist);
                wrists += move;
                largest = Math.Max(largest, move);
                for (var joint = 1; joint < HandJoint.Count; joint++)
                {
                    if (a.Rotations[joint] == b.Rotations[joint]) continue;
                    var turn = Quaternion.Conjugate(Rotation.FromAxisAngle(a.Rotations[joint])) * Rotation.FromAxisAngle(b.Rotations[joint]);
                    joints += Rotation.ToAxisAngle(turn).Length();
                }
            }
        }

        var count = 2.0 * before.FrameCount;
        return (joints / (count * (HandJoint.Count - 1)), wrists / count, largest);
    }
}
