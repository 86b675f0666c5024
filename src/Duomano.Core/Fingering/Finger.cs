namespace Duomano.Core.Fingering;

/// <summary>A finger, numbered as pianists number them.</summary>
public enum Finger
{
    /// <summary>1.</summary>
    Thumb = 1,

    /// <summary>2.</summary>
    Index = 2,

    /// <summary>3.</summary>
    Middle = 3,

    /// <summary>4.</summary>
    Ring = 4,

    /// <summary>5.</summary>
    Little = 5,
}

/// <summary>All fingers.</summary>
public static class Fingers
{
    /// <summary>Thumb to little finger.</summary>
    public static IReadOnlyList<Finger> All { get; } = [Finger.Thumb, Finger.Index, Finger.Middle, Finger.Ring, Finger.Little];
}
