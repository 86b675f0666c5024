namespace Duomano.Formats.Midi;

/// <summary>Faults of a damaged file that could be read all the same.</summary>
internal sealed class MidiFaults
{
    private readonly List<(string What, string Place, int Count)> _kinds = [];

    /// <summary>Notes a fault; of each kind the first place is kept.</summary>
    public void Add(string what, string place)
    {
        var known = _kinds.FindIndex(kind => kind.What == what);
        if (known < 0) _kinds.Add((what, place, 1));
        else _kinds[known] = _kinds[known] with { Count = _kinds[known].Count + 1 };
    }

    /// <summary>"a tempo of 0 (track 1, byte 30)", a line a kind.</summary>
    public IEnumerable<string> Lines => _kinds.Select(kind => $"{kind.What} ({kind.Place}{(kind.Count > 1 ? $" and {kind.Count - 1} more" : "")})");
}
