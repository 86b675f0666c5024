using System.Text;
using System.Text.Json;

namespace Duomano.Evaluation;

public sealed partial record MotionReport
{
    /// <summary>The figures in the order in which they are shown.</summary>
    public IReadOnlyList<ReportFigure> Figures
    {
        get
        {
            var figures = new List<ReportFigure>
            {
                new("clip", "frames", FrameCount, ""),
                new("clip", "seconds", FrameCount / Fps, "s"),
            };
            if (Press is { } press)
            {
                AddScore("key_press_notes", press.Notes);
                AddScore("key_press_frames", press.Frames);
                figures.Add(new("key_press", "wrong_key_strokes", press.WrongKeys, "share"));
            }

            if (Agreement is { } agreement)
            {
                if (agreement.Hands.Compared > 0) figures.Add(new("agreement", "hand", agreement.Hands.Share, "share"));
                if (agreement.Fingers.Compared > 0) figures.Add(new("agreement", "finger", agreement.Fingers.Share, "share"));
            }

            if (Anticipation is { } anticipation)
            {
                figures.Add(new("anticipation", "mean", anticipation.Mean, "s"));
                figures.Add(new("anticipation", "median", anticipation.Median, "s"));
                figures.Add(new("anticipation", "in_time", anticipation.InTime, "share"));
            }

            figures.Add(new("physical", "beyond_joint_limits", Physical.BeyondJointLimits, "share"));
            figures.Add(new("physical", "below_key_bed", Physical.BelowKeyBed, "share"));
            figures.Add(new("physical", "fingers_penetrating", Physical.FingersPenetrating, "share"));
            figures.Add(new("physical", "hands_penetrating", Physical.HandsPenetrating, "share"));
            figures.Add(new("physical", "penetrating", Physical.Penetrating, "share"));
            figures.Add(new("physical", "wrist_jerk", Physical.WristJerk, "m/s³"));
            figures.Add(new("physical", "fingertip_jerk", Physical.FingertipJerk, "m/s³"));
            if (Reference is { WristJerk: > 0, FingertipJerk: > 0 } reference)
            {
                figures.Add(new("physical", "wrist_jerk_ratio", Physical.WristJerk / reference.WristJerk, "to reference"));
                figures.Add(new("physical", "fingertip_jerk_ratio", Physical.FingertipJerk / reference.FingertipJerk, "to reference"));
            }

            figures.AddRange(Movement.Figures());
            return figures;

            void AddScore(string group, DetectionScore score)
            {
                figures.Add(new(group, "true", score.Truth, ""));
                figures.Add(new(group, "predicted", score.Predicted, ""));
                figures.Add(new(group, "matched", score.Matched, ""));
                figures.Add(new(group, "precision", score.Precision, "share"));
                figures.Add(new(group, "recall", score.Recall, "share"));
                figures.Add(new(group, "f1", score.F1, "share"));
            }
        }
    }

    /// <summary>A plain-text table, a figure a line, ending with a line break.</summary>
    public string ToText()
    {
        var figures = Figures;
        var width = figures.Max(figure => figure.Label.Length);
        var text = new StringBuilder();
        foreach (var figure in figures) text.Append($"{figure.Label.PadRight(width)}  {figure.Shown,10} {figure.ShownUnit}".TrimEnd()).Append('\n');
        return text.ToString();
    }

    /// <summary>A JSON object of groups of figures, in the table's names and units (shares as 0 to 1).</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (var group in Figures.GroupBy(figure => figure.Group))
            {
                writer.WriteStartObject(group.Key);
                foreach (var figure in group) writer.WriteNumber(figure.Name, figure.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

/// <summary>One figure of a report.</summary>
/// <param name="Group">What it belongs to.</param>
/// <param name="Name">What it is.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit; "share" for a share of 1, empty for a count.</param>
public readonly record struct ReportFigure(string Group, string Name, double Value, string Unit)
{
    /// <summary>Group and name as people read them.</summary>
    public string Label => $"{Group} {Name}".Replace('_', ' ');

    internal string Shown => Unit switch
    {
        "" => Value.ToString("0"),
        "share" => (Value * 100).ToString("0.0"),
        _ => Value.ToString("0.000"),
    };

    internal string ShownUnit => Unit == "share" ? "%" : Unit;
}
