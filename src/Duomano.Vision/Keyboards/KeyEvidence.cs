using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>How well a picture shows the keys where a homography places them, and which keys are in sight.</summary>
/// <param name="Score">The share of black keys, and of places where none may be, that look so; 0 to 1.</param>
/// <param name="Lowest">MIDI number of the lowest key in sight, its octave counted as the homography has it; it need not be on the piano.</param>
/// <param name="Highest">The same of the highest.</param>
/// <param name="HasLowEnd">Whether the keyboard ends there within the picture.</param>
/// <param name="HasHighEnd">The same of the highest.</param>
internal sealed record KeyEvidence(float Score, int Lowest, int Highest, bool HasLowEnd, bool HasHighEnd)
{
    private static readonly double[] BlackDepths = [-0.13, -0.115, -0.1, -0.085, -0.07], FrontDepths = [-0.04, -0.03, -0.02, -0.01];

    // Beyond the keys that a homography was fitted to, it may be this wrong.
    private static readonly double[] Shifts = [0, -0.004, 0.004];

    // A black key is at most this light compared to the white ones beside it; where none is, it is at least that light.
    private const float BlackRatio = 0.75f;

    // A hand at a keyboard's end covers no more white keys than this.
    private const int MostCovered = 10;

    // A keyboard's end is one when more white keys would have room in the picture than this.
    private const int LeastBeyond = 3, LongestSearch = 20, MostByChance = 2;

    /// <summary>The first and the last black key in sight; see <see cref="KeyPattern"/>.</summary>
    public (int First, int Last) Blacks => (KeyPattern.BlackFrom(Lowest), KeyPattern.BlackFrom(Highest) - (KeyPattern.IsBlack(Highest) ? 0 : 1));

    /// <summary>Looks.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="toKeys">From pixels to the keys.</param>
    /// <param name="first">The first black key known to be there; see <see cref="KeyPattern"/>.</param>
    /// <param name="last">The last.</param>
    public static KeyEvidence Of(Lightness picture, Homography toKeys, int first, int last)
    {
        Looker looker = new(picture, toKeys.Inverted());
        var (agreeing, known) = (0f, 0f);
        for (var number = first; number <= last; number++)
        {
            if (looker.Black(number) is { } black) (agreeing, known) = (agreeing + black, known + 1);
            if (number < last && KeyPattern.Gap(number) > 0.035 && looker.NoBlack(number) is { } none) (agreeing, known) = (agreeing + none, known + 1);
        }

        var (low, lowEnd) = looker.End(KeyPattern.WhiteAt(KeyPattern.BlackX(first) - PianoKey.WhiteSpacing / 2), -1);
        var (high, highEnd) = looker.End(KeyPattern.WhiteAt(KeyPattern.BlackX(last) + PianoKey.WhiteSpacing / 2), 1);
        return new(known == 0 ? 0 : agreeing / known, KeyPattern.WhiteMidi(low), KeyPattern.WhiteMidi(high), lowEnd, highEnd);
    }

    private sealed class Looker(Lightness picture, Homography toPicture)
    {
        private float At(double x, double z) => picture.At(toPicture.Apply(new((float)x, (float)z)));

        private bool IsInside(double x, double z) => picture.IsInside(toPicture.Apply(new((float)x, (float)z)));

        /// <summary>The share of depths at which a black key is darker than the white ones beside it.</summary>
        public float? Black(int number, double shift = 0)
        {
            var x = KeyPattern.BlackX(number) + shift;
            return Share(x, x - Math.Min(KeyPattern.Gap(number - 1) / 2, 0.0135), x + Math.Min(KeyPattern.Gap(number) / 2, 0.0135), true);
        }

        /// <summary>The share of depths at which it is light between two white keys without a black one.</summary>
        public float? NoBlack(int number)
        {
            var (x, next) = (KeyPattern.BlackX(number), KeyPattern.BlackX(number + 1));
            return Share((x + next) / 2 + 0.004, x, next, false);
        }

        private float? Share(double x, double left, double right, bool isDark)
        {
            var (agreeing, known) = (0, 0);
            foreach (var z in BlackDepths)
            {
                // At the picture's border one side has to do.
                var (here, before, after) = (At(x, z), At(left, z), At(right, z));
                if (float.IsNaN(before)) before = after;
                if (float.IsNaN(after)) after = before;
                if (float.IsNaN(here + before)) continue;
                known++;
                if (isDark ? here + 4 < BlackRatio * (Math.Min(before, after) + 4) : BlackRatio * (here + 4) > Math.Max(before, after) + 4) agreeing++;
            }

            return known == 0 ? null : agreeing / (float)known;
        }

        /// <summary>The last white key in sight to one side, and whether the keyboard ends with it.</summary>
        public (int White, bool IsEnd) End(int white, int side)
        {
            var (last, away) = (white, 0);
            var light = Front(white) ?? 0;
            for (var next = white + side; ; next += side)
            {
                var x = KeyPattern.WhiteX(next);
                if (!IsInside(x + side * 0.05 * PianoKey.WhiteSpacing, -0.02) || !IsInside(x, -0.1)) return (last, away > LeastBeyond && !GoesOn(last, side));

                // Behind a hand there have to be three keys in a row to believe in them.
                if (IsWhite(next, side, light) && (away == 0 || (IsWhite(next + side, side, light) && IsWhite(next + 2 * side, side, light))))
                {
                    light = Math.Max(Front(next) ?? 0, light / 2);
                    (last, away) = (next, 0);
                }
                else if (++away > MostCovered)
                {
                    return (last, !GoesOn(last, side));
                }
            }
        }

        // Whether black keys follow after some that were not recognised.
        private bool GoesOn(int last, int side)
        {
            var from = KeyPattern.BlackFrom(KeyPattern.WhiteMidi(last)) - (side < 0 ? 1 : 0);
            return Enumerable.Range(0, LongestSearch).Count(i => Shifts.Any(shift => Black(from + side * i, shift) is > 0.7f)) > MostByChance;
        }

        private float? Front(int white)
        {
            var x = KeyPattern.WhiteX(white);
            float[] values = [.. FrontDepths.Select(z => At(x, z)).Where(value => !float.IsNaN(value)).Order()];
            return values.Length == 0 ? null : values[values.Length / 2];
        }

        // As light as the one before it, and parted from it by a black key where one belongs.
        private bool IsWhite(int white, int side, float light)
        {
            if (Front(white) is not { } front || front + 4 < 0.3f * (light + 4)) return false;
            var edge = KeyPattern.WhiteX(white) - side * PianoKey.WhiteSpacing / 2;
            for (var number = 5 * (int)Math.Floor(white / 7.0) - 2; number <= 5 * (int)Math.Floor(white / 7.0) + 7; number++)
            {
                if (Math.Abs(KeyPattern.BlackX(number) - edge) < 0.006) return Black(number) is > 0.5f;
            }

            return At(edge + side * 0.008, -0.1) + 4 > 0.4f * (light + 4);
        }
    }
}
