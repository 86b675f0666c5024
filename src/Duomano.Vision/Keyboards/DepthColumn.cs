using System.Numerics;

namespace Duomano.Vision.Keyboards;

/// <summary>The lightness along a key, from a band's middle to both sides.</summary>
internal sealed class DepthColumn
{
    // Ends are told to a part of this; lighter or darker spots shorter than the second are not ends.
    private const double Step = 0.001, Lasting = 0.003;

    // Below this, cameras see only noise.
    private const float Noise = 4;

    private readonly float[] _values;
    private readonly double _middle;

    /// <summary>Reads it.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="toPicture">From the band's plane, or the keys', to pixels.</param>
    /// <param name="x">Where along the keyboard, metres.</param>
    /// <param name="middle">The depth of its middle.</param>
    /// <param name="reach">How far to both sides.</param>
    public DepthColumn(Lightness picture, Homography toPicture, double x, double middle, double reach)
    {
        (X, _middle) = (x, middle);
        var half = (int)(reach / Step);
        _values = new float[2 * half + 1];
        for (var i = 0; i < _values.Length; i++) _values[i] = picture.At(toPicture.Apply(new Vector2((float)x, (float)(middle + (i - half) * Step))));
    }

    private DepthColumn(double x, double middle, float[] values) => (X, _middle, _values) = (x, middle, values);

    public double X { get; }

    /// <summary>How light it is compared to the darker of two others of the same length, depth by depth: 1 for the same.</summary>
    public DepthColumn Over(DepthColumn one, DepthColumn other)
    {
        var ratios = new float[_values.Length];
        for (var i = 0; i < ratios.Length; i++) ratios[i] = (_values[i] + Noise) / (Math.Min(one._values[i], other._values[i]) + Noise);
        return new(X, _middle, ratios);
    }

    /// <summary>The median lightness around a depth, the middle when not given; NaN when it is covered.</summary>
    public float Level(double reach, double? at = null)
    {
        var (half, count) = (_values.Length / 2 + (at is { } depth ? (int)Math.Round((depth - _middle) / Step) : 0), Math.Max(1, (int)(reach / Step)));
        if (half - count < 0 || half + count >= _values.Length) return float.NaN;
        var values = _values[(half - count)..(half + count + 1)].Where(value => !float.IsNaN(value)).Order().ToArray();
        return values.Length < count ? float.NaN : values[values.Length / 2];
    }

    /// <summary>The first depth to one side at which the lightness passes a level and stays beyond it.</summary>
    /// <param name="side">−1 or 1.</param>
    /// <param name="level">The level.</param>
    /// <param name="rising">To lighter rather than to darker.</param>
    /// <param name="from">The depth to begin at; the middle when not given.</param>
    public double? FirstPast(int side, float level, bool rising, double? from = null)
    {
        var half = _values.Length / 2;
        var need = (int)(Lasting / Step);
        var run = 0;
        for (var i = from is { } start ? half + (int)Math.Round((start - _middle) / Step) : half; i >= 0 && i < _values.Length; i += side)
        {
            if (float.IsNaN(_values[i])) return null;
            run = _values[i] > level == rising ? run + 1 : 0;
            if (run < need) continue;

            // Between the last sample before and the first beyond.
            var first = i - side * (need - 1);
            var last = first - side;
            if (last < 0 || last >= _values.Length || float.IsNaN(_values[last])) return _middle + (first - half) * Step;
            var rise = _values[first] - _values[last];
            var part = Math.Abs(rise) < 1e-3f ? 1 : Math.Clamp((level - _values[last]) / rise, 0, 1);
            return _middle + (last + side * part - half) * Step;
        }

        return null;
    }
}
