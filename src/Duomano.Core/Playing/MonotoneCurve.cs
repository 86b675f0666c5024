namespace Duomano.Core.Playing;

/// <summary>
/// A smooth curve through points that never overshoots between them: cubic Hermite pieces with harmonic-mean slopes
/// (Fritsch and Butland 1984). Constant before the first point and after the last.
/// </summary>
internal sealed class MonotoneCurve
{
    private readonly double[] _times;
    private readonly float[] _values;
    private readonly double[] _slopes;
    private int _piece;

    public MonotoneCurve(IReadOnlyList<double> times, IReadOnlyList<float> values)
    {
        _times = [.. times];
        _values = [.. values];
        _slopes = new double[_times.Length];
        for (var i = 1; i + 1 < _times.Length; i++)
        {
            var (before, after) = (Rise(i - 1), Rise(i));
            if (before * after <= 0) continue;
            var (h0, h1) = (_times[i] - _times[i - 1], _times[i + 1] - _times[i]);
            var (w0, w1) = (2 * h1 + h0, h1 + 2 * h0);
            _slopes[i] = (w0 + w1) / (w0 / before + w1 / after);
        }
    }

    /// <summary>The value at a time; fastest when asked in rising order.</summary>
    public float At(double time)
    {
        if (_times.Length == 0) return 0;
        if (time <= _times[0]) return _values[0];
        if (time >= _times[^1]) return _values[^1];
        if (time < _times[_piece]) _piece = 0;
        while (time >= _times[_piece + 1]) _piece++;
        var width = _times[_piece + 1] - _times[_piece];
        var s = (time - _times[_piece]) / width;
        var (a, b) = (_values[_piece], _values[_piece + 1]);
        var (da, db) = (_slopes[_piece] * width, _slopes[_piece + 1] * width);
        return (float)(a + s * (da + s * (3 * (b - a) - 2 * da - db + s * (2 * (a - b) + da + db))));
    }

    private double Rise(int i) => (_values[i + 1] - _values[i]) / (_times[i + 1] - _times[i]);
}
