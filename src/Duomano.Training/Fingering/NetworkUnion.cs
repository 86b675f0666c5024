using Duomano.Core.Fingering;

namespace Duomano.Training.Fingering;

/// <summary>Several networks as one that answers with the mean of what they say (of the logarithms, before they are normalised).</summary>
internal static class NetworkUnion
{
    /// <summary>Lays networks of the same sizes side by side.</summary>
    public static NoteNetwork Of(IReadOnlyList<NoteNetwork> networks)
    {
        var first = networks[0];
        var union = new NoteNetwork(first.Features, first.Hidden * networks.Count, first.Middle * networks.Count, first.Answers);
        for (var n = 0; n < networks.Count; n++)
        {
            var network = networks[n];
            for (var feature = 0; feature < network.Features; feature++) network.Row(feature).CopyTo(union.Row(feature)[(n * network.Hidden)..]);
            network.Bias.CopyTo(union.Bias[(n * network.Hidden)..]);
            network.MiddleBias.CopyTo(union.MiddleBias[(n * network.Middle)..]);
            for (var unit = 0; unit < network.Middle; unit++)
            {
                var row = union.MiddleWeights.Slice((n * network.Middle + unit) * union.Hidden, union.Hidden);
                network.MiddleWeights.Slice(unit * network.Hidden, network.Hidden).CopyTo(row[(n * network.Hidden)..]);
            }

            for (var answer = 0; answer < network.Answers; answer++)
            {
                union.LastBias[answer] += network.LastBias[answer] / networks.Count;
                var row = union.LastWeights.Slice(answer * union.Middle + n * network.Middle, network.Middle);
                for (var unit = 0; unit < network.Middle; unit++) row[unit] = network.LastWeights[answer * network.Middle + unit] / networks.Count;
            }
        }

        return union;
    }
}
