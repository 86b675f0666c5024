namespace Duomano.Corpus.Layout;

/// <summary>How sound is stored in a corpus.</summary>
public enum AudioFormat
{
    /// <summary>16-bit PCM: fastest to write and read.</summary>
    Wav,

    /// <summary>Lossless, about half the size.</summary>
    Flac,

    /// <summary>What PianoMotion10M itself has.</summary>
    Mp3,
}
