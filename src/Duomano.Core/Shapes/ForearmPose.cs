using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>
/// Where a forearm points behind a hand, which no motion file tells: half the way the hand goes on straight, half towards
/// an elbow beside a seated player; and it turns half as far about its length as the hand does.
/// </summary>
public static class ForearmPose
{
    // The elbow of a right arm whose hand is in the middle of the keyboard, and how far it goes along with the hand.
    private const float ElbowSide = 0.09f;
    private const float ElbowFollows = 0.85f;
    private const float ElbowHeight = 0.02f;
    private const float ElbowBehind = 0.30f;

    // No wrist bends further than this, radians.
    private const float MostBend = 0.6f;

    /// <summary>The forearm's orientation in the piano frame (rest axes to piano frame), a smooth function of the hand's.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="wrist">The wrist, metres.</param>
    /// <param name="hand">The hand's orientation.</param>
    public static Quaternion Orientation(HandSide side, Vector3 wrist, Quaternion hand)
    {
        if (side == HandSide.Left) return HandMirror.Rotation(Orientation(HandSide.Right, HandMirror.Point(wrist), HandMirror.Rotation(hand)));
        var straight = Vector3.Transform(Vector3.UnitX, hand);
        var elbow = new Vector3(ElbowSide + ElbowFollows * wrist.X, ElbowHeight, wrist.Z + ElbowBehind);
        var wanted = Vector3.Normalize(straight + Vector3.Normalize(elbow - wrist));
        var axis = Vector3.Cross(straight, wanted);
        var sin = axis.Length();
        var swing = Quaternion.Identity;
        if (sin > 1e-6f)
        {
            // Bends level off towards the most a wrist does.
            var bend = MostBend * MathF.Tanh(MathF.Atan2(sin, Vector3.Dot(straight, wanted)) / MostBend);
            swing = Quaternion.CreateFromAxisAngle(axis / sin, bend);
        }

        var turned = Quaternion.Normalize(swing * hand);
        return Quaternion.Normalize(Quaternion.Slerp(turned, Level(turned), 0.5f));
    }

    /// <summary>The forearm's rotation relative to the hand, as a child of the wrist.</summary>
    public static Quaternion Relative(HandSide side, Vector3 wrist, Quaternion hand) => Quaternion.Normalize(Quaternion.Conjugate(hand) * Orientation(side, wrist, hand));

    // The same direction with the back of the arm upwards; where the arm stands upright there is no such turn.
    private static Quaternion Level(Quaternion arm)
    {
        var along = Vector3.Transform(Vector3.UnitX, arm);
        var back = Vector3.Transform(Vector3.UnitY, arm);
        var up = Vector3.UnitY - along * along.Y;
        var length = up.Length();
        if (length < 1e-3f) return arm;
        up /= length;
        var angle = MathF.Atan2(Vector3.Dot(Vector3.Cross(back, up), along), Vector3.Dot(back, up));
        return Quaternion.CreateFromAxisAngle(along, angle * MathF.Min(1, length)) * arm;
    }
}
