namespace Duomano.Corpus.Sound;

/// <summary>One sample file and the keys and loudnesses that it stands for.</summary>
internal sealed record SampleRegion
{
    /// <summary>The sound file.</summary>
    public required string Path { get; init; }

    /// <summary>The lowest and highest MIDI key played with it.</summary>
    public int LowKey { get; init; }

    /// <inheritdoc cref="LowKey"/>
    public int HighKey { get; init; } = 127;

    /// <summary>The key it was recorded from.</summary>
    public int Center { get; init; } = 60;

    /// <summary>The lowest and highest MIDI velocity played with it.</summary>
    public int LowVelocity { get; init; }

    /// <inheritdoc cref="LowVelocity"/>
    public int HighVelocity { get; init; } = 127;

    /// <summary>The velocity at which it is as loud as it was recorded.</summary>
    public int FullVelocity { get; init; } = 127;

    /// <summary>How much loudness follows velocity, 0 (not at all) to 1 (its square).</summary>
    public double VelocityTracking { get; init; } = 1;

    /// <summary>Cents by which it is tuned.</summary>
    public double TuneCents { get; init; }

    /// <summary>Decibels by which it is made louder.</summary>
    public double VolumeDb { get; init; }

    /// <summary>Seconds in which it fades by 60 dB when the damper falls.</summary>
    public double Release { get; init; } = 0.25;

    /// <summary>How far a key and a velocity are from what it is for; 0 where it is for them.</summary>
    public int Distance(int key, int velocity)
    {
        static int Outside(int value, int low, int high) => value < low ? low - value : value > high ? value - high : 0;
        return 1000 * Outside(key, LowKey, HighKey) + Outside(velocity, LowVelocity, HighVelocity);
    }

    /// <summary>How loud it is at a velocity, times its samples.</summary>
    public double Gain(int velocity) => Math.Pow(10, VolumeDb / 20) * Math.Pow(velocity / (double)FullVelocity, 2 * VelocityTracking);
}
