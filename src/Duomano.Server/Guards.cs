using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Duomano.Server;

/// <summary>What every request goes through: only this site's own pages may ask for changes, and browsers are told to be strict.</summary>
internal static class Guards
{
    private const string Policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; media-src blob:; connect-src 'self' blob: data:; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    private const string Named = "named";

    /// <summary>Refuses requests for other names, and says how a name is let in.</summary>
    public static void UseHostNames(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Items.ContainsKey(Named) || context.Response.HasStarted || context.Response.StatusCode != StatusCodes.Status400BadRequest) return;
            await TypedResults.Problem(
                "This server is not called by this name. Whoever runs it lets a name in by starting it with --host NAME, NAME being what stands in the browser's address.",
                statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
        });
        app.UseHostFiltering();
        app.Use((context, next) =>
        {
            context.Items[Named] = true;
            return next(context);
        });
    }

    public static void UseGuards(this WebApplication app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";

        // The pages' own policies name their scripts by hash; this one holds for everything else.
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && IsForeign(context.Request))
        {
            await TypedResults.Problem("Only this server's own page may ask for this.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    // Another site's page that a browser sends here; programs that are no browsers send neither header.
    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none")) return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
