namespace Duomano.Core.Fingering;

/// <summary>
/// What makes a hand the wrong one for a note, in arbitrary units of cost. Distances are in octaves along the keyboard
/// (164.5 mm).
/// </summary>
public sealed record HandWeights
{
    /// <summary>Weights tuned on scores whose staves tell the hands.</summary>
    public static HandWeights Default { get; } = new();

    /// <summary>A hand moving by an octave in no time.</summary>
    public double Movement { get; init; } = 4;

    /// <summary>Time after which a movement costs half, seconds.</summary>
    public double MovementTime { get; init; } = 0.4;

    /// <summary>How far to each side of its middle a hand plays without moving, octaves.</summary>
    public double Reach { get; init; } = 0.4;

    /// <summary>Notes struck together further apart than <see cref="ComfortableSpan"/>, each octave.</summary>
    public double WideChord { get; init; } = 8;

    /// <summary>A held note further away than <see cref="ComfortableSpan"/>, each octave.</summary>
    public double WideHold { get; init; } = 3;

    /// <summary>Widest distance between two keys a hand takes easily, octaves.</summary>
    public double ComfortableSpan { get; init; } = 0.9;

    /// <summary>A chord wider than the hand.</summary>
    public double Unreachable { get; init; } = 30;

    /// <summary>Each note beyond five under one hand.</summary>
    public double TooMany { get; init; } = 10;

    /// <summary>The hands cross: striking a key beyond one of the other hand's.</summary>
    public double Crossing { get; init; } = 2;

    /// <summary>Each octave of crossing.</summary>
    public double CrossingDistance { get; init; } = 3;

    /// <summary>The hands' middles closer than <see cref="Reach"/>, each octave.</summary>
    public double Crowding { get; init; } = 1;

    /// <summary>A note in the other hand's half of the keyboard, each octave.</summary>
    public double Register { get; init; } = 0.6;

    /// <summary>A key struck by a hand while the other one still holds it.</summary>
    public double Stolen { get; init; } = 4;
}
