namespace Duomano.Evaluation;

/// <summary>How many of the true things were found, and how many of the found ones are true.</summary>
/// <param name="Truth">Number of true things.</param>
/// <param name="Predicted">Number of predicted things.</param>
/// <param name="Matched">Number of predictions that are true.</param>
public readonly record struct DetectionScore(int Truth, int Predicted, int Matched)
{
    /// <summary>Share of the predictions that are true; 0 without predictions.</summary>
    public double Precision => Predicted == 0 ? 0 : (double)Matched / Predicted;

    /// <summary>Share of the truth that was found; 0 without truth.</summary>
    public double Recall => Truth == 0 ? 0 : (double)Matched / Truth;

    /// <summary>Harmonic mean of precision and recall; 0 where nothing matches.</summary>
    public double F1 => Matched == 0 ? 0 : 2.0 * Matched / (Truth + Predicted);

    /// <summary>Counts of both taken together, for figures over several clips.</summary>
    public static DetectionScore operator +(DetectionScore left, DetectionScore right) =>
        new(left.Truth + right.Truth, left.Predicted + right.Predicted, left.Matched + right.Matched);

    /// <summary>The sum of two scores.</summary>
    public static DetectionScore Add(DetectionScore left, DetectionScore right) => left + right;
}
