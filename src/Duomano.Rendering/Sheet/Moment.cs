namespace Duomano.Rendering.Sheet;

/// <summary>A moment of a performance that is worth looking at.</summary>
/// <param name="Name">Why.</param>
/// <param name="Frame">Which frame of the clip.</param>
internal sealed record Moment(string Name, int Frame);
