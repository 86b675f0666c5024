namespace Duomano.Core.Fingering;

/// <summary>Where a hand is after a slice.</summary>
/// <param name="shape">Its fingers on the slice.</param>
/// <param name="held">Keys of earlier slices still down.</param>
internal sealed class FingerState(byte[] shape, (HandNote Note, byte Finger)[] held)
{
    /// <summary>Its fingers on the slice.</summary>
    public byte[] Shape => shape;

    /// <summary>Keys of earlier slices still down.</summary>
    public (HandNote Note, byte Finger)[] Held => held;

    /// <summary>The states one can come from (null at the beginning), and what the way costs.</summary>
    public List<(FingerState? Before, double Cost)> From { get; init; } = [];

    /// <summary>The cheapest of them.</summary>
    public FingerState? Best { get; set; }

    /// <summary>What the cheapest way here costs.</summary>
    public double Cost { get; set; }

    /// <summary>Minus the logarithm of the weight of all ways here.</summary>
    public double Forward { get; set; }

    /// <summary>The same of all ways on.</summary>
    public double Backward { get; set; } = double.PositiveInfinity;

    /// <summary>Takes the ways of an equal state.</summary>
    public void Merge(FingerState same)
    {
        From.AddRange(same.From);
        Forward = FingerLattice.Sum(Forward, same.Forward);
        if (same.Cost >= Cost) return;
        (Cost, Best) = (same.Cost, same.Best);
    }

    /// <summary>The same without what it took to come here, of which only the shape before is needed.</summary>
    public FingerState Alone() => new(shape, held) { Best = Best is null ? null : new(Best.Shape, []) };
}
