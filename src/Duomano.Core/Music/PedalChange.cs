namespace Duomano.Core.Music;

/// <summary>A movement of the sustain pedal.</summary>
/// <param name="Time">Seconds.</param>
/// <param name="Value">MIDI controller 64, 0 (up) to 127 (down); 64 and more counts as down.</param>
public readonly record struct PedalChange(double Time, int Value)
{
    /// <summary>Whether the dampers are off the strings.</summary>
    public bool IsDown => Value >= 64;
}
