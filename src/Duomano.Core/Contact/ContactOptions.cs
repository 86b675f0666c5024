namespace Duomano.Core.Contact;

/// <summary>How fingers are put on keys.</summary>
public sealed record ContactOptions
{
    private readonly double _blendSeconds = 0.25;
    private readonly float _liftHeight = 0.008f;

    /// <summary>The usual way.</summary>
    public static ContactOptions Default { get; } = new();

    /// <summary>How long before a stroke the motion begins to bend towards its key, and how long after it it is left alone again, seconds: 0.08 to 1.</summary>
    public double BlendSeconds
    {
        get => _blendSeconds;
        init => _blendSeconds = value is >= 0.08 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BlendSeconds), value, "Blending takes 0.08 to 1 s.");
    }

    /// <summary>How high a pad is above its key shortly before and after a stroke, metres: 0.003 to 0.03.</summary>
    public float LiftHeight
    {
        get => _liftHeight;
        init => _liftHeight = value is >= 0.003f and <= 0.03f ? value : throw new ArgumentOutOfRangeException(nameof(LiftHeight), value, "A finger is lifted 0.003 to 0.03 m.");
    }

    /// <summary>Whether joints beyond their limits are turned back to them, in contact or not.</summary>
    public bool KeepLimits { get; init; } = true;
}
