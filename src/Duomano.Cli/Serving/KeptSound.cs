using Duomano.Formats.Audio;
using Duomano.Server;

namespace Duomano.Cli.Serving;

/// <summary>What is kept of a video when its motion is made: pages and pictures need its sound only, and videos are large.</summary>
internal static class KeptSound
{
    /// <summary>Writes a video's sound beside it; the video itself is not needed any more then.</summary>
    /// <returns>The sound; a file that is not there where the video has none.</returns>
    public static string InsteadOf(JobInput video, bool hasSound, CancellationToken cancellation)
    {
        var sound = Path.ChangeExtension(video.Path, SoundTrack.Ending);
        if (hasSound) SoundTrack.Write(video.Path, sound, cancellation);
        return sound;
    }
}
