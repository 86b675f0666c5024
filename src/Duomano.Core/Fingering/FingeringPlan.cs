using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>Which hand and finger plays each note of a piece.</summary>
/// <param name="Notes">The notes given, in the order given, each with its hand and its finger.</param>
/// <param name="Unplayable">Those among them that no finger reaches: their hand is set, their finger is not.</param>
public sealed record FingeringPlan(IReadOnlyList<Note> Notes, IReadOnlyList<Note> Unplayable);
