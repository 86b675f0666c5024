namespace Duomano.Formats.Video;

/// <summary>The sound of a video.</summary>
/// <param name="Path">A file that ffmpeg reads.</param>
/// <param name="Start">Where in it the video begins, seconds.</param>
public sealed record VideoSound(string Path, double Start = 0);
