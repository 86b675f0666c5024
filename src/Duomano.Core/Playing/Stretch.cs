using Duomano.Core.Fingering;

namespace Duomano.Core.Playing;

/// <summary>
/// How a hand opens for a wide chord: it turns away from the thumb, so that thumb and little finger point to either
/// side, goes a little into the keys and sinks.
/// </summary>
/// <param name="Yaw">Added turn about the vertical axis, radians.</param>
/// <param name="Y">Added height of the wrist, metres.</param>
/// <param name="Z">Added depth of the wrist, metres.</param>
internal readonly record struct Stretch(float Yaw, float Y, float Z)
{
    // Per metre that the thumb is farther from another finger than at rest.
    private const float Turn = -3.2f;
    private const float Sink = -0.12f;
    private const float Inwards = -0.35f;
    private const float LargestTurn = -0.35f;

    // The inner fingers of a full chord keep the hand from turning as far.
    private const float InnerTurn = 0.3f;

    /// <summary>How much farther the thumb is from another finger than at rest, metres; 0 for a closed hand.</summary>
    public static float Widening(IReadOnlyList<Stroke> held, NaturalPosture posture)
    {
        var widest = 0f;
        foreach (var thumb in held)
        {
            if (thumb.Finger != Finger.Thumb) continue;
            foreach (var other in held)
            {
                var natural = posture.Pad(other.Finger).X - posture.Pad(Finger.Thumb).X;
                widest = MathF.Max(widest, other.Place.X - thumb.Place.X - natural);
            }
        }

        return widest;
    }

    /// <summary>For the keys that are held together.</summary>
    public static Stretch Of(IReadOnlyList<Stroke> held, float widening)
    {
        var turns = 1f;
        foreach (var stroke in held)
        {
            if (stroke.Finger is Finger.Index or Finger.Middle) turns = InnerTurn;
        }

        return new(MathF.Max(LargestTurn, Turn * widening) * turns, Sink * widening, Inwards * widening);
    }
}
