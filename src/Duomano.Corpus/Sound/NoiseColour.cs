namespace Duomano.Corpus.Sound;

/// <summary>What a noise sounds like.</summary>
public enum NoiseColour
{
    /// <summary>Hiss: as much at every frequency.</summary>
    White,

    /// <summary>Rush: 3 dB less an octave.</summary>
    Pink,

    /// <summary>Rumble, as of traffic and ventilation: 6 dB less an octave.</summary>
    Brown,
}
