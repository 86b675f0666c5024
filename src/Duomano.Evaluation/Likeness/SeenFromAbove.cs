using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Likeness;

/// <summary>A program's motion as a camera above the keyboard would record it, to be compared with a person's.</summary>
public static class SeenFromAbove
{
    private static readonly int[] Seen = [HandJoint.Wrist, .. Fingers.All.Select(HandJoint.Tip)];

    /// <summary>Takes the motion at the moments of a recording; where the motion has ended, its last frame.</summary>
    /// <param name="clip">A motion of the recording's notes, of at least a frame.</param>
    /// <param name="person">The recording.</param>
    /// <returns>As many frames as the recording has, with the notes that the motion plays.</returns>
    /// <exception cref="ArgumentException">The motion has no frames.</exception>
    public static RecordedEpisode Of(TwoHandClip clip, RecordedEpisode person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Of(clip, person.FrameCount, person.Fps, person.Source);
    }

    /// <summary>Takes the motion at its own frames, as if it were a recording itself.</summary>
    /// <param name="clip">A motion of at least a frame.</param>
    /// <exception cref="ArgumentException">The motion has no frames.</exception>
    public static RecordedEpisode Of(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Of(clip, clip.FrameCount, clip.Fps, 0);
    }

    private static RecordedEpisode Of(TwoHandClip clip, int frames, double fps, int source)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (clip.FrameCount == 0) throw new ArgumentException("A motion without frames cannot be compared.", nameof(clip));
        var places = PerHand.Create(clip.Points);
        var points = new Vector2[frames * 2 * RecordedEpisode.PointCount];
        var next = 0;
        for (var frame = 0; frame < frames; frame++)
        {
            var at = Math.Min((int)Math.Round(frame / fps * clip.Fps), clip.FrameCount - 1) * HandJoint.PointCount;
            foreach (var side in HandSides.Both)
            {
                foreach (var point in Seen)
                {
                    var place = places[side][at + point];
                    points[next++] = new(place.X, place.Z);
                }
            }
        }

        return new(points, fps, clip.Notes, source);
    }
}
