using System.Buffers;
using Duomano.Core.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Duomano.Server;

/// <summary>Takes uploads in.</summary>
internal static class Uploads
{
    private const int LongestName = 100;

    /// <summary>Stores the request's body and queues it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="queue">The jobs.</param>
    /// <param name="options">Limits.</param>
    /// <param name="name">What the file is called; never used as a path.</param>
    public static async Task<Results<Created<JobView>, ProblemHttpResult>> TakeAsync(HttpContext context, JobQueue queue, ServerOptions options, string? name)
    {
        // What can be refused without reading the body is.
        if (!MusicKinds.IsMusicType(context.Request.ContentType)) return Problems.WrongType();
        if (context.Request.ContentLength > options.MostBytes) return Problems.TooLarge(options);
        if (!queue.TryReserve()) return Problems.Full(context);

        var (id, folder) = queue.NewFolder();
        var queued = false;
        try
        {
            var body = context.Request.Body;
            var head = new byte[MusicKinds.HeadLength];
            var count = await body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, context.RequestAborted);
            if (MusicKinds.Recognise(head.AsSpan(0, count)) is not { } kind) return Problems.WrongType();
            var path = Path.Combine(folder, $"input{kind.Ending()}");
            if (!await StoreAsync(body, head.AsMemory(0, count), path, options.MostBytes, context.RequestAborted)) return Problems.TooLarge(options);

            var input = new JobInput(path, SafeName(name), kind, options.MostSeconds, options.MostNotes);
            try
            {
                await queue.InspectAsync(input, context.RequestAborted);
            }
            catch (UnreadableFileException error)
            {
                return Problems.Unusable(Problems.Describe(error, input));
            }

            var job = queue.Add(id, folder, input);
            queued = true;
            return TypedResults.Created($"/api/jobs/{id}", job.View);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge(options);
        }
        finally
        {
            if (!queued)
            {
                WorkFolder.Delete(folder);
                queue.GiveBack();
            }
        }
    }

    /// <summary>A name to show: without folders and ending, without what does not print, not too long.</summary>
    internal static string SafeName(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var plain = new string([.. last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)]);
        var stem = Path.GetFileNameWithoutExtension(plain).Trim();
        return stem.Length == 0 ? "music" : stem.Length > LongestName ? stem[..LongestName] : stem;
    }

    // False where there are more bytes than allowed; the length that was announced may be missing or a lie.
    private static async Task<bool> StoreAsync(Stream body, ReadOnlyMemory<byte> head, string path, long most, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true);
            await file.WriteAsync(head, cancellation);
            for (long total = head.Length; await body.ReadAsync(buffer, cancellation) is > 0 and var read;)
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
