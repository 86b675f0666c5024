namespace Duomano.Core.Playing;

/// <summary>Who plays, and how, as far as it is known or asked for: what is null is left open.</summary>
public sealed record PlayerStyle
{
    // What pianists are drawn from (PerformanceStyle.Random), which networks learn from: the least and the most of each number.
    private static readonly (float Low, float High)[] Ranges = [(0.043f, 0.058f), (0.32f, 0.6f), (0.007f, 0.018f), (0.22f, 0.55f), (0, 1), (0, 1)];

    private readonly float?[] _numbers = new float?[Numbers.Count];

    /// <summary>All numbers, in their order.</summary>
    public static IReadOnlyList<StyleNumber> Numbers { get; } = Enum.GetValues<StyleNumber>();

    /// <summary>Anybody.</summary>
    public static PlayerStyle Anybody { get; } = new();

    /// <summary>A recorded person; with what habits is left open.</summary>
    public static PlayerStyle Person { get; } = new() { IsPerson = true };

    /// <summary>True for a recorded person, false for the kinematic pianist, null for either.</summary>
    public bool? IsPerson { get; init; }

    /// <summary>A number in its own unit; null where it is left open.</summary>
    public float? this[StyleNumber number] => _numbers[(int)number];

    /// <summary>How the kinematic pianist plays in a style.</summary>
    public static PlayerStyle Of(PerformanceStyle style)
    {
        ArgumentNullException.ThrowIfNull(style);
        var told = new PlayerStyle { IsPerson = false };
        foreach (var number in Numbers) told = told.With(number, ValueIn(style, number));
        return told;
    }

    /// <summary>How the kinematic pianist would play so; what is left open is as usual, what is beyond its ranges at their ends.</summary>
    public PerformanceStyle Touch()
    {
        float Within(StyleNumber number, float usual, float low, float high) => Math.Clamp(this[number] ?? usual, low, high);
        var usual = PerformanceStyle.Neutral;
        return usual with
        {
            WristHeight = Within(StyleNumber.WristHeight, usual.WristHeight, 0.04f, 0.08f),
            FingerCurl = Within(StyleNumber.FingerCurl, usual.FingerCurl, 0.3f, 1.1f),
            LiftHeight = Within(StyleNumber.LiftHeight, usual.LiftHeight, 0.004f, 0.03f),
            AnticipationSeconds = Within(StyleNumber.Anticipation, usual.AnticipationSeconds, 0.1f, 0.8f),
            WristExpressiveness = Within(StyleNumber.WristExpressiveness, usual.WristExpressiveness, 0, 1),
            LiftExpressiveness = Within(StyleNumber.LiftExpressiveness, usual.LiftExpressiveness, 0, 1),
        };
    }

    /// <summary>The same with another number.</summary>
    /// <param name="number">Which.</param>
    /// <param name="value">In its own unit; null to leave it open.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public PlayerStyle With(StyleNumber number, float? value)
    {
        if (value is { } given && !float.IsFinite(given)) throw new ArgumentOutOfRangeException(nameof(value), value, "A number of a style is finite.");
        var changed = this with { };
        changed._numbers[(int)number] = value;
        return changed;
    }

    /// <summary>A number where its usual range is −1 to 1; null where it is left open.</summary>
    public float? Normalized(StyleNumber number) => this[number] is { } value ? (value - Middle(number)) / HalfRange(number) : null;

    /// <summary>The number that is so far in its usual range, −1 to 1, in its own unit.</summary>
    public static float FromNormalized(StyleNumber number, float value) => Middle(number) + value * HalfRange(number);

    /// <summary>The value of a number in a style of the kinematic pianist.</summary>
    public static float ValueIn(PerformanceStyle style, StyleNumber number)
    {
        ArgumentNullException.ThrowIfNull(style);
        return number switch
        {
            StyleNumber.WristHeight => style.WristHeight,
            StyleNumber.FingerCurl => style.FingerCurl,
            StyleNumber.LiftHeight => style.LiftHeight,
            StyleNumber.Anticipation => style.AnticipationSeconds,
            StyleNumber.WristExpressiveness => style.WristExpressiveness,
            _ => style.LiftExpressiveness,
        };
    }

    /// <inheritdoc/>
    public bool Equals(PlayerStyle? other) => other is not null && IsPerson == other.IsPerson && _numbers.SequenceEqual(other._numbers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsPerson, _numbers[0], _numbers[1]);

    private PlayerStyle(PlayerStyle other) => (IsPerson, _numbers) = (other.IsPerson, [.. other._numbers]);

    /// <summary>Leaves everything open.</summary>
    public PlayerStyle()
    {
    }

    private static float Middle(StyleNumber number) => (Ranges[(int)number].Low + Ranges[(int)number].High) / 2;

    private static float HalfRange(StyleNumber number) => (Ranges[(int)number].High - Ranges[(int)number].Low) / 2;
}
