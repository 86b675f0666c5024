using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;

namespace Duomano.Core.Playing;

/// <summary>Where a right hand's fingers may touch a key; for a left hand the keyboard is mirrored.</summary>
internal readonly record struct KeyPlace
{
    // Room left to the key's edges, metres.
    private const float FrontSlack = 0.0050f;
    private const float BlackSlack = 0.0028f;
    private const float GapSlack = 0.0015f;

    // Depths at which pads meet keys, metres (z).
    private const float WhiteNear = -0.010f;
    private const float WhiteFar = -0.046f;
    private const float BlackNear = -0.057f;
    private const float BlackFar = -0.120f;
    private const float GapNear = -0.058f;

    private KeyPlace(PianoKey key, HandSide hand)
    {
        var sign = hand == HandSide.Left ? -1 : 1;
        IsBlack = key.IsBlack;
        TopY = key.TopY;
        X = sign * key.CenterX;
        var (left, right) = key.ExtentX(BlackNear);
        GapX = sign * (left + right) / 2;
    }

    public bool IsBlack { get; }

    public float TopY { get; }

    /// <summary>Middle of the key's front part.</summary>
    public float X { get; }

    /// <summary>Middle of a white key's part between the black ones.</summary>
    public float GapX { get; }

    public static KeyPlace Of(PianoKey key, HandSide hand) => new(key, hand);

    /// <summary>The depth a finger likes best on this key.</summary>
    public float PreferredZ(Finger finger) => (IsBlack, finger) switch
    {
        (true, Finger.Thumb) => -0.058f,
        (true, _) => -0.059f,
        (_, Finger.Thumb) => -0.016f,
        (_, Finger.Little) => -0.026f,
        (_, Finger.Middle) => -0.042f,
        _ => -0.040f,
    };

    /// <summary>The point of the key's top nearest to where the finger is by itself, away from the edges.</summary>
    public Vector3 Contact(float naturalX, float naturalZ)
    {
        if (IsBlack) return new(Near(X, naturalX, BlackSlack), TopY, Math.Clamp(naturalZ, BlackFar, BlackNear));
        if (naturalZ < (WhiteFar + GapNear) / 2) return new(Near(GapX, naturalX, GapSlack), TopY, Math.Clamp(naturalZ, BlackFar, GapNear));
        return new(Near(X, naturalX, FrontSlack), TopY, Math.Clamp(naturalZ, WhiteFar, WhiteNear));
    }

    /// <summary>The nearest point to a contact at which the key can be met, on the same part of it.</summary>
    public Vector3 Within(Vector3 contact)
    {
        if (IsBlack) return new(Near(X, contact.X, BlackSlack), TopY, Math.Clamp(contact.Z, BlackFar, BlackNear));
        return contact.Z <= GapNear
            ? new(Near(GapX, contact.X, GapSlack), TopY, Math.Clamp(contact.Z, BlackFar, GapNear))
            : new(Near(X, contact.X, FrontSlack), TopY, Math.Clamp(contact.Z, WhiteFar, WhiteNear));
    }

    private static float Near(float middle, float natural, float slack) => middle + Math.Clamp(natural - middle, -slack, slack);
}
