namespace Duomano.Training.Listening;

/// <summary>The room, the microphone and the noise of one excerpt.</summary>
/// <param name="Room">The room's answer to a click, the direct sound first; full scale is 1.</param>
/// <param name="Colour">Power factor of each bin.</param>
/// <param name="NoiseLevel">Root mean square of the noise at 1 kHz and around; 0 for none.</param>
/// <param name="NoiseSlope">How much the noise's amplitude falls with frequency: 0 white, 0.5 pink, 1 brown.</param>
/// <param name="HumLevel">Amplitude of the mains' hum; 0 for none.</param>
/// <param name="HumHertz">The mains' frequency.</param>
/// <param name="NoiseSeed">Decides the noise.</param>
/// <param name="Evenness">How far loud and soft are brought together: 0 not at all, 1 until all is equally loud.</param>
/// <param name="Ceiling">Amplitude at which the sound is cut off.</param>
public sealed record RecordingConditions(
    float[] Room, float[] Colour, float NoiseLevel, float NoiseSlope, float HumLevel, float HumHertz, long NoiseSeed, float Evenness, float Ceiling);
