using System.Buffers;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Duomano.Server;

/// <summary>Takes uploads in.</summary>
internal static class Uploads
{
    /// <summary>Stores the request's body and queues it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="queue">The jobs.</param>
    /// <param name="options">Limits.</param>
    /// <param name="name">What the file is called; never used as a path.</param>
    /// <param name="video">What is to be done with a video, as the sender says it.</param>
    /// <param name="style">In which style it is to be played, as the sender says it.</param>
    public static async Task<Results<Created<JobView>, ProblemHttpResult>> TakeAsync(HttpContext context, JobQueue queue, ServerOptions options, string? name, string? video, string? style)
    {
        // What can be refused without reading the body is.
        if (!MusicTypes.Accepts(context.Request.ContentType)) return Problems.WrongDeclaredType();
        if (!TryParse(video, out var use)) return Problems.WrongVideoUse(video!);
        var manner = queue.Styles.FirstOrDefault(known => string.Equals(known, style, StringComparison.OrdinalIgnoreCase));
        if (manner is null && !string.IsNullOrEmpty(style)) return Problems.WrongStyle(style, queue.Styles);
        var most = MusicTypes.MayBeVideo(context.Request.ContentType) ? options.MostOfAny : options.MostBytes;
        if (context.Request.ContentLength > most) return Problems.TooLarge(most);
        if (queue.IsEnding) return Problems.Ending(context);
        var client = ClientLimits.Of(context);
        if (queue.Free == 0) return Problems.Full(context);
        if (!queue.TryBeginFor(client)) return Problems.TooManyOfOne(context, options.MostEach);
        if (!queue.TryBeginUpload())
        {
            queue.EndFor(client);
            return Problems.Full(context);
        }

        // A place is taken when the file is there: whoever sends slowly keeps nobody waiting.
        var (id, folder) = queue.NewFolder();
        using var body = new TimedBody(context.Request.BodyReader, options.MostUploadTime);
        var queued = false;
        try
        {
            var head = new byte[MusicKinds.HeadLength];
            var count = await body.FillAsync(head);
            if (OtherFormats.Describe(head.AsSpan(0, count)) is { } other) return Problems.OtherFormat(other);
            if (MusicKinds.Recognise(head.AsSpan(0, count)) is not { } kind) return Problems.WrongType();
            if (!kind.MayBeVideo()) most = options.MostBytes;
            var path = Path.Combine(folder, $"input{kind.Ending()}");
            if (!await StoreAsync(body, head.AsMemory(0, count), path, most, context.RequestAborted)) return Problems.TooLarge(most);

            var input = new JobInput(path, SafeName(name), kind, options.MostSeconds, options.MostNotes) { Video = use, Style = manner };
            try
            {
                input = await queue.InspectAsync(input, context.RequestAborted);
            }
            catch (UnreadableFileException error)
            {
                return Problems.Unusable(Problems.Describe(error, input));
            }

            if (input.Video is null && new FileInfo(path).Length > options.MostBytes) return Problems.TooLargeWithoutPictures(options);
            if (queue.IsEnding) return Problems.Ending(context);
            if (!queue.TryReserve()) return Problems.Full(context);
            var job = queue.Add(id, folder, input, client);
            queued = true;
            return TypedResults.Created($"/api/jobs/{id}", job.View);
        }
        catch (BadHttpRequestException error)
        {
            return error.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => Problems.TooLarge(most),
                StatusCodes.Status408RequestTimeout => Problems.TooSlow(),
                var status => Problems.BrokenOff(status),
            };
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Problems.TooSlow();
        }
        finally
        {
            if (!queued)
            {
                WorkFolder.Delete(folder);
                queue.EndFor(client);
            }

            queue.EndUpload();
        }
    }

    /// <summary>A name to show: without folders and ending, without what does not print, not too long.</summary>
    internal static string SafeName(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var stem = FileWords.Line(Path.GetFileNameWithoutExtension(last));
        return stem.Length == 0 ? "music" : stem;
    }

    // Numbers are names to Enum.TryParse, too.
    private static bool TryParse(string? video, out VideoUse? use)
    {
        use = video?.ToLowerInvariant() switch { "watch" => VideoUse.Watch, "listen" => VideoUse.Listen, _ => null };
        return use is not null || string.IsNullOrEmpty(video);
    }

    // False where there are more bytes than allowed; the length that was announced may be missing or a lie.
    private static async Task<bool> StoreAsync(TimedBody body, ReadOnlyMemory<byte> head, string path, long most, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true);
            await file.WriteAsync(head, cancellation);
            for (long total = head.Length; await body.ReadAsync(buffer) is > 0 and var read;)
            {
                total += read;
                if (total > most) return false;
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
