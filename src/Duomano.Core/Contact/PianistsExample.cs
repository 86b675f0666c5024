using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Trajectories;

namespace Duomano.Core.Contact;

/// <summary>
/// Shows how the kinematic pianist plays some strokes that a motion does not: the motion passes over into the pianist's and
/// back again.
/// </summary>
internal sealed class PianistsExample : IExampleMotion
{
    // The motion passes over within this time before and after, seconds.
    private const double PassingOver = 0.6;

    private readonly HandsPlaying _playing;
    private readonly PerformanceStyle _style;
    private readonly PerHand<HandSkeleton> _hands;

    /// <summary>Prepares.</summary>
    /// <param name="playing">The hands, and what they play.</param>
    /// <param name="style">How the pianist plays.</param>
    /// <param name="hands">The hands that are moved.</param>
    public PianistsExample(HandsPlaying playing, PerformanceStyle style, PerHand<HandSkeleton> hands) => (_playing, _style, _hands) = (playing, style, hands);

    /// <inheritdoc/>
    public int StrokesWithin(HandSide side, int first, int last) =>
        _playing.Strokes[side].Count(stroke => stroke.Release * _playing.Fps >= first && stroke.Press * _playing.Fps <= last);

    /// <inheritdoc/>
    public HandTrack Shown(HandSide side, HandTrack motion, int first, int from, int until, CancellationToken cancellation)
    {
        var (start, seconds) = (first / _playing.Fps, motion.FrameCount / _playing.Fps);
        Note[] notes = [.. _playing.Strokes.Left.Concat(_playing.Strokes.Right)
            .Where(stroke => stroke.Note.Offset > start && stroke.Note.Onset < start + seconds)
            .Select(stroke => new Note(Math.Max(0, stroke.Note.Onset - start), stroke.Note.Offset - start, stroke.Note.Key, stroke.Note.Velocity) { Hand = stroke.Note.Hand, Finger = stroke.Finger })];
        var example = HandMirror.LikeRight(KinematicPianist.Perform(notes, _style, seconds, _playing.Fps, _hands, cancellation: cancellation).Clip.Hands[side], side);
        var hand = _playing.Hands[side];
        var blended = new HandTrack(motion.FrameCount);
        HandPose own = new(), shown = new();
        Span<double> a = stackalloc double[HandState.Length];
        Span<double> b = stackalloc double[HandState.Length];
        for (var frame = 0; frame < motion.FrameCount; frame++)
        {
            motion.GetPose(frame, own);
            example.GetPose(Math.Min(frame, example.FrameCount - 1), shown);
            var away = Math.Max(0, Math.Max(from - frame, frame - until)) / _playing.Fps;
            var share = 1 - Math.Min(1, away / PassingOver);
            share = share * share * (3 - 2 * share);
            HandState.Read(own, hand, a);
            HandState.Read(shown, hand, b);
            for (var k = 0; k < a.Length; k++) a[k] = double.Lerp(a[k], b[k], share);
            HandState.Write(a, hand, own);
            blended.SetPose(frame, own);
        }

        return blended;
    }
}
