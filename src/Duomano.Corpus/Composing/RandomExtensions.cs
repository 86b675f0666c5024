using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Draws that a composer makes all the time.</summary>
internal static class RandomExtensions
{
    /// <summary>True with a probability.</summary>
    public static bool Chance(this SeededRandom random, double probability) => random.NextDouble() < probability;

    /// <summary>One of the values given.</summary>
    public static T Pick<T>(this SeededRandom random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>Uniform among low … high, both included.</summary>
    public static int Between(this SeededRandom random, int low, int high) => low + random.Next(high - low + 1);
}
