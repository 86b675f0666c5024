namespace Duomano.Training.Fingering;

/// <summary>A sequence of notes to learn from.</summary>
/// <param name="Features">The features of each note.</param>
/// <param name="Answers">What is right for each note, or −1 where nobody knows.</param>
/// <param name="Weight">How much its notes count.</param>
internal sealed record TaggerExample(int[][] Features, int[] Answers, float Weight = 1);
