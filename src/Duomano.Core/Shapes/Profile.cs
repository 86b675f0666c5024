namespace Duomano.Core.Shapes;

/// <summary>A measure along a line, such as a finger's thickness: a smooth curve through given points, tabulated.</summary>
internal sealed class Profile
{
    private const int StepsPerUnit = 2;

    private readonly float _start;
    private readonly float[] _values;

    /// <summary>A curve through points at rising places; level beyond its ends.</summary>
    public Profile(params ReadOnlySpan<(float Place, float Value)> points)
    {
        _start = points[0].Place;
        _values = new float[(int)MathF.Ceiling((points[^1].Place - _start) * StepsPerUnit) + 1];
        var span = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            var place = MathF.Min(_start + (float)i / StepsPerUnit, points[^1].Place);
            while (span < points.Length - 2 && place > points[span + 1].Place) span++;
            _values[i] = Hermite(points, span, place);
        }
    }

    /// <summary>The value at a place.</summary>
    public float At(float place)
    {
        var position = Math.Clamp((place - _start) * StepsPerUnit, 0, _values.Length - 1);
        var index = Math.Min((int)position, _values.Length - 2);
        return index < 0 ? _values[0] : _values[index] + (_values[index + 1] - _values[index]) * (position - index);
    }

    private static float Hermite(ReadOnlySpan<(float Place, float Value)> points, int span, float place)
    {
        var (from, to) = (points[span], points[span + 1]);
        var width = to.Place - from.Place;
        var part = (place - from.Place) / width;
        var (square, cube) = (part * part, part * part * part);
        return (2 * cube - 3 * square + 1) * from.Value + (3 * square - 2 * cube) * to.Value
            + width * ((cube - 2 * square + part) * Slope(points, span) + (cube - square) * Slope(points, span + 1));
    }

    private static float Slope(ReadOnlySpan<(float Place, float Value)> points, int i) => i == 0 || i == points.Length - 1
        ? 0
        : (points[i + 1].Value - points[i - 1].Value) / (points[i + 1].Place - points[i - 1].Place);
}
