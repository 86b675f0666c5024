using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Duomano.Server;

/// <summary>What is let in.</summary>
/// <param name="MostBytes">Largest file without moving pictures.</param>
/// <param name="MostVideoBytes">Largest video.</param>
/// <param name="MostSeconds">Longest music.</param>
/// <param name="MostNotes">Most notes of a piece.</param>
/// <param name="Styles">The styles of playing that can be asked for, the usual one first.</param>
internal sealed record Limits(long MostBytes, long MostVideoBytes, double MostSeconds, int MostNotes, IReadOnlyList<string> Styles);

/// <summary>The addresses of the server.</summary>
internal static class Endpoints
{
    public static void MapJobs(this WebApplication app)
    {
        var jobs = app.MapGroup("/api/jobs").WithTags("jobs");
        jobs.MapPost("/", (HttpContext context, JobQueue queue, ServerOptions options, [FromQuery] string? name, [FromQuery] string? video, [FromQuery] string? style) => Uploads.TakeAsync(context, queue, options, name, video, style))
            .WithName("upload").WithSummary("Queue a MIDI file, a score, a recording or a video of a pianist, sent as the request's body.")
            .AddOpenApiOperationTransformer(DescribeUpload)
            .ProducesProblem(400).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422).ProducesProblem(503);
        jobs.MapGet("/", (JobQueue queue) => queue.Jobs.Select(job => job.View).ToList())
            .WithName("jobs").WithSummary("All jobs that are known.");
        app.MapGet("/api/events", (JobQueue queue, HttpContext context) => TypedResults.ServerSentEvents(AtOnceAsync(context, queue.WatchAsync(context.RequestAborted))))
            .WithTags("jobs").WithName("all-events").WithSummary("Every job as it is now and at every change (job), and when it is no longer known (gone), as server-sent events without end.");
        jobs.MapGet("/{id}", Results<Ok<JobView>, ProblemHttpResult> (string id, JobQueue queue) => queue.Find(id) is { } job ? TypedResults.Ok(job.View) : Problems.NoSuchJob())
            .WithName("job").WithSummary("How far a job is.").ProducesProblem(404);
        jobs.MapGet("/{id}/events", Results<ServerSentEventsResult<JobView>, ProblemHttpResult> (string id, JobQueue queue, HttpContext context) =>
                queue.Find(id) is { } job ? TypedResults.ServerSentEvents(job.WatchAsync(queue.Stopping, context.RequestAborted), "job") : Problems.NoSuchJob())
            .WithName("events").WithSummary("The job at every change, as server-sent events, until it ends.").ProducesProblem(404);
        jobs.MapDelete("/{id}", Results<NoContent, ProblemHttpResult> (string id, JobQueue queue) => queue.Remove(id) ? TypedResults.NoContent() : Problems.NoSuchJob())
            .WithName("delete").WithSummary("Cancel a job, or delete what it made.").ProducesProblem(404);
        jobs.MapGet("/{id}/files/{format}", FileAsync)
            .WithName("download").WithSummary("The motion in one of the job's formats.").Produces<Stream>(200, "application/octet-stream").ProducesProblem(404);
        jobs.MapGet("/{id}/page", PageAsync)
            .WithName("page").WithSummary("The page that shows the hands.").Produces<string>(200, "text/html").ProducesProblem(404);
    }

    public static void MapLimits(this WebApplication app) => app.MapGet("/api/limits", (ServerOptions options, JobQueue queue) => new Limits(options.MostBytes, options.MostOfAny, options.MostSeconds, options.MostNotes, queue.Styles))
        .WithTags("server").WithName("limits").WithSummary("How large and how long uploads may be, and in which styles they can be played.");

    // Headers would leave with the first event, and a server without jobs has none: the page would never know that it is there.
    private static async IAsyncEnumerable<SseItem<JobView>> AtOnceAsync(HttpContext context, IAsyncEnumerable<SseItem<JobView>> events)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var item in events) yield return item;
    }

    public static void MapPage(this WebApplication app) => app.MapGet("/", () =>
    {
        var page = typeof(Endpoints).Assembly.GetManifestResourceStream("Duomano.studio.html");
        return page is null
            ? Results.Problem("This build has no page in it, because Node was missing when it was built; the interface at /api works all the same (/openapi/v1.json).", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Stream(page, "text/html; charset=utf-8");
    }).ExcludeFromDescription();

    // Described here and not as what the route accepts: refusals are to say in words what is taken.
    private static Task DescribeUpload(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var binary = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["audio/*"] = binary, ["video/*"] = binary, ["application/octet-stream"] = binary, ["application/ogg"] = binary },
        };
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.Name == "name") parameter.Description = "What the file is called.";
            if (parameter.Name == "style") parameter.Description = "In which style it is played, of those that /api/limits tells; the usual one if not given. Without meaning for videos that are watched.";
            if (parameter.Name != "video") continue;
            parameter.Description = "What is done with a file that has moving pictures: watch the hands in them, or listen to the sound only. Watched where that can be done if not given; without meaning for other files.";
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["watch", "listen"] };
        }

        return Task.CompletedTask;
    }

    private static async Task<IResult> FileAsync(string id, string format, JobQueue queue, HttpContext context)
    {
        if (queue.Find(id) is not { } job) return Problems.NoSuchJob();
        if (await job.FileAsync(format, queue.Stopping, context.RequestAborted) is not { } path) return Problems.NoSuchFormat();
        return TypedResults.PhysicalFile(path, "application/octet-stream", $"{job.View.Name}.{format}", enableRangeProcessing: true);
    }

    // In a sandbox: what the page says comes from the upload, and it needs nothing of this server.
    private static async Task<IResult> PageAsync(string id, JobQueue queue, HttpContext context)
    {
        if (queue.Find(id) is not { } job) return Problems.NoSuchJob();
        if (await job.FileAsync("html", queue.Stopping, context.RequestAborted) is not { } path) return Problems.NoSuchFormat();
        context.Response.Headers.ContentSecurityPolicy = "sandbox allow-scripts; frame-ancestors 'self'";
        return TypedResults.PhysicalFile(path, "text/html; charset=utf-8");
    }
}
