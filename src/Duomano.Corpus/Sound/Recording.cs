using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Sound;

/// <summary>How a piece sounded once: samples, and everything that made them what they are.</summary>
/// <param name="Samples">Mono at <see cref="Instruments.SampleRate"/>.</param>
/// <param name="Settings">The instrument and the room.</param>
/// <param name="Augmentation">What was done to the sound afterwards.</param>
public sealed record Recording(float[] Samples, SoundSettings Settings, SoundAugmentation Augmentation)
{
    /// <summary>Draws an instrument, a room and a treatment, and renders.</summary>
    /// <param name="played">What is played.</param>
    /// <param name="soundFonts">The instruments to choose from.</param>
    /// <param name="seconds">Length of the recording.</param>
    /// <param name="random">Decides.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static Recording Make(Score played, IReadOnlyList<string> soundFonts, double seconds, SeededRandom random, CancellationToken cancellation = default)
    {
        var settings = SoundSettings.Draw(random, soundFonts);
        var augmentation = SoundAugmentation.Draw(random);
        var samples = Instruments.Render(played, settings, seconds, cancellation);
        Room.Apply(samples, settings, Instruments.SampleRate);
        augmentation.Apply(samples, Instruments.SampleRate, random);
        return new(samples, settings, augmentation);
    }
}
