namespace Duomano.Training.Fingering;

/// <summary>How a network that tags notes is built and trained.</summary>
internal sealed record TaggerOptions
{
    private const int WarmUp = 200;

    /// <summary>Numbers a feature's row has.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Units of a recurrent layer in each direction.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>Recurrent layers.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Steps of the optimizer.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Sequences in a step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Largest learning rate; it rises in the first steps and falls along a cosine.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>Weight decay.</summary>
    public double Decay { get; init; } = 0.01;

    /// <summary>Share of the features, and of the values between layers, that are left out.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>The gradients' norm is held to this.</summary>
    public double LargestGradient { get; init; } = 1;

    /// <summary>How much of the mean of parameters stays from step to step.</summary>
    public double Averaging { get; init; } = 0.998;

    /// <summary>Decides everything that is drawn.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The learning rate of a step.</summary>
    public double RateAt(int step) =>
        Rate * Math.Min(1, (step + 1.0) / Math.Min(WarmUp, 1 + Steps / 10)) * (0.02 + 0.98 * (0.5 + 0.5 * Math.Cos(Math.PI * step / Steps)));
}
