using System.Numerics;

namespace Duomano.Core.Performing;

/// <summary>A small move of a wrist.</summary>
/// <param name="Shift">Metres.</param>
/// <param name="Yaw">About the vertical axis, radians.</param>
/// <param name="Roll">About the hand's long axis, radians.</param>
internal readonly record struct WristMove(Vector3 Shift, float Yaw = 0, float Roll = 0)
{
    /// <summary>How many coordinates there are: x, y, z, yaw, roll.</summary>
    public const int Count = 5;

    /// <summary>One of the coordinates.</summary>
    public float this[int axis] => axis switch
    {
        < 3 => Shift[axis],
        3 => Yaw,
        _ => Roll,
    };

    /// <summary>A move along one coordinate.</summary>
    public static WristMove Along(int axis, float amount) => axis switch
    {
        0 => new(new(amount, 0, 0)),
        1 => new(new(0, amount, 0)),
        2 => new(new(0, 0, amount)),
        3 => new(default, amount),
        _ => new(default, 0, amount),
    };

    /// <summary>Both moves together.</summary>
    public static WristMove operator +(WristMove a, WristMove b) => new(a.Shift + b.Shift, a.Yaw + b.Yaw, a.Roll + b.Roll);
}
