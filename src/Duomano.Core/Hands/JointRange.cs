namespace Duomano.Core.Hands;

/// <summary>The lowest and highest angle about one axis, radians.</summary>
/// <param name="Low">Lowest angle.</param>
/// <param name="High">Highest angle.</param>
public readonly record struct AngleRange(float Low, float High)
{
    /// <summary>A range given in degrees.</summary>
    public static AngleRange Degrees(float low, float high) => new(low * MathF.PI / 180, high * MathF.PI / 180);

    /// <summary>The nearest angle within the range.</summary>
    public float Clamp(float angle) => Math.Clamp(angle, Low, High);

    /// <summary>How far an angle is outside; 0 within.</summary>
    public float Excess(float angle) => MathF.Max(0, MathF.Max(Low - angle, angle - High));
}

/// <summary>How far one joint can turn.</summary>
/// <param name="Flexion">Curling range.</param>
/// <param name="Abduction">Sideways range, towards the thumb positive.</param>
/// <param name="Twist">Range about the bone.</param>
public readonly record struct JointRange(AngleRange Flexion, AngleRange Abduction, AngleRange Twist);
