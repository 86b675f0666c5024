using System.Numerics;
using System.Runtime.InteropServices;

namespace Duomano.Formats.Audio;

/// <summary>
/// Changes the sample rate of one channel, all at once or piece by piece, without delay: sample i of the result belongs
/// to the time i / rate. A polyphase filter of a sinc under a Kaiser window (Kaiser 1974) passes up to 91 % of the lower
/// rate's half and takes what is above that half down by 90 dB.
/// </summary>
public sealed class Resampler
{
    private const double StopbandDecibels = 90;

    // Half the filter's length in periods of the lower rate; sets the width of the transition band.
    private const int HalfPeriods = 64;

    // More phases than this are interpolated between neighbours, which errs by less than −100 dB.
    private const int MostPhases = 1024;

    private readonly long _from;
    private readonly long _to;
    private readonly int _phases;
    private readonly int _half;
    private readonly float[] _filters;
    private readonly List<float> _input = [];
    private long _firstInput;
    private long _inputs;
    private long _outputs;

    /// <summary>Prepares a filter.</summary>
    /// <param name="from">Samples a second that come in.</param>
    /// <param name="to">Samples a second that go out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not between 1000 and 768 000.</exception>
    public Resampler(int from, int to)
    {
        CheckRate(from, nameof(from));
        CheckRate(to, nameof(to));
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        (_from, _to) = (from / divisor, to / divisor);
        _phases = (int)Math.Min(_to, MostPhases);
        var lower = Math.Min(1.0, (double)to / from); // the lower rate, times the input's
        _half = (int)Math.Ceiling(HalfPeriods / lower);
        _filters = MakeFilters(lower);

        // Silence before the beginning.
        _firstInput = -_half;
        CollectionsMarshal.SetCount(_input, _half);
    }

    private int Taps => 2 * _half;

    /// <summary>Resamples a whole channel.</summary>
    /// <param name="samples">The channel.</param>
    /// <param name="from">Its samples a second.</param>
    /// <param name="to">The wanted samples a second.</param>
    /// <returns>⌈length · to / from⌉ samples.</returns>
    public static float[] Resample(ReadOnlySpan<float> samples, int from, int to)
    {
        if (from == to) return samples.ToArray();
        var resampler = new Resampler(from, to);
        var output = new List<float>((int)Math.Min(int.MaxValue / 2, (long)samples.Length * to / from + 1));
        resampler.Push(samples, output);
        resampler.Finish(output);
        return [.. output];
    }

    /// <summary>Takes more input and gives what can be computed so far.</summary>
    /// <param name="input">The next samples.</param>
    /// <param name="output">Receives further samples at its end.</param>
    public void Push(ReadOnlySpan<float> input, ICollection<float> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        CollectionExtensions.AddRange(_input, input);
        _inputs += input.Length;
        Produce(output, until: long.MaxValue);
    }

    /// <summary>Gives the rest; nothing may be pushed after it.</summary>
    /// <param name="output">Receives the last samples at its end.</param>
    public void Finish(ICollection<float> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        CollectionExtensions.AddRange(_input, new float[Taps]);
        Produce(output, until: (_inputs * _to + _from - 1) / _from);
    }

    private void Produce(ICollection<float> output, long until)
    {
        var input = CollectionsMarshal.AsSpan(_input);
        while (_outputs < until)
        {
            // The output sample stands at input position whole + phase / _to.
            var position = _outputs * _from;
            var whole = position / _to;
            var phase = position % _to;
            var first = whole - _half + 1 - _firstInput;
            if (first + Taps > input.Length) break;
            var window = input.Slice((int)first, Taps);
            var row = (int)(phase * _phases / _to);
            var value = Dot(window, Filter(row));
            if (_phases != _to)
            {
                var between = (float)((double)phase * _phases / _to - row);
                value += between * (Dot(window, Filter(row + 1)) - value);
            }

            output.Add(value);
            _outputs++;
        }

        // What no later output needs goes.
        var next = _outputs * _from / _to - _half + 1;
        var done = (int)Math.Min(Math.Max(0, next - _firstInput), _input.Count);
        _input.RemoveRange(0, done);
        _firstInput += done;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count) sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        var sum = Vector.Sum(sums);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private ReadOnlySpan<float> Filter(int phase) => _filters.AsSpan(phase * Taps, Taps);

    private float[] MakeFilters(double lower)
    {
        // Kaiser's formulas for the window's shape and the transition's width (cycles a sample of the lower rate).
        var beta = 0.1102 * (StopbandDecibels - 8.7);
        var transition = (StopbandDecibels - 8) / (14.36 * 2 * HalfPeriods);
        var cutoff = lower * (1 - transition); // twice the −6 dB frequency, times the input rate
        var filters = new float[(_phases + 1) * Taps];
        var norm = Bessel(beta);
        for (var phase = 0; phase <= _phases; phase++)
        {
            for (var tap = 0; tap < Taps; tap++)
            {
                var distance = tap - _half + 1 - (double)phase / _phases;
                var across = distance / _half;
                if (Math.Abs(across) > 1) continue;
                var window = Bessel(beta * Math.Sqrt(1 - across * across)) / norm;
                var angle = Math.PI * cutoff * distance;
                filters[phase * Taps + tap] = (float)(cutoff * window * (angle == 0 ? 1 : Math.Sin(angle) / angle));
            }
        }

        return filters;
    }

    /// <summary>The modified Bessel function of the first kind and order 0, by its power series.</summary>
    private static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > 1e-12 * sum; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }

    private static void CheckRate(int rate, string name)
    {
        if (rate is < WavFormat.LowestRate or > WavFormat.HighestRate)
        {
            throw new ArgumentOutOfRangeException(name, rate, $"A sample rate is {WavFormat.LowestRate} to {WavFormat.HighestRate} Hz.");
        }
    }
}
