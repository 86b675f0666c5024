using Duomano.Core.Hands;
using Duomano.Formats.Midi;

namespace Duomano.Formats.MusicXml;

/// <summary>Two staves are two hands.</summary>
internal static class ScoreHands
{
    /// <summary>For each part the hand of its staves, counted from 1 at the top.</summary>
    public static Func<int, HandSide?>[] Of((string? Name, WrittenPart Part)[] parts)
    {
        var result = parts.Select(part => ByStaff(part.Part.Staves)).ToArray();
        if (parts.Length != 2 || parts.Any(part => part.Part.Staves > 1)) return result;

        // Two parts of a staff each are a piano's two staves, unless their names tell it the other way round.
        var upper = HandRecognition.FromName(parts[0].Name)?.Side ?? HandRecognition.FromName(parts[1].Name)?.Side.Other() ?? HandSide.Right;
        return [_ => upper, _ => upper.Other()];
    }

    // With a third staff in the middle, either hand plays it.
    private static Func<int, HandSide?> ByStaff(int staves) =>
        staff => staves < 2 ? null : staff == 1 ? HandSide.Right : staff == staves ? HandSide.Left : null;
}
