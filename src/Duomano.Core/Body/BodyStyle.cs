namespace Duomano.Core.Body;

/// <summary>How much of the body plays along.</summary>
/// <param name="Leaning">How far the trunk goes along with the hands to the keyboard's ends, 0 to 1.</param>
/// <param name="Swaying">How much it moves with the music's loudness, radians at most.</param>
/// <param name="Breathing">How far the chest moves as it breathes, radians.</param>
public sealed record BodyStyle(float Leaning, float Swaying, float Breathing)
{
    /// <summary>A body that only goes where the arms must.</summary>
    public static BodyStyle Still { get; } = new(0.45f, 0, 0.004f);

    /// <summary>A body that goes along a little.</summary>
    public static BodyStyle Neutral { get; } = new(0.7f, 0.05f, 0.007f);

    /// <summary>A body that shows what it feels.</summary>
    public static BodyStyle Expressive { get; } = new(0.9f, 0.12f, 0.01f);
}
