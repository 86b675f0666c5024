using Duomano.Core.Music;

namespace Duomano.Training.Fingering;

/// <summary>A piece of which some fingers are known.</summary>
/// <param name="Notes">Its notes, all with hands, some with fingers, sorted by onset.</param>
/// <param name="Printed">Whether an edition prints the fingers; otherwise people played so.</param>
public sealed record FingeredPiece(IReadOnlyList<Note> Notes, bool Printed);
