using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Playing;

/// <summary>
/// A right hand at rest over the keys: fingers curved, pads side by side about a white key apart on one level.
/// The frame is the piano's with the wrist as origin and the hand pointing straight into the keys.
/// </summary>
internal sealed class NaturalPosture
{
    // The hand slopes up from the wrist to the knuckles, radians.
    private const float Slope = 0.10f;
    private const float ThumbCurl = 0.25f;

    // A curled finger's pad is at least this much farther ahead of its knuckle than it is below it.
    private const float Steepest = 0.2f;

    // Between the thumb's pad and the middle finger's, across the keyboard, metres.
    private const float ThumbSide = 0.066f;

    // The turn in the middle of the keyboard, how it changes along it (a metre), and its bounds, radians.
    private const float MiddleTurn = 0.12f;
    private const float TurnByPlace = 0.35f;
    private const float OutwardTurn = 0.12f;
    private const float InwardTurn = 0.3f;

    private static readonly float[] CurlShares = [0, 0.92f, 1.08f, 1, 0.75f];

    private readonly FingerAngles[] _angles = new FingerAngles[5];
    private readonly Vector3[] _pads = new Vector3[5];

    public NaturalPosture(HandIk hand, PerformanceStyle style)
    {
        Height = style.WristHeight * hand.Skeleton.Size;
        Fingers = [.. Core.Fingering.Fingers.All.Except(hand.Skeleton.Lacking)];
        var upright = new WristPose(new(0, Height, 0), Orientation(0));
        for (var slot = 1; slot < 5; slot++)
        {
            var finger = (Finger)(slot + 1);
            _angles[slot] = Lowered(hand[finger], style.FingerCurl * CurlShares[slot], upright);
            _pads[slot] = InPiano(upright, hand[finger].Pad(_angles[slot]));
        }

        (_angles[0], _pads[0]) = Thumb(hand, upright, _pads[2].X - ThumbSide * hand.Skeleton.Size);
        for (var slot = 0; slot < 5; slot++) _pads[slot].Y = 0;
    }

    /// <summary>Height of the wrist above the white keys, metres.</summary>
    public float Height { get; }

    /// <summary>The fingers that the hand has.</summary>
    public IReadOnlyList<Finger> Fingers { get; }

    /// <summary>A finger's resting angles.</summary>
    public FingerAngles Angles(Finger finger) => _angles[(int)finger - 1];

    /// <summary>From the wrist's place on the keyboard plane to a finger's pad on that plane.</summary>
    public Vector3 Pad(Finger finger) => _pads[(int)finger - 1];

    /// <summary>The same with the hand turned about the vertical axis.</summary>
    public Vector3 Pad(Finger finger, float yaw)
    {
        var pad = _pads[(int)finger - 1];
        var (sin, cos) = MathF.SinCos(yaw);
        return new(pad.X * cos + pad.Z * sin, 0, pad.Z * cos - pad.X * sin);
    }

    /// <summary>The orientation of a hand that points into the keys.</summary>
    /// <param name="yaw">About the vertical axis, radians; positive turns the fingers towards the thumb's side.</param>
    /// <param name="pitch">Added slope from wrist to knuckles, radians.</param>
    /// <param name="roll">About the hand's long axis, radians; positive lowers the thumb's side.</param>
    public static Quaternion Orientation(float yaw, float pitch = 0, float roll = 0) =>
        Quaternion.CreateFromAxisAngle(Vector3.UnitY, yaw - MathF.PI / 2)
        * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -(Slope + pitch))
        * Quaternion.CreateFromAxisAngle(Vector3.UnitX, roll);

    /// <summary>
    /// The turn a hand has by itself at a place on the keyboard, radians: the arms come from beside the body, so that
    /// hands point inwards in the middle and a little outwards at their own side's end.
    /// </summary>
    /// <param name="x">Metres, in the frame of a right hand.</param>
    public static float Turn(float x) => Math.Clamp(MiddleTurn - TurnByPlace * x, -OutwardTurn, InwardTurn);

    private static Vector3 InPiano(WristPose wrist, Vector3 local) => wrist.Position + Vector3.Transform(local, wrist.Orientation);

    // Bends the knuckle until the pad is on the keys; a finger too curled to reach them from above is straightened as
    // far as it needs.
    private static FingerAngles Lowered(FingerChain chain, float curl, WristPose wrist)
    {
        for (; curl > chain.CurlRange.Low; curl -= 0.02f)
        {
            var (low, high) = (chain.FlexionRange.Low, chain.FlexionRange.High);
            for (var i = 0; i < 30; i++)
            {
                var middle = (low + high) / 2;
                var pad = InPiano(wrist, chain.Pad(new(0, middle, curl)));
                var reach = pad - InPiano(wrist, chain.Knuckle);
                if (pad.Y > 0 && -reach.Z > Steepest * -reach.Y) low = middle;
                else high = middle;
            }

            if (InPiano(wrist, chain.Pad(new(0, low, curl))).Y < 0.0005f) return new(0, low, curl);
        }

        return new(0, chain.FlexionRange.Clamp(0), chain.CurlRange.Low);
    }

    // Of all places on the keys at the wanted distance from the middle finger, the one at which the thumb is bent as it likes.
    private static (FingerAngles Angles, Vector3 Pad) Thumb(HandIk hand, WristPose wrist, float x)
    {
        (FingerAngles Angles, Vector3 Pad) best = default;
        var least = float.MaxValue;
        FingerAngles start = new(0, 0.1f, ThumbCurl);
        for (var forward = 0.040f; forward < 0.130f; forward += 0.001f)
        {
            var pad = new Vector3(x, 0, -forward * hand.Skeleton.Size);
            var angles = hand.Reach(Finger.Thumb, wrist, pad, start, out var miss);
            var cost = MathF.Abs(angles.Curl - ThumbCurl) + 100 * miss.Length();
            if (cost >= least) continue;
            least = cost;
            best = (angles, pad);
        }

        return best;
    }
}
