using System.Text;

namespace Duomano.Core.Fingering;

/// <summary>Learned costs of all terms and of all patterns of fingerings.</summary>
/// <param name="Terms">One a <see cref="FingerTerm"/>.</param>
/// <param name="Patterns">One a pattern of <see cref="FingerPatterns"/>.</param>
internal sealed record LearnedCosts(CostWeights<FingerTerm> Terms, double[] Patterns)
{
    // "fing" in ASCII, read as a little-endian number.
    private const uint Magic = 0x676E6966;

    /// <summary>Reads them; numbers are kept as halves.</summary>
    /// <exception cref="InvalidDataException">They are of another form.</exception>
    public static LearnedCosts Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var terms = Enum.GetValues<FingerTerm>();
        if (reader.ReadUInt32() != Magic || reader.ReadUInt16() != terms.Length || reader.ReadUInt16() != FingerPatterns.Count)
        {
            throw new InvalidDataException("These are no costs of fingerings, or of another version.");
        }

        var costs = terms.Select(term => (term, (double)reader.ReadHalf())).ToArray();
        return new(new(costs), [.. Enumerable.Range(0, FingerPatterns.Count).Select(_ => (double)reader.ReadHalf())]);
    }

    /// <summary>Costs between these and others.</summary>
    /// <param name="others">The others.</param>
    /// <param name="share">How much the others count, 0 to 1.</param>
    public LearnedCosts Blend(LearnedCosts others, double share) => new(
        new(Enum.GetValues<FingerTerm>().Select(term => (term, (1 - share) * Terms[term] + share * others.Terms[term]))),
        [.. Patterns.Zip(others.Patterns, (own, other) => (1 - share) * own + share * other)]);

    /// <summary>Writes them.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write((ushort)Terms.Values.Length);
        writer.Write((ushort)Patterns.Length);
        foreach (var cost in Terms.Values.Concat(Patterns)) writer.Write((Half)cost);
    }
}
