using System.Net;
using Duomano.Tests;
using Microsoft.AspNetCore.Http;

namespace Duomano.Server.Tests;

/// <summary>No client takes everything.</summary>
public class ClientLimitTests
{
    [Fact]
    public async Task One_client_has_so_many_pieces_at_a_time()
    {
        await using var server = await RunningServer.StartAsync(new() { MostEach = 2 });
        server.Maker.Close();
        var first = await RunningServer.JobOf(await server.UploadAsync("wait 1.mid"));
        var second = await RunningServer.JobOf(await server.UploadAsync("wait 2.mid"));
        using var refused = await server.UploadAsync("wait 3.mid");
        Assert.Equal("One client may have 2 pieces waiting; try again when one of them is done.", await RunningServer.ProblemOf(refused, HttpStatusCode.TooManyRequests));
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter?.Delta);

        // One that is cancelled gives its place back, as do those that are done and uploads that are refused.
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/jobs/{second.Id}")).StatusCode);
        for (var i = 0; i < 3; i++) await RunningServer.ProblemOf(await server.UploadAsync("broken.mid"), HttpStatusCode.UnprocessableEntity);
        var third = await RunningServer.JobOf(await server.UploadAsync("wait 3.mid"));
        await RunningServer.ProblemOf(await server.UploadAsync("wait 4.mid"), HttpStatusCode.TooManyRequests);
        server.Maker.Open();
        await server.FollowAsync(first.Id);
        await server.FollowAsync(third.Id);
        for (var i = 0; i < 3; i++) await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync(i == 1 ? "fails.mid" : "x.mid"))).Id);
    }

    [Fact]
    public async Task One_client_makes_so_many_requests_a_minute_wrong_tokens_among_them()
    {
        await using var server = await RunningServer.StartAsync(new() { MostRequests = 5, Token = "a-token-of-the-tests" });
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/jobs") { Headers = { Authorization = new("Bearer", $"a-guess-of-the-tests-{i}") } };
            await RunningServer.ProblemOf(await server.Client.SendAsync(request), HttpStatusCode.Unauthorized);
        }

        using var refused = await server.Client.GetAsync("/");
        Assert.Equal("One client may make 5 requests a minute; try again in a while.", await RunningServer.ProblemOf(refused, HttpStatusCode.TooManyRequests));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("::1/128", false)]
    [InlineData(null, false)]
    public async Task Behind_a_proxy_that_is_known_each_is_a_client_and_nobody_else_is_believed(string? proxy, bool isBelieved)
    {
        using var folder = new TemporaryFolder();
        var log = folder.PathOf("access.log");
        await using (var server = await RunningServer.StartAsync(new() { MostRequests = 2, LogFile = log, Proxies = proxy is null ? [] : [IPNetwork.Parse(proxy)] }))
        {
            for (var i = 0; i < 4; i++)
            {
                // The first is what a client might send itself to seem another one: only who speaks to the proxy counts.
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/limits") { Headers = { { "X-Forwarded-For", $"192.0.2.{100 + i}, 192.0.2.{i / 2}" } } };
                using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal(isBelieved || i < 2 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, answer.StatusCode);
            }
        }

        string[] clients = [.. (await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken)).Select(line => line.Split(' ')[1])];
        Assert.Equal(isBelieved ? ["192.0.2.0", "192.0.2.0", "192.0.2.1", "192.0.2.1"] : Enumerable.Repeat("127.0.0.1", 4), clients);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("::1", "::1")]
    public void A_client_is_an_address_or_a_network_of_one_host(string address, string client)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        Assert.Equal(IPAddress.Parse(client), ClientLimits.Of(context));
    }
}
