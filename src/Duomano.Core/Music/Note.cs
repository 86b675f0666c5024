using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;

namespace Duomano.Core.Music;

/// <summary>One note: a key held from one moment to another.</summary>
public readonly record struct Note
{
    /// <summary>Makes a note.</summary>
    /// <param name="onset">When the key goes down, seconds, finite and at least 0.</param>
    /// <param name="offset">When the key comes up, seconds, not before <paramref name="onset"/>.</param>
    /// <param name="key">Which key.</param>
    /// <param name="velocity">MIDI velocity, 1 to 127.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Note(double onset, double offset, PianoKey key, int velocity)
    {
        if (!double.IsFinite(onset) || onset < 0) throw new ArgumentOutOfRangeException(nameof(onset), onset, "A note starts at a finite time of at least 0 s.");
        if (!double.IsFinite(offset) || offset < onset) throw new ArgumentOutOfRangeException(nameof(offset), offset, $"A note that starts at {onset} s cannot end before it.");
        if (velocity is < 1 or > 127) throw new ArgumentOutOfRangeException(nameof(velocity), velocity, "A velocity is 1 to 127.");
        Onset = onset;
        Offset = offset;
        Key = key;
        Velocity = velocity;
    }

    /// <summary>When the key goes down, seconds.</summary>
    public double Onset { get; }

    /// <summary>When the key comes up, seconds.</summary>
    public double Offset { get; }

    /// <summary>Which key.</summary>
    public PianoKey Key { get; }

    /// <summary>MIDI velocity, 1 to 127.</summary>
    public int Velocity { get; }

    /// <summary>The hand that plays it, where known.</summary>
    public HandSide? Hand { get; init; }

    /// <summary>The finger that plays it, where known.</summary>
    public Finger? Finger { get; init; }

    /// <summary>How long the key is held, seconds.</summary>
    public double Duration => Offset - Onset;
}
