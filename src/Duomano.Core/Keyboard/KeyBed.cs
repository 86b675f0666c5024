using System.Numerics;

namespace Duomano.Core.Keyboard;

/// <summary>What keys come down on.</summary>
public static class KeyBed
{
    /// <summary>How far below the key bed a fingertip may be, for it is soft, metres.</summary>
    public const float Tolerance = 0.001f;

    /// <summary>Whether a fingertip's pad is deeper than the key under it goes.</summary>
    /// <param name="pad">In the piano frame, metres.</param>
    /// <param name="tolerance">By so much it may be, metres.</param>
    public static bool IsBelow(Vector3 pad, float tolerance = Tolerance) =>
        PianoKey.Under(pad.X, pad.Z) is { } key && pad.Y < key.TopY - PianoKey.Travel - tolerance;
}
