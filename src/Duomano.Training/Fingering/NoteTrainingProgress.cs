namespace Duomano.Training.Fingering;

/// <summary>How a training of hands or fingers goes on.</summary>
/// <param name="Part">What is trained.</param>
/// <param name="Done">Passes or steps done.</param>
/// <param name="Of">Passes or steps to do.</param>
/// <param name="Loss">Mean of minus the logarithm of the right answer's probability since the last report.</param>
/// <param name="Agreement">Share of the notes since then whose answer was right; not a number where nobody counts.</param>
public readonly record struct NoteTrainingProgress(string Part, int Done, int Of, double Loss, double Agreement);
