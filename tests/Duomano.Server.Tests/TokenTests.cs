using System.Net;
using System.Net.Http.Headers;

namespace Duomano.Server.Tests;

/// <summary>Who knows the token is let in, and nobody else.</summary>
public class TokenTests
{
    private const string Token = "a-token-of-the-tests";

    [Theory]
    [InlineData("GET", "/api/jobs")]
    [InlineData("POST", "/api/jobs?name=x.mid")]
    [InlineData("GET", "/api/events")]
    [InlineData("GET", "/api/limits")]
    [InlineData("GET", "/api/jobs/x/files/glb")]
    [InlineData("GET", "/api/jobs/x/page")]
    [InlineData("DELETE", "/api/jobs/x")]
    [InlineData("POST", "/api/session")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/nothing")]
    public async Task Without_it_everything_is_refused(string method, string path)
    {
        await using var server = await RunningServer.StartAsync(new() { Token = Token });
        foreach (var given in (string?[])[null, "Bearer", "Bearer a-token-of-the-test", $"Bearer {Token}x", $"Basic {Token}", Token])
        {
            using var request = new HttpRequestMessage(new(method), path);
            if (given is not null) Assert.True(request.Headers.TryAddWithoutValidation("Authorization", given));
            using var answer = await server.Client.SendAsync(request);
            await RunningServer.ProblemOf(answer, HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        Assert.Empty(server.JobFolders);
    }

    [Fact]
    public async Task With_it_in_a_header_everything_works()
    {
        await using var server = await RunningServer.StartAsync(new() { Token = Token });
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var job = await RunningServer.JobOf(await server.UploadAsync());
        Assert.Equal(JobState.Done, (await server.FollowAsync(job.Id))[^1].State);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync($"/api/jobs/{job.Id}/files/glb")).StatusCode);
    }

    [Fact]
    public async Task The_page_is_everybodys_and_holds_nothing_of_it()
    {
        await using var server = await RunningServer.StartAsync(new() { Token = Token });
        using var page = await server.Client.GetAsync("/");
        Assert.NotEqual(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.DoesNotContain(Token, await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal($"{server.Url}/#token={Token}", server.PageUrl);
    }

    [Fact]
    public async Task A_cookie_is_given_for_it_that_no_script_reads_and_no_other_site_sends()
    {
        await using var server = await RunningServer.StartAsync(new() { Token = Token });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Headers = { Authorization = new("Bearer", Token) } };
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);

        // The client keeps cookies as a browser does.
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/api/jobs")).StatusCode);

        // It is worth nothing to the next server.
        await using var other = await RunningServer.StartAsync(new() { Token = Token });
        using var stolen = new HttpRequestMessage(HttpMethod.Get, "/api/jobs");
        stolen.Headers.Add("Cookie", $"duomano-{new Uri(other.Url).Port}={cookie.Split(';')[0].Split('=')[1]}");
        await RunningServer.ProblemOf(await other.Client.SendAsync(stolen), HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("sixteen letters and spaces")]
    [InlineData("sixteen\nletters.and.more")]
    public void Tokens_that_are_guessed_or_cannot_be_sent_are_refused(string token) => Assert.Throws<ArgumentException>(() => new ServerOptions { Token = token });
}
