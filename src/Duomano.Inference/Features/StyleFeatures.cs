using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Inference.Features;

/// <summary>
/// What networks that know styles are told of who plays and how: behind the features of each frame whether the player is known, and for
/// each <see cref="StyleNumber"/> its value, −1 to 1 in its usual range, and whether it is known. The last of the features before them tells the
/// player: 1 for a person, 0 for the kinematic pianist, a half where it is open.
/// </summary>
public static class StyleFeatures
{
    // Chances with which training leaves open everything, the player, and each number: so networks learn what is common to all.
    private const double AllOpen = 0.15, PlayerOpen = 0.15, NumberOpen = 0.15;

    private const float Farthest = 1.5f;

    /// <summary>Numbers behind the features of a frame.</summary>
    public static int Width { get; } = 1 + 2 * PlayerStyle.Numbers.Count;

    /// <summary>Numbers that tell a style: the player, then those behind the features.</summary>
    public static int ToldWidth => Width + 1;

    /// <summary>Tells a style.</summary>
    /// <param name="style">Who plays and how.</param>
    /// <returns>[<see cref="ToldWidth"/>].</returns>
    public static float[] Of(PlayerStyle style)
    {
        ArgumentNullException.ThrowIfNull(style);
        var told = new float[ToldWidth];
        (told[0], told[1]) = (style.IsPerson switch { true => 1, false => 0, null => 0.5f }, style.IsPerson is null ? 0 : 1);
        foreach (var number in PlayerStyle.Numbers)
        {
            if (style.Normalized(number) is not { } value) continue;
            (told[2 + 2 * (int)number], told[3 + 2 * (int)number]) = (Math.Clamp(value, -Farthest, Farthest), 1);
        }

        return told;
    }

    /// <summary>A style of which some is left open at random, for training.</summary>
    /// <param name="style">What is known.</param>
    /// <param name="random">What draws.</param>
    public static PlayerStyle PartOf(PlayerStyle style, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() < AllOpen) return PlayerStyle.Anybody;
        if (random.NextDouble() < PlayerOpen) style = style with { IsPerson = null };
        foreach (var number in PlayerStyle.Numbers)
        {
            if (random.NextDouble() < NumberOpen) style = style.With(number, null);
        }

        return style;
    }

    /// <summary>The rows of some windows with their styles.</summary>
    /// <param name="rows">[windows × frames, width]; the last number of a row, or the one at <paramref name="player"/>, tells the player.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="styles">[windows, <see cref="ToldWidth"/>].</param>
    /// <param name="player">Where in a row the player is told.</param>
    /// <returns>[windows × frames, width + <see cref="Width"/>].</returns>
    public static float[] Append(float[] rows, int width, float[] styles, int player)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(styles);
        var (frames, windows) = (rows.Length / width, styles.Length / ToldWidth);
        if (windows == 0 || frames % windows != 0 || styles.Length % ToldWidth != 0) throw new ArgumentException($"{frames} rows are not those of windows with {styles.Length} numbers of styles.", nameof(styles));
        var told = new float[frames * (width + Width)];
        for (var frame = 0; frame < frames; frame++)
        {
            var style = styles.AsSpan(frame / (frames / windows) * ToldWidth, ToldWidth);
            var row = told.AsSpan(frame * (width + Width), width + Width);
            rows.AsSpan(frame * width, width).CopyTo(row);
            row[player] = style[0];
            style[1..].CopyTo(row[width..]);
        }

        return told;
    }
}
