using System.Text.Json.Nodes;

namespace Duomano.Evaluation.Published;

public sealed partial record PaperTable
{
    /// <summary>All figures as an object of the table's forms and rows; a figure is its mean and deviation over the seeds.</summary>
    public JsonObject ToJson()
    {
        var figures = new JsonObject
        {
            ["windows"] = Windows,
            ["window_seconds"] = WindowSeconds,
            ["seeds"] = new JsonArray([.. Runs.Select(run => (JsonNode)run.Seed)]),
        };
        foreach (var form in Forms)
        {
            var rows = new JsonObject();
            foreach (var row in Rows)
            {
                var measures = new JsonObject();
                foreach (var column in Columns) measures[column.Name] = Node(Of(row.Of, form.Of, column.Of));
                rows[row.Name] = measures;
            }

            figures[form.Name] = rows;
        }

        figures["fgd"] = Node(GestureDistance);
        figures["feature_difference"] = Node(Of(run => run.FeatureDifference));
        figures["selection_score"] = Node(Of(run => run.SelectionScore));
        figures["parameters"] = new JsonObject { ["left"] = Parameters.Left, ["right"] = Parameters.Right, ["together"] = Parameters.Left + Parameters.Right };
        figures["speed"] = Node(Speed);
        return figures;
    }

    private static JsonObject? Node(Spread? spread) => spread is { } known ? new() { ["mean"] = known.Mean, ["deviation"] = known.Deviation } : null;
}
