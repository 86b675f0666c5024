using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>How far a motion is, seen from above, from the recording that it was made from.</summary>
/// <param name="Fingertips">Distance of each fingertip in each frame of the recording, metres.</param>
/// <param name="Wrists">The same of the wrists.</param>
public sealed record ObservationError(float[] Fingertips, float[] Wrists)
{
    /// <summary>Compares.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="episode">The recording.</param>
    /// <param name="camera">The camera that saw it; null for <see cref="OverheadCamera.Recorded"/>.</param>
    public static ObservationError Measure(TwoHandClip clip, RecordedEpisode episode, OverheadCamera? camera = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(episode);
        camera ??= OverheadCamera.Recorded;
        var (tips, wrists) = (new List<float>(), new List<float>());
        foreach (var side in HandSides.Both)
        {
            var points = clip.Points(side);
            for (var frame = 0; frame < episode.FrameCount; frame++)
            {
                var position = Math.Min(frame / episode.Fps * clip.Fps, clip.FrameCount - 1);
                var (before, after) = ((int)position, Math.Min((int)position + 1, clip.FrameCount - 1));
                var seen = episode.Points(frame, side);
                for (var i = 0; i < seen.Length; i++)
                {
                    var point = i == 0 ? HandJoint.Wrist : HandJoint.Count + i - 1;
                    var place = Vector3.Lerp(points[before * HandJoint.PointCount + point], points[after * HandJoint.PointCount + point], (float)(position - before));
                    (i == 0 ? wrists : tips).Add(Vector2.Distance(camera.Project(place), seen[i]));
                }
            }
        }

        return new([.. tips], [.. wrists]);
    }
}
