using System.Numerics;
using Duomano.Core.Numerics;

namespace Duomano.Core.Body;

/// <summary>A trunk, as an upright ellipse of some breadth and depth around the line from the hips to the shoulders, that arms go around.</summary>
/// <param name="Hips">Where the hips are, metres.</param>
/// <param name="Shoulders">The middle between the shoulders.</param>
/// <param name="Forward">Where the chest looks.</param>
/// <param name="Waist">Half its breadth, and its depth in front.</param>
internal readonly record struct ElbowRoom(Vector3 Hips, Vector3 Shoulders, Vector3 Forward, Vector2 Waist)
{
    // The farthest that an elbow is lifted out of the trunk's way, radians, and in which steps it is sought.
    private const float Farthest = 1.3f, Step = 0.04f;

    // Upper arms lie on the ribs above this share of their length; forearms stay clear from the elbow to that share of theirs.
    private const float UpperArm = 0.8f, Forearm = 0.45f;
    private const int Points = 4;

    /// <summary>How far an elbow has to be turned outward around the line from shoulder to wrist for its arm to be outside, radians.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="shoulder">Where it begins, metres.</param>
    /// <param name="wrist">Where it ends.</param>
    /// <param name="pole">Where the elbow points when nothing is in its way.</param>
    /// <param name="outward">+1 for a right arm, −1 for a left one.</param>
    /// <param name="thickness">Half the thickness of the arm, metres.</param>
    public float Lift(Limb arm, Vector3 shoulder, Vector3 wrist, Vector3 pole, float outward, float thickness)
    {
        var (best, least) = (0f, float.PositiveInfinity);
        for (var lift = 0f; lift <= Farthest; lift += Step)
        {
            var depth = Depth(arm, shoulder, wrist, Lifted(pole, shoulder, wrist, outward * lift), thickness);
            if (depth <= 0) return lift;
            if (depth < least) (best, least) = (lift, depth);
        }

        return best;
    }

    /// <summary>Where an elbow points that is turned around the line from shoulder to wrist.</summary>
    public static Vector3 Lifted(Vector3 pole, Vector3 shoulder, Vector3 wrist, float lift) =>
        Vector3.Transform(pole, Quaternion.CreateFromAxisAngle(Vector3.Normalize(shoulder - wrist), lift));

    /// <summary>How deep the arm is in the trunk, as a share of the trunk's size; 0 or less outside.</summary>
    public float Depth(Limb arm, Vector3 shoulder, Vector3 wrist, Vector3 pole, float thickness)
    {
        var (upper, lower) = arm.Solve(shoulder, wrist, pole);
        var elbow = shoulder + Vector3.Transform(arm.Upper, upper);
        var end = elbow + Vector3.Transform(arm.Lower, lower);
        var deepest = Depth(Vector3.Lerp(shoulder, elbow, UpperArm), thickness);
        for (var i = 0; i <= Points; i++) deepest = MathF.Max(deepest, Depth(Vector3.Lerp(elbow, end, Forearm * i / Points), thickness));
        return deepest;
    }

    private float Depth(Vector3 point, float thickness)
    {
        var up = Vector3.Normalize(Shoulders - Hips);
        var height = Math.Clamp(Vector3.Dot(point - Hips, up), 0, (Shoulders - Hips).Length());
        var away = point - Hips - height * up;
        var forward = Vector3.Normalize(Forward - Vector3.Dot(Forward, up) * up);
        var side = Vector3.Cross(up, forward);
        var share = new Vector2(Vector3.Dot(away, side) / (Waist.X + thickness), Vector3.Dot(away, forward) / (Waist.Y + thickness));
        return 1 - share.Length();
    }
}
