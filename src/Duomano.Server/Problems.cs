using System.Text.RegularExpressions;
using Duomano.Core.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Duomano.Server;

/// <summary>Refusals as problem+json with one clear line.</summary>
internal static partial class Problems
{
    private const string Unknown = "It could not be made; the server's messages say more.";

    public static ProblemHttpResult WrongType() => Problem(
        StatusCodes.Status415UnsupportedMediaType, "This is no music that can be read: send a MIDI file, a MusicXML score, a recording (WAV, MP3, FLAC, Ogg, M4A, …) or a video (MP4, MOV, MKV, WebM, AVI).");

    public static ProblemHttpResult OtherFormat(string what) => Problem(StatusCodes.Status415UnsupportedMediaType, $"This is {what}.");

    public static ProblemHttpResult WrongDeclaredType() => Problem(
        StatusCodes.Status415UnsupportedMediaType, "Music is sent as audio/*, video/*, application/octet-stream or a type of MIDI or MusicXML.");

    public static ProblemHttpResult WrongStyle(string given, IReadOnlyList<string> styles) => Problem(
        StatusCodes.Status400BadRequest, styles.Count == 0 ? "This server plays in one style only." : $"style is {string.Join(", ", styles)}, not '{FileWords.Line(given)}'.");

    public static ProblemHttpResult WrongVideoUse(string given) => Problem(StatusCodes.Status400BadRequest, $"video is 'watch' or 'listen', not '{FileWords.Line(given)}'.");

    public static ProblemHttpResult TooLarge(long most) => Problem(StatusCodes.Status413PayloadTooLarge, $"The file is larger than {most / (1 << 20)} MiB.");

    public static ProblemHttpResult TooLargeWithoutPictures(ServerOptions options) => Problem(
        StatusCodes.Status413PayloadTooLarge, $"The file has no moving pictures and is larger than {options.MostBytes / (1 << 20)} MiB; only videos may be larger.");

    public static ProblemHttpResult Full(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "10";
        return Problem(StatusCodes.Status503ServiceUnavailable, "As many pieces as may are waiting; try again in a while.");
    }

    public static ProblemHttpResult Ending(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "30";
        return Problem(StatusCodes.Status503ServiceUnavailable, "The server is about to end; try again when it has been started again.");
    }

    public static ProblemHttpResult TooMany(HttpContext context, TimeSpan wait, string message)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problem(StatusCodes.Status429TooManyRequests, message);
    }

    public static ProblemHttpResult TooManyOfOne(HttpContext context, int most) => TooMany(context, TimeSpan.FromSeconds(10), $"One client may have {most} pieces waiting; try again when one of them is done.");

    public static ProblemHttpResult TooSlow() => Problem(StatusCodes.Status408RequestTimeout, "The upload took too long.");

    public static ProblemHttpResult BrokenOff(int status) => Problem(status, "The upload was not a whole request.");

    public static ProblemHttpResult Unusable(string message) => Problem(StatusCodes.Status422UnprocessableEntity, message);

    public static ProblemHttpResult NoSuchJob() => Problem(StatusCodes.Status404NotFound, "There is no such job; it may have been deleted.");

    public static ProblemHttpResult NoSuchFormat() => Problem(StatusCodes.Status404NotFound, "There is no such format, or the job is not done.");

    /// <summary>
    /// What is told of an error: its line, with the sender's name for the file instead of the path it lies at; nothing of it
    /// where it tells of other places of this computer.
    /// </summary>
    public static string Describe(Exception error, JobInput input)
    {
        if (error is not (UnreadableFileException or InvalidOperationException or ArgumentException)) return Unknown;
        var line = error.Message.Replace(input.Path, input.Name, StringComparison.Ordinal).ReplaceLineEndings(" ");
        return PathOnDisk().IsMatch(line) ? Unknown : line;
    }

    [GeneratedRegex(@"(?<![\w.\-)/\\])(/[^/\s]+/|[A-Za-z]:[\\/]|\\\\)|file:/", RegexOptions.CultureInvariant)]
    private static partial Regex PathOnDisk();

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
