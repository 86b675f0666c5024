namespace Duomano.Formats.Video;

/// <summary>The sound of a video.</summary>
/// <param name="Path">A file that ffmpeg reads.</param>
/// <param name="Start">Where in it the video begins, seconds.</param>
public sealed record VideoSound(string Path, double Start = 0)
{
    /// <summary>
    /// How loud it is made, LUFS (Rec. ITU-R BS.1770), its peaks kept below −1 dBFS; null leaves it as it is, as is right for
    /// recordings, whose makers chose.
    /// </summary>
    public double? Loudness { get; init; }
}
