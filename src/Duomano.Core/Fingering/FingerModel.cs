namespace Duomano.Core.Fingering;

/// <summary>
/// What <c>duomano-train fingers</c> learned: costs of whole fingerings, and a recurrent network that tells how probable each
/// finger of each note is after reading all notes of the hand.
/// </summary>
/// <param name="Costs">The costs.</param>
/// <param name="Reader">The network.</param>
internal sealed record FingerModel(LearnedCosts Costs, NoteTagger Reader)
{
    // How much the network's word counts beside the costs, which know most of the same: found on songs not trained on.
    private const double ReaderShare = 0.25;

    // What a note without a finger costs the network, as a probability of e to this; nothing is less probable.
    private const double NoFinger = -6;

    private static readonly Lazy<FingerModel> LazyBundled = new(() => BundledNetworks.Open("fingers.net", Read));

    /// <summary>The one that comes with the program.</summary>
    public static FingerModel Bundled => LazyBundled.Value;

    /// <summary>
    /// What the network has against the fingers of slices, in the unit of the costs: the mean of what it says of fingers as
    /// people play and as editions print them.
    /// </summary>
    /// <param name="slices">One hand's slices in time; fingers given there are taken into account.</param>
    /// <param name="cancellation">Stops it.</param>
    public Func<int, byte[], double> Evidence(IReadOnlyList<Slice> slices, CancellationToken cancellation = default)
    {
        var played = Reader.LogProbabilities(FingerFeatures.Of(slices, printed: false), cancellation);
        var printed = Reader.LogProbabilities(FingerFeatures.Of(slices, printed: true), cancellation);
        float[] logarithms = [.. played.Zip(printed, (one, other) => (one + other) / 2)];
        var first = new int[slices.Count];
        for (var i = 1; i < first.Length; i++) first[i] = first[i - 1] + slices[i - 1].Notes.Length;
        return (slice, shape) =>
        {
            double sum = 0;
            for (var note = 0; note < shape.Length; note++)
            {
                sum -= shape[note] == 0 ? NoFinger : Math.Max(NoFinger, logarithms[(first[slice] + note) * Reader.Answers + shape[note] - 1]);
            }

            return ReaderShare * FingerLattice.Temperature * sum;
        };
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is of another form.</exception>
    public static FingerModel Read(Stream stream)
    {
        var model = new FingerModel(LearnedCosts.Read(stream), NoteTagger.Read(stream));
        return model.Reader.Features == FingerFeatures.Count && model.Reader.Answers == Fingers.All.Count
            ? model
            : throw new InvalidDataException("This network was made for other features.");
    }

    /// <summary>Writes it.</summary>
    public void Write(Stream stream)
    {
        Costs.Write(stream);
        Reader.Write(stream);
    }
}
