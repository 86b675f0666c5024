namespace Duomano.Corpus.Layout;

/// <summary>
/// Python's random generator (MT19937, Matsumoto and Nishimura 1998, seeded through its array initialisation), as far as
/// shuffling a list needs it: the published loader's order depends on it.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Period = 397;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    /// <summary>The generator after Python's random.seed(seed) for a small whole number.</summary>
    public MersenneTwister(uint seed)
    {
        _state[0] = 19650218;
        for (var i = 1; i < Size; i++) _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
        var at = 1;
        for (var i = 0; i < Size; i++)
        {
            _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1664525)) + seed;
            at = Advance(at);
        }

        for (var i = 0; i < Size - 1; i++)
        {
            _state[at] = (_state[at] ^ ((_state[at - 1] ^ (_state[at - 1] >> 30)) * 1566083941)) - (uint)at;
            at = Advance(at);
        }

        _state[0] = 0x80000000;
    }

    /// <summary>Puts a list into the order that Python's random.shuffle would.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = (int)Below((uint)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private uint Below(uint count)
    {
        var bits = 32 - System.Numerics.BitOperations.LeadingZeroCount(count);
        uint drawn;
        do drawn = NextUInt32() >> (32 - bits);
        while (drawn >= count);
        return drawn;
    }

    private int Advance(int at)
    {
        if (at + 1 < Size) return at + 1;
        _state[0] = _state[Size - 1];
        return 1;
    }

    private uint NextUInt32()
    {
        if (_next == Size) Refill();
        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Refill()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            _state[i] = _state[(i + Period) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }

        _next = 0;
    }
}
