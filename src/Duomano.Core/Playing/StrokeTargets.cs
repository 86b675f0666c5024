using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;

namespace Duomano.Core.Playing;

/// <summary>
/// Where the pads of one (right) hand should be for its strokes, frame after frame: on the key wherever a motion has them
/// there, and as high above it, or as deep in it, as a stroke takes them.
/// </summary>
internal sealed class StrokeTargets
{
    // Room from a pad to its key's edges, metres: across, at the far end and at the front, and between black keys.
    private const float AcrossRoom = 0.0035f;
    private const float EndRoom = 0.012f;
    private const float FrontRoom = 0.006f;
    private const float BlackFrontRoom = 0.005f;
    private const float GapRoom = 0.0055f;

    private readonly float[] _heights;
    private readonly Vector3[] _contacts;

    /// <summary>Plans the pads' ways.</summary>
    /// <param name="side">Whose (mirrored) keyboard it is.</param>
    /// <param name="strokes">The hand's strokes.</param>
    /// <param name="times">The same, frame by frame.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="style">How high fingers are lifted.</param>
    /// <param name="pad">Where the motion has a pad (frame, finger from the thumb): x and z.</param>
    public StrokeTargets(HandSide side, IReadOnlyList<Stroke> strokes, StrokeSchedule times, int frames, double fps, PerformanceStyle style, Func<int, int, Vector2> pad)
    {
        (_heights, _contacts) = (new float[frames * 5], new Vector3[frames * 5]);
        foreach (var finger in Fingers.All)
        {
            var slot = (int)finger - 1;
            var path = new PadPath([.. strokes.Where(stroke => stroke.Finger == finger)], style);
            for (var frame = 0; frame < frames; frame++)
            {
                _heights[frame * 5 + slot] = path.HeightAt(frame / fps);
                if (times[frame, slot].Stroke is { } stroke) _contacts[frame * 5 + slot] = OnKey(stroke.Note.Key, side, pad(frame, slot), _heights[frame * 5 + slot]);
            }
        }
    }

    /// <summary>How far a pad should be above what is below it, metres; below the resting top of its key while it is down.</summary>
    public float Height(int frame, int slot) => _heights[frame * 5 + slot];

    /// <summary>Where a pad is on the key of the stroke it is nearest to in time; meaningless far from any.</summary>
    public Vector3 Contact(int frame, int slot) => _contacts[frame * 5 + slot];

    // The point of a key's top nearest to a place, away from the edges, and as high above it.
    private static Vector3 OnKey(PianoKey key, HandSide side, Vector2 place, float height)
    {
        var sign = side == HandSide.Left ? -1 : 1;
        var z = Math.Clamp(place.Y, PianoKey.BackZ + EndRoom, key.IsBlack ? key.FrontZ - BlackFrontRoom : -FrontRoom);
        var (left, right) = key.ExtentX(z);
        var room = MathF.Min((right - left) / 2 - 0.0005f, !key.IsBlack && z < -PianoKey.BlackFront ? GapRoom : AcrossRoom);
        return new(sign * Math.Clamp(sign * place.X, left + room, right - room), key.TopY + height, z);
    }
}
