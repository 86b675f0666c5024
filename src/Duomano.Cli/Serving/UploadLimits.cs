using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Server;

namespace Duomano.Cli.Serving;

/// <summary>Refuses what is longer than the server takes.</summary>
internal static class UploadLimits
{
    public static void CheckLength(JobInput input, double seconds)
    {
        if (seconds > input.MostSeconds) throw new UnreadableFileException(input.Path, "", $"is longer than {input.MostSeconds / 60:0.#} minutes, the most this server takes");
    }

    public static void CheckNotes(JobInput input, Score score)
    {
        if (score.Notes.Count > input.MostNotes) throw new UnreadableFileException(input.Path, "", $"has {score.Notes.Count} notes; {input.MostNotes} are the most this server takes");
    }
}
