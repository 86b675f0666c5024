using Duomano.Core.Files;
using Duomano.Core.Music;

namespace Duomano.Corpus.Sound;

/// <summary>The kinds of instruments: sound fonts, which fluidsynth plays, and plain samples, which are played here.</summary>
public static class Instruments
{
    /// <summary>Sample rate of what is rendered, Hz.</summary>
    public const int SampleRate = 16000;

    /// <summary>Lets a score sound on the settings' instrument, without the room.</summary>
    /// <param name="score">What is played, with pedal.</param>
    /// <param name="settings">On what.</param>
    /// <param name="seconds">How long the result is; sound beyond is cut off, silence is added.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Mono samples at <see cref="SampleRate"/>, as loud as they come out.</returns>
    /// <exception cref="InvalidOperationException">fluidsynth is not installed, or failed.</exception>
    /// <exception cref="UnreadableFileException">The instrument is missing or cannot be read.</exception>
    public static float[] Render(Score score, SoundSettings settings, double seconds, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(settings);
        if (!(seconds >= 0 && seconds < 24 * 3600)) throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A rendering is 0 s to a day long.");
        return IsSampled(settings.SoundFont)
            ? SamplePlayer.Render(score, SampledInstrument.Of(settings.SoundFont), settings, seconds, cancellation)
            : FluidsynthRenderer.Render(score, settings, seconds, cancellation);
    }

    /// <summary>What an instrument is called, wherever it stands.</summary>
    internal static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    /// <summary>Looks whether instruments can be played, before anything is begun.</summary>
    /// <exception cref="UnreadableFileException">One is missing, or holds no samples that can be used.</exception>
    /// <exception cref="InvalidOperationException">fluidsynth is needed and missing.</exception>
    internal static void Check(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            OrdinaryFile.Check(path);
            if (!File.Exists(path) && !Directory.Exists(path)) throw new UnreadableFileException(path, "", "there is no such instrument, expected a sound font (.sf2, .sf3), an .sfz or a folder of samples.");
            if (IsSampled(path)) SampledInstrument.Of(path);
            else if (!FluidsynthRenderer.IsAvailable) throw new InvalidOperationException(FluidsynthRenderer.Missing);
        }
    }

    private static bool IsSampled(string path) => Directory.Exists(path) || Path.GetExtension(path).Equals(".sfz", StringComparison.OrdinalIgnoreCase);
}
