namespace Duomano.Core.Contact;

/// <summary>How fingers are put on keys.</summary>
public sealed record ContactOptions
{
    private readonly float _liftHeight = 0.012f;
    private readonly int _threads = 1;

    /// <summary>The usual way.</summary>
    public static ContactOptions Default { get; } = new();

    /// <summary>How high a pad is above its key shortly before a stroke, metres: 0.004 to 0.03.</summary>
    public float LiftHeight
    {
        get => _liftHeight;
        init => _liftHeight = value is >= 0.004f and <= 0.03f ? value : throw new ArgumentOutOfRangeException(nameof(LiftHeight), value, "A finger is lifted 0.004 to 0.03 m.");
    }

    /// <summary>Threads to compute with, at least 1: both hands can be moved at once. The result does not depend on it.</summary>
    public int Threads
    {
        get => _threads;
        init => _threads = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "There is at least one thread.");
    }
}
