using Duomano.Core.Contact;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Vision.Watching;

/// <summary>A video that was watched: the motion of its hands, and who played which note.</summary>
/// <param name="Clip">The motion, 30 frames a second; its notes are those that a finger was seen for.</param>
/// <param name="Notes">All notes, times from the first frame on, with hands, fingers and how sure they are.</param>
/// <param name="Score">The same notes with what else their score tells, such as the pedal.</param>
/// <param name="Seen">What was seen, its keyboard in the octave that the notes tell.</param>
/// <param name="Camera">Where the camera stands.</param>
/// <param name="Shift">Seconds by which the notes that were given are later in the video than in their file.</param>
public sealed record WatchedVideo(TwoHandClip Clip, IReadOnlyList<SeenNote> Notes, Score Score, SeenVideo Seen, OverheadCamera Camera, double Shift)
{
    /// <summary>Size of the hands, times the usual.</summary>
    public float HandSize => Clip.Skeletons.Right.Size;
}
