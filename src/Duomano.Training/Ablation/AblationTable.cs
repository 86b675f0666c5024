using System.Globalization;
using System.Text;
using Duomano.Evaluation.Published;

namespace Duomano.Training.Ablation;

/// <summary>Variants side by side, mean and standard deviation over their seeds, as Markdown.</summary>
/// <param name="Runs">All runs, by variant and seed.</param>
/// <param name="Costs">What a denoising step of each variant takes, as a ratio to the first one's; empty where that was not measured.</param>
public sealed record AblationTable(IReadOnlyList<AblationRun> Runs, IReadOnlyDictionary<string, double> Costs)
{
    private const string None = "–";

    /// <summary>The tables.</summary>
    /// <exception cref="InvalidOperationException">There is no run, or the runs were not trained and measured alike.</exception>
    public string ToMarkdown()
    {
        if (Runs.Count == 0) throw new InvalidOperationException("Nothing was trained and measured yet.");
        var budgets = Runs.Select(run => (run.Steps, run.BatchSize, run.Windows)).Distinct().ToArray();
        if (budgets.Length > 1) throw new InvalidOperationException($"The runs had budgets of their own ({string.Join("; ", budgets.Select(budget => $"{budget.Steps} steps of {budget.BatchSize} windows, {budget.Windows} measured"))}) and cannot be compared.");
        var text = new StringBuilder();
        var variants = Runs.GroupBy(run => run.Variant).Select(group => (AblationVariant.Named(group.Key).Title, Runs: group.ToArray())).ToArray();
        foreach (var table in AblationFigure.All.GroupBy(figure => figure.Table))
        {
            AblationFigure[] figures = [.. table];
            Head(text, table.Key, [.. figures.Select(figure => figure.Title)]);
            foreach (var (title, runs) in variants) Row(text, $"{title} ({Seeds(runs)})", figures, [.. runs.Select(run => run.Rows[0].Figures)]);
            if (figures.Any(figure => Runs[0].Real.ContainsKey(figure.Name))) Row(text, "the real motion", figures, [Runs[0].Real]);
        }

        Head(text, "Cost", ["numbers, both hands", "time of a step"]);
        foreach (var group in Runs.GroupBy(run => run.Variant))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {AblationVariant.Named(group.Key).Title} | {group.First().Parameters} | {(Costs.TryGetValue(group.Key, out var cost) ? cost.ToString("0.00", CultureInfo.InvariantCulture) : None)} |\n");
        }

        foreach (var (title, runs) in variants.Where(variant => variant.Runs[0].Rows.Count > 1))
        {
            AblationFigure[] figures = [.. AblationFigure.All.Where(figure => figure.OfSamplings)];
            Head(text, $"How it is drawn: {title}", [.. figures.Select(figure => figure.Title)]);
            foreach (var row in runs.SelectMany(run => run.Rows).GroupBy(row => row.Title)) Row(text, row.Key, figures, [.. row.Select(one => one.Figures)]);
        }

        return text.ToString();
    }

    private static string Seeds(AblationRun[] runs) => runs.Length == 1 ? "1 seed" : $"{runs.Length} seeds";

    private static void Head(StringBuilder text, string title, string[] columns)
    {
        text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "\n" : "")}{title}:\n\n| | {string.Join(" | ", columns)} |\n|{string.Concat(Enumerable.Repeat(" --- |", columns.Length + 1))}\n");
    }

    private static void Row(StringBuilder text, string title, AblationFigure[] figures, IReadOnlyDictionary<string, double>[] runs)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {title} |");
        foreach (var figure in figures)
        {
            double[] values = [.. runs.Where(run => run.ContainsKey(figure.Name)).Select(run => run[figure.Name]).Where(double.IsFinite)];
            text.Append(CultureInfo.InvariantCulture, $" {(values.Length == 0 ? None : Shown(Spread.Of(values), values.Length, figure.Decimals))} |");
        }

        text.Append('\n');
    }

    private static string Shown(Spread spread, int count, int decimals)
    {
        string Number(double value) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return count == 1 ? Number(spread.Mean) : $"{Number(spread.Mean)} ± {Number(spread.Deviation)}";
    }
}
