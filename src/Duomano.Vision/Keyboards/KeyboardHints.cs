using Duomano.Core.Keyboard;
using Duomano.Vision.Hands;

namespace Duomano.Vision.Keyboards;

/// <summary>What is known of a keyboard before it is looked for.</summary>
public sealed record KeyboardHints
{
    /// <summary>Nothing.</summary>
    public static KeyboardHints None { get; } = new();

    /// <summary>The lowest key in sight, which tells the octave; one that is a few keys off does too. Null when not known.</summary>
    public PianoKey? LowestKey { get; init; }

    /// <summary>Regions of the picture that tell nothing of the keys since hands cover them; see <see cref="HandRegion.Around"/>.</summary>
    public IReadOnlyList<HandRegion> Covered { get; init; } = [];
}
