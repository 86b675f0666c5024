using System.Text.Json;
using System.Text.Json.Serialization;
using Duomano.Core.Files;
using Duomano.Core.Music;

namespace Duomano.Server;

/// <summary>
/// What the next server is to know of a job, in a file of its folder. The file appears whole or not at all, and the result lies there before
/// the file says so: whenever a server is killed, each job is there as it was before its last change or after it.
/// </summary>
/// <param name="Version">Of the file's format.</param>
/// <param name="Number">Its place in the order of arrival.</param>
/// <param name="Name">What the upload was called.</param>
/// <param name="File">The upload, in the job's folder.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Video">What is done with a video.</param>
/// <param name="Style">In which style it is played.</param>
internal sealed record KeptJob(int Version, long Number, string Name, string File, MusicKind Kind, VideoUse? Video, string? Style)
{
    private const string FileName = "job.json";
    private const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>How it ended, where it has.</summary>
    public JobView? Ended { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Files in the folder that are deleted when it has ended.</summary>
    public IReadOnlyList<string> Unneeded { get; init; } = [];

    /// <summary>What there is to know of a job that waits.</summary>
    public static KeptJob Of(Job job) => new(CurrentVersion, job.Number, job.Input.Name, Path.GetFileName(job.Input.Path), job.Input.Kind, job.Input.Video, job.Input.Style) { Attempts = job.Attempts };

    /// <summary>Reads a job's folder; null where there is no whole job in it, as when a server was killed during an upload.</summary>
    public static KeptJob? Read(string folder)
    {
        try
        {
            var kept = JsonSerializer.Deserialize<KeptJob>(System.IO.File.ReadAllBytes(Path.Combine(folder, FileName)), Json);
            return kept is { Version: CurrentVersion, Name: not null, File: not null } && Path.GetFileName(kept.File) == kept.File ? kept : null;
        }
        catch (Exception error) when (error is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Lets the next server forget a job, before its files are deleted.</summary>
    public static void Delete(string folder) => WorkFolder.DeleteFile(Path.Combine(folder, FileName));

    public void Write(string folder) => WholeFile.Write(Path.Combine(folder, FileName), stream => JsonSerializer.Serialize(stream, this, Json));

    /// <summary>The upload, with the limits of this server.</summary>
    public JobInput Input(string folder, ServerOptions options) => new(Path.Combine(folder, File), Name, Kind, options.MostSeconds, options.MostNotes) { Video = Video, Style = Style };
}
