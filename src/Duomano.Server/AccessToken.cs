using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Duomano.Server;

/// <summary>
/// Lets in whoever presents the server's token: programs in a header (Authorization: Bearer), browsers with a cookie that they get for
/// the token, since downloads, frames and event streams send no headers of their own.
/// </summary>
internal sealed class AccessToken
{
    public const int Shortest = 16;
    public const int Longest = 256;

    private const string Scheme = "Bearer ";
    private const string SessionPath = "/api/session";

    private readonly byte[] _token;

    // Of this run alone: whoever gets hold of a cookie never has the token.
    private readonly byte[] _session;
    private readonly string _cookie;

    public AccessToken(string token)
    {
        _token = Hash(token);
        _cookie = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _session = Hash(_cookie);
    }

    /// <summary>Whether it can be sent in a header and is too long to be guessed.</summary>
    public static bool IsUsable(string token) => token.Length is >= Shortest and <= Longest && token.All(sign => char.IsAsciiLetterOrDigit(sign) || "-._~+/=".Contains(sign, StringComparison.Ordinal));

    /// <summary>Refuses whoever presents nothing that is valid. The page is let through: it holds nothing of anybody's, and asks for the token.</summary>
    public void Guard(WebApplication app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (request.Path == SessionPath && HttpMethods.IsPost(request.Method) && IsHeaderRight(request))
        {
            // Cookies are shared by all ports of a computer, so each server's has a name of its own.
            context.Response.Cookies.Append(CookieName(context), _cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/" });
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (IsPage(request) || IsHeaderRight(request) || IsCookieRight(context))
        {
            await next(context);
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        await TypedResults.Problem("This server wants its token (Authorization: Bearer TOKEN).", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    });

    private static bool IsPage(HttpRequest request) => request.Path == "/" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    private static string CookieName(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"duomano-{context.Connection.LocalPort}");

    private bool IsHeaderRight(HttpRequest request)
    {
        var given = request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && IsSame(given[Scheme.Length..].Trim(), _token);
    }

    private bool IsCookieRight(HttpContext context) => context.Request.Cookies[CookieName(context)] is { } given && IsSame(given, _session);

    // Hashes are of one length, so the time that it takes tells nothing about the token, nor how long it is.
    private static bool IsSame(string given, byte[] expected) => CryptographicOperations.FixedTimeEquals(Hash(given), expected);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
