using System.Numerics;

namespace Duomano.Core.Numerics;

/// <summary>
/// A random generator whose numbers depend on the seed alone, on every platform and version (xoshiro256**,
/// Blackman and Vigna 2021, seeded by SplitMix64).
/// </summary>
public sealed class SeededRandom
{
    private readonly ulong[] _state = new ulong[4];
    private double? _spareGaussian;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Which sequence.</param>
    /// <param name="stream">A name that gives independent sequences for the same seed, such as a piece's path.</param>
    public SeededRandom(long seed, string stream = "")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var mixed = (ulong)seed;
        foreach (var character in stream) mixed = (mixed ^ character) * 0x100000001B3; // FNV-1a
        for (var i = 0; i < 4; i++)
        {
            mixed += 0x9E3779B97F4A7C15;
            var z = mixed;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            _state[i] = z ^ (z >> 31);
        }
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_state[1] * 5, 7) * 9;
        var shifted = _state[1] << 17;
        _state[2] ^= _state[0];
        _state[3] ^= _state[1];
        _state[1] ^= _state[2];
        _state[0] ^= _state[3];
        _state[2] ^= shifted;
        _state[3] = BitOperations.RotateLeft(_state[3], 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1ul << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform among 0 … count − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is nothing to choose from.</exception>
    public int Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)(NextDouble() * count);
    }

    /// <summary>One of a list's entries.</summary>
    public T Choose<T>(IReadOnlyList<T> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return choices[Next(choices.Count)];
    }

    /// <summary>A draw from the standard normal distribution (Marsaglia's polar method).</summary>
    public double NextGaussian()
    {
        if (_spareGaussian is { } spare)
        {
            _spareGaussian = null;
            return spare;
        }

        double x, y, square;
        do
        {
            x = 2 * NextDouble() - 1;
            y = 2 * NextDouble() - 1;
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        var scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _spareGaussian = y * scale;
        return x * scale;
    }

    /// <summary>Fills a span with standard normal draws.</summary>
    public void FillGaussian(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = (float)NextGaussian();
    }

    /// <summary>Puts a list into random order (Fisher–Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The generator's whole state, to be stored and given to <see cref="Restore"/>.</summary>
    public (ulong A, ulong B, ulong C, ulong D, double? Spare) Save() => (_state[0], _state[1], _state[2], _state[3], _spareGaussian);

    /// <summary>Goes on from a stored state.</summary>
    public void Restore((ulong A, ulong B, ulong C, ulong D, double? Spare) state)
    {
        (_state[0], _state[1], _state[2], _state[3], _spareGaussian) = state;
    }
}
