using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>How a sketch in beats is played: tempo, dynamics, touch and human unevenness.</summary>
internal sealed record Interpretation
{
    /// <summary>Beats a minute.</summary>
    public required double Tempo { get; init; }

    /// <summary>Velocity of an unaccented note in the middle of a phrase.</summary>
    public double Velocity { get; init; } = 70;

    /// <summary>Velocity gained from a phrase's edge to its middle.</summary>
    public double Swell { get; init; } = 12;

    /// <summary>Velocity that an accent of 1 adds.</summary>
    public double AccentVelocity { get; init; } = 12;

    /// <summary>Length of a phrase in beats, which tempo and loudness follow.</summary>
    public double PhraseBeats { get; init; } = 8;

    /// <summary>Share by which a phrase's middle is faster than its ends.</summary>
    public double Rubato { get; init; } = 0.04;

    /// <summary>Share by which the last beats slow down.</summary>
    public double FinalSlowing { get; init; } = 0.2;

    /// <summary>Part of its written length that each hand's note is held: below 0.6 detached, about 1 joined.</summary>
    public Core.Hands.PerHand<double> Hold { get; init; } = new(0.95, 0.95);

    /// <summary>Standard deviation of an onset, seconds.</summary>
    public double Unevenness { get; init; } = 0.006;

    /// <summary>Standard deviation of a velocity.</summary>
    public double VelocitySpread { get; init; } = 4;

    /// <summary>How much softer the left hand is.</summary>
    public double LeftSofter { get; init; } = 4;

    /// <summary>A way to play, between two tempi.</summary>
    public static Interpretation Draw(SeededRandom random, double slowest, double fastest)
    {
        var together = DrawHold(random);
        return new()
        {
            Tempo = slowest * Math.Pow(fastest / slowest, random.NextDouble()),
            Velocity = random.Uniform(42, 92),
            Swell = random.Uniform(2, 22),
            AccentVelocity = random.Uniform(4, 16),
            PhraseBeats = random.Pick(4, 6, 8, 8, 12, 16),
            Rubato = random.Uniform(0, 0.10),
            FinalSlowing = random.Uniform(0, 0.35),
            Hold = new(random.Chance(0.3) ? DrawHold(random) : together, together),
            Unevenness = random.Uniform(0.001, 0.012),
            VelocitySpread = random.Uniform(1, 7),
            LeftSofter = random.Uniform(-2, 12),
        };
    }

    /// <summary>How many beats fill some seconds at this tempo.</summary>
    public double BeatsIn(double seconds) => Tempo * seconds / 60;

    private static double DrawHold(SeededRandom random) =>
        random.Chance(0.25) ? random.Uniform(0.3, 0.6) : random.Uniform(0.8, 1.02);
}
