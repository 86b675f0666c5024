using System.Text;
using Duomano.Core.Hands;

namespace Duomano.Evaluation.Published;

/// <summary>The paper's table: each hand and both together, mean and spread over the seeds, in both forms of arithmetic.</summary>
/// <param name="Runs">One a seed, at least one.</param>
/// <param name="Windows">Windows measured with each seed.</param>
/// <param name="WindowSeconds">Their length, seconds.</param>
/// <param name="Parameters">Trained numbers of each hand's networks.</param>
public sealed partial record PaperTable(IReadOnlyList<PaperRun> Runs, int Windows, double WindowSeconds, PerHand<long> Parameters)
{
    /// <summary>The columns that every row has.</summary>
    private static readonly (string Title, string Name, Func<HandMeasures, double> Of)[] Columns =
    [
        ("FID", "fid", hand => hand.Fid),
        ("WGD", "wgd", hand => hand.Wgd),
        ("PD m", "pd_m", hand => hand.PositionDistance),
        ("Smooth", "smooth", hand => hand.Smooth),
    ];

    private static readonly (string Name, Func<PairMeasures, HandMeasures?> Of)[] Forms = [("reference", pair => pair.Reference), ("ours", pair => pair.Ours)];

    private static readonly (string Name, Func<PaperRun, PairMeasures> Of)[] Rows =
        [.. HandSides.Both.Select(side => (side.Name(), (Func<PaperRun, PairMeasures>)(run => run.Hands[side]))), ("together", run => run.Together)];

    /// <summary>Seconds of music generated in a second.</summary>
    public Spread Speed => Spread.Of(Runs.Select(run => run.Speed));

    /// <summary>FGD; null without an autoencoder.</summary>
    public Spread? GestureDistance => Of(run => run.GestureDistance);

    /// <summary>One of the measures.</summary>
    /// <param name="side">The hand; null for both together.</param>
    /// <param name="reference">In the published arithmetic, or in ours.</param>
    /// <param name="measure">Which.</param>
    /// <returns>Null where the hand was not seen.</returns>
    public Spread? Of(HandSide? side, bool reference, Func<HandMeasures, double> measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var row = Rows[side is { } hand ? HandSides.Both.ToList().IndexOf(hand) : ^1];
        return Of(row.Of, Forms[reference ? 0 : 1].Of, measure);
    }

    /// <summary>A plain-text table ending with a line break. FGD, speed and all parameters stand in the rows of both hands together.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append($"{"",-18}");
        foreach (var column in Columns) text.Append($" {column.Title,17}");
        text.Append($" {"FGD",17} {"parameters",12} {"x music",13}\n");
        foreach (var form in Forms)
        {
            foreach (var row in Rows)
            {
                var whole = row.Name == "together";
                text.Append($"{$"{form.Name} {row.Name}",-18}");
                foreach (var column in Columns) text.Append($" {Shown(Of(row.Of, form.Of, column.Of)),17}");
                text.Append($" {(whole ? Shown(GestureDistance) : "-"),17}");
                text.Append($" {(row.Name == HandSide.Left.Name() ? Parameters.Left : whole ? Parameters.Left + Parameters.Right : Parameters.Right),12}");
                text.Append($" {(whole ? Shown(Speed, 1) : "-"),13}\n");
            }
        }

        return text.ToString();
    }

    private Spread? Of(Func<PaperRun, PairMeasures> row, Func<PairMeasures, HandMeasures?> form, Func<HandMeasures, double> measure) =>
        Of(run => form(row(run)) is { } hand ? measure(hand) : (double?)null);

    private Spread? Of(Func<PaperRun, double?> figure) => Runs.Any(run => figure(run) is null) ? null : Spread.Of(Runs.Select(run => figure(run)!.Value));

    private string Shown(Spread? figure, int? decimals = null)
    {
        if (figure is not { } spread) return "-";
        var format = $"F{decimals ?? (Math.Abs(spread.Mean) >= 1000 ? 0 : Math.Abs(spread.Mean) >= 10 ? 2 : 4)}";
        return Runs.Count == 1 ? spread.Mean.ToString(format) : $"{spread.Mean.ToString(format)} ± {spread.Deviation.ToString(format)}";
    }
}
