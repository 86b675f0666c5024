using System.IO.Compression;
using System.Net;
using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Formats.Glb;

namespace Duomano.Formats.Html;

/// <summary>
/// Writes motion as one web page that is complete in itself: the scene of <see cref="GlbMotion"/> or one that is given, the notes, the sound, and
/// the program that shows and plays them. Nothing is fetched when the page is opened; it needs no network and no server.
/// </summary>
public static class HtmlMotion
{
    private const string TitleMark = "{{title}}";
    private const string PayloadMark = "<!--payload-->";

    // How much of the work it is to make the scene, and of that to make it before it is compressed.
    private const double Packed = 0.95;
    private const double Made = 0.6;

    private static readonly Lazy<string?> Template = new(() => ReadTemplate());

    /// <summary>Whether this build has the page in it; it has where Node was there when it was built.</summary>
    public static bool IsAvailable => Template.Value is not null;

    /// <summary>Fails unless pages can be written.</summary>
    /// <param name="path">The page that is wanted, for the message.</param>
    /// <exception cref="PageMissingException">This build has no page in it.</exception>
    public static void EnsureAvailable(string path)
    {
        if (!IsAvailable) throw new PageMissingException(path);
    }

    /// <summary>Writes a page.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="clip">The motion.</param>
    /// <param name="page">Title, credits, pedal and sound.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <exception cref="PageMissingException">This build has no page in it.</exception>
    public static void Write(string path, TwoHandClip clip, HtmlPage? page = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        EnsureAvailable(path);
        WholeFile.Write(path, stream => Write(stream, clip, page, progress, cancellation), cancellation);
    }

    /// <summary>Writes a page to a stream; see <see cref="Write(string, TwoHandClip, HtmlPage?, IProgress{double}?, CancellationToken)"/>.</summary>
    public static void Write(Stream stream, TwoHandClip clip, HtmlPage? page = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        page ??= new();
        var template = Template.Value ?? throw new PageMissingException("page");
        var split = template.IndexOf(PayloadMark, StringComparison.Ordinal);
        Text(stream, template[..split].Replace(TitleMark, WebUtility.HtmlEncode(page.Title), StringComparison.Ordinal));

        Text(stream, "<script type=\"application/json\" id=\"piece\">");
        PieceJson.Write(stream, clip, page);
        Text(stream, "</script>\n<script type=\"text/plain\" id=\"scene\">");
        Base64(stream, Scene(clip, page, progress.Part(0, Packed), cancellation));
        Text(stream, "</script>\n");
        if (page.Sound is { } sound)
        {
            Text(stream, $"<script type=\"text/plain\" id=\"recording\" data-type=\"{WebUtility.HtmlEncode(sound.MediaType)}\">");
            Base64(stream, sound.Data.Span);
            Text(stream, "</script>\n");
        }

        Text(stream, template[(split + PayloadMark.Length)..]);
        progress?.Report(1);
    }

    private static ReadOnlySpan<byte> Scene(TwoHandClip clip, HtmlPage page, IProgress<double>? progress, CancellationToken cancellation)
    {
        // SharpGLTF wants to go back in what it writes.
        using var plain = new MemoryStream();
        if (page.Scene is { } scene) scene(plain, progress.Part(0, Made));
        else GlbMotion.Write(plain, clip, null, progress.Part(0, Made), cancellation);
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var (rest, piece) = (plain.GetBuffer().AsMemory(0, (int)plain.Length), 1 << 20); rest.Length > 0; rest = rest[Math.Min(piece, rest.Length)..])
            {
                cancellation.ThrowIfCancellationRequested();
                gzip.Write(rest.Span[..Math.Min(piece, rest.Length)]);
                progress?.Report(1 - (1 - Made) * (rest.Length - Math.Min(piece, rest.Length)) / plain.Length);
            }
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static void Text(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static void Base64(Stream stream, ReadOnlySpan<byte> bytes)
    {
        const int Piece = 48 * 1024; // a multiple of 3: pieces join without padding
        var encoded = new byte[Base64Length(Piece)];
        for (; bytes.Length > 0; bytes = bytes[Math.Min(Piece, bytes.Length)..])
        {
            System.Buffers.Text.Base64.EncodeToUtf8(bytes[..Math.Min(Piece, bytes.Length)], encoded, out _, out var written);
            stream.Write(encoded, 0, written);
        }

        static int Base64Length(int length) => System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(length);
    }

    private static string? ReadTemplate()
    {
        using var resource = typeof(HtmlMotion).Assembly.GetManifestResourceStream("Duomano.player.html");
        if (resource is null) return null;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>A page is wanted, and this build has none in it. The message says how to help.</summary>
public sealed class PageMissingException : InvalidOperationException
{
    /// <summary>Says for which file.</summary>
    /// <param name="path">The page that is wanted.</param>
    public PageMissingException(string path)
        : base($"{path}: this build of duomano has no page in it, because Node was missing when it was built; install Node 20.19 or newer (nodejs.org) and build again")
    {
    }
}
