using System.Net;

namespace Duomano.Server;

/// <summary>Where the server listens, and what it lets in.</summary>
public sealed record ServerOptions
{
    /// <summary>The address to listen on; this computer alone unless said otherwise.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port, or 0 for any free one.</summary>
    public int Port
    {
        get;
        init => field = value is >= 0 and <= 65535 ? value : throw new ArgumentOutOfRangeException(nameof(Port), value, $"A port is 0 to 65535, not {value}.");
    } = 5080;

    /// <summary>Names by which the server may be called besides this computer's own; a request for any other name is refused.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>What every request but the one for the page has to present; null where whoever reaches the server may use it.</summary>
    /// <exception cref="ArgumentException">It is too short to be safe, or has characters that headers do not carry.</exception>
    public string? Token
    {
        get;
        init => field = value is null || AccessToken.IsUsable(value) ? value
            : throw new ArgumentException($"A token is {AccessToken.Shortest} to {AccessToken.Longest} letters, digits and any of - . _ ~ + / =; this one has {value.Length} characters, or others among them.", nameof(Token));
    }

    /// <summary>Reverse proxies before the server, which are believed whom they ask for (X-Forwarded-For).</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Largest upload without moving pictures, bytes.</summary>
    public long MostBytes { get; init => field = Positive(value, nameof(MostBytes)); } = 200L << 20;

    /// <summary>Largest video, bytes: some 15 minutes of a phone's.</summary>
    public long MostVideoBytes { get; init => field = Positive(value, nameof(MostVideoBytes)); } = 2L << 30;

    /// <summary>Longest music, seconds.</summary>
    public double MostSeconds
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(MostSeconds), value, $"A length is more than 0 s, not {value} s.");
    } = 30 * 60;

    /// <summary>Most notes of a piece.</summary>
    public int MostNotes { get; init => field = (int)Positive(value, nameof(MostNotes)); } = 50_000;

    /// <summary>Jobs that may wait or be worked on at a time, uploads included.</summary>
    public int MostWaiting { get; init => field = (int)Positive(value, nameof(MostWaiting)); } = 16;

    /// <summary>Of <see cref="MostWaiting"/>, jobs and uploads that one client may have at a time.</summary>
    public int MostEach { get; init => field = (int)Positive(value, nameof(MostEach)); } = 12;

    /// <summary>Requests a minute that one client may make.</summary>
    public int MostRequests { get; init => field = (int)Positive(value, nameof(MostRequests)); } = 1200;

    /// <summary>Uploads that are received at a time.</summary>
    public int MostUploads { get; init => field = (int)Positive(value, nameof(MostUploads)); } = 32;

    /// <summary>How long an upload may take.</summary>
    public TimeSpan MostUploadTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Slowest upload, bytes a second.</summary>
    public int LeastRate { get; init => field = (int)Positive(value, nameof(LeastRate)); } = 4096;

    /// <summary>Files that are written for download at a time, each of which takes memory for its whole motion.</summary>
    public int MostWriting { get; init => field = (int)Positive(value, nameof(MostWriting)); } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Finished jobs that are kept; the oldest go first.</summary>
    public int MostKept { get; init => field = (int)Positive(value, nameof(MostKept)); } = 32;

    /// <summary>How long a job may be worked on.</summary>
    public TimeSpan MostWork { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a video may be watched, which takes a few times as long as playing it.</summary>
    public TimeSpan MostWatching { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long a finished job is kept.</summary>
    public TimeSpan Keep
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Keep), value, $"Jobs are kept for more than no time, not {value}.");
    } = TimeSpan.FromHours(6);

    /// <summary>Where uploads and results lie; each server has a folder of its own in it. It has to be this user's own.</summary>
    public string WorkFolder { get; init; } = Path.Combine(Path.GetTempPath(), $"duomano-serve-{Environment.UserName}");

    /// <summary>How long a server that is told to end waits for the job that is being worked on.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>A file to which a line is written for every request; null for none.</summary>
    public string? LogFile { get; init; }

    /// <summary>Where jobs lie that the next server is to know, too; null to forget them all when the server ends. One server at a time uses it.</summary>
    public string? KeepFolder { get; init; }

    /// <summary>Largest upload of any kind, bytes.</summary>
    internal long MostOfAny => Math.Max(MostBytes, MostVideoBytes);

    private static long Positive(long value, string name) => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"At least 1 is needed, not {value}.");
}
