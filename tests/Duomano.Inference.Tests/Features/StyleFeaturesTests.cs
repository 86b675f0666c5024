using Duomano.Core.Numerics;
using Duomano.Core.Playing;
using Duomano.Inference.Features;

namespace Duomano.Inference.Tests.Features;

public class StyleFeaturesTests
{
    [Fact]
    public void A_style_is_told_in_its_usual_ranges_and_what_is_open_as_nothing()
    {
        var told = StyleFeatures.Of(PlayerStyle.Of(PerformanceStyle.Neutral).With(StyleNumber.LiftHeight, null));
        Assert.Equal(StyleFeatures.ToldWidth, told.Length);
        Assert.Equal((0, 1), (told[0], told[1]));
        Assert.Equal((0.052f - 0.0505f) / 0.0075f, told[2 + 2 * (int)StyleNumber.WristHeight], 1e-3f);
        Assert.Equal(1, told[3 + 2 * (int)StyleNumber.WristHeight]);
        Assert.Equal((0, 0), (told[2 + 2 * (int)StyleNumber.LiftHeight], told[3 + 2 * (int)StyleNumber.LiftHeight]));
        Assert.Equal([0.5f, .. new float[StyleFeatures.Width]], StyleFeatures.Of(PlayerStyle.Anybody));
        Assert.Equal([1, 1, .. new float[StyleFeatures.Width - 1]], StyleFeatures.Of(PlayerStyle.Person));
    }

    [Fact]
    public void Every_window_gets_its_own_style_behind_its_rows()
    {
        float[] rows = [.. Enumerable.Range(0, 4 * 3).Select(i => (float)i)];
        float[] styles = [.. StyleFeatures.Of(PlayerStyle.Person), .. StyleFeatures.Of(PlayerStyle.Of(PerformanceStyle.Virtuoso))];
        var told = StyleFeatures.Append(rows, 3, styles, player: 1);
        var width = 3 + StyleFeatures.Width;
        Assert.Equal(4 * width, told.Length);
        for (var frame = 0; frame < 4; frame++)
        {
            var style = styles.AsSpan(frame / 2 * StyleFeatures.ToldWidth, StyleFeatures.ToldWidth);
            Assert.Equal([rows[3 * frame], style[0], rows[3 * frame + 2], .. style[1..]], told[(frame * width)..((frame + 1) * width)]);
        }

        Assert.Throws<ArgumentException>(() => StyleFeatures.Append(rows, 3, [.. styles, .. styles[..StyleFeatures.ToldWidth]], player: 1));
    }

    [Fact]
    public void Training_leaves_parts_of_styles_open()
    {
        var whole = PlayerStyle.Of(PerformanceStyle.Calm);
        var random = new SeededRandom(3);
        var drawn = Enumerable.Range(0, 2000).Select(_ => StyleFeatures.PartOf(whole, random)).ToList();
        Assert.InRange(drawn.Count(style => style == PlayerStyle.Anybody), 220, 380);
        Assert.InRange(drawn.Count(style => style.IsPerson is null), 460, 660);
        foreach (var number in PlayerStyle.Numbers) Assert.InRange(drawn.Count(style => style[number] is null), 460, 660);
        Assert.All(drawn, style => Assert.All(PlayerStyle.Numbers, number => Assert.True(style[number] is null || style[number] == whole[number])));
    }

    [Theory]
    [InlineData(PlayingFeatures.Width)]
    [InlineData(PlayingFeatures.OwnWidth)]
    public void Widths_with_and_without_styles_are_told_apart(int width)
    {
        Assert.False(PlayingFeatures.TakesStyle(width));
        Assert.True(PlayingFeatures.TakesStyle(width + StyleFeatures.Width));
        Assert.True(PlayingFeatures.IsWidth(width + StyleFeatures.Width));
        var rows = new float[2 * PlayingFeatures.Width];
        var told = PlayingFeatures.Told(rows, width + StyleFeatures.Width, StyleFeatures.Of(PlayerStyle.Person));
        Assert.Equal(2 * (width + StyleFeatures.Width), told.Length);
        Assert.Equal(1, told[width - 1]);
    }
}
