namespace Duomano.Core.Contact;

/// <summary>
/// How far beside their keys' middles fingertips appear that press them, along the keyboard: a keyboard that is found a little too long or aside, and a
/// camera whose height is not known, move all of them alike, black keys' otherwise than white ones'. Learned from notes whose fingers are sure.
/// </summary>
internal sealed class SeenOffsets
{
    /// <summary>None.</summary>
    public static readonly SeenOffsets None = new(default, default);

    // What is likely before anything is seen: metres, and metres a metre; and how far single fingertips are from their keys' middles, metres.
    private const double LikelyShift = 0.004, LikelySlope = 0.012, Spread = 0.004;

    // Far ones count little; so many rounds of weighting.
    private const int Rounds = 5;

    private readonly (double Shift, double Slope) _white, _black;

    private SeenOffsets((double Shift, double Slope) white, (double Shift, double Slope) black) => (_white, _black) = (white, black);

    /// <summary>How far aside a fingertip appears that presses a key there.</summary>
    /// <param name="isBlack">Whether the key is a black one.</param>
    /// <param name="x">Its middle, metres.</param>
    public float At(bool isBlack, float x)
    {
        var (shift, slope) = isBlack ? _black : _white;
        return (float)(shift + slope * x);
    }

    /// <summary>Learns from pressed keys.</summary>
    /// <param name="pressed">Keys' middles, and how far beside them their fingertips appear.</param>
    public static SeenOffsets Of(IReadOnlyList<(bool IsBlack, float X, float Aside)> pressed) =>
        new(Line([.. pressed.Where(key => !key.IsBlack)]), Line([.. pressed.Where(key => key.IsBlack)]));

    // A straight line through them, near to none where they are few (ridge regression, Cauchy's weights).
    private static (double Shift, double Slope) Line((bool IsBlack, float X, float Aside)[] pressed)
    {
        var (shift, slope) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var (one, x, xx, y, xy) = (Math.Pow(Spread / LikelyShift, 2), 0.0, Math.Pow(Spread / LikelySlope, 2), 0.0, 0.0);
            foreach (var key in pressed)
            {
                var weight = 1 / (1 + Math.Pow((key.Aside - shift - slope * key.X) / Spread, 2));
                (one, x, xx, y, xy) = (one + weight, x + weight * key.X, xx + weight * key.X * key.X, y + weight * key.Aside, xy + weight * key.X * key.Aside);
            }

            var determinant = one * xx - x * x;
            (shift, slope) = ((y * xx - xy * x) / determinant, (one * xy - x * y) / determinant);
        }

        return (shift, slope);
    }
}
