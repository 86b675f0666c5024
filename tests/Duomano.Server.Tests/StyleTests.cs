using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Duomano.Server.Tests;

/// <summary>Styles of playing that senders ask for.</summary>
public class StyleTests
{
    [Theory]
    [InlineData(null, "Piece: music")]
    [InlineData("person", "Piece: music")]
    [InlineData("CALM", "Piece: music, calm")]
    public async Task A_style_is_played_in(string? style, string title)
    {
        await using var server = await RunningServer.StartAsync();
        var job = await RunningServer.JobOf(await server.UploadStyledAsync(style));
        Assert.Equal(title, (await server.FollowAsync(job.Id))[^1].Name);
        Assert.Equal(["person", "calm"], (await server.Client.GetFromJsonAsync<JsonElement>("/api/limits")).GetProperty("styles").EnumerateArray().Select(known => known.GetString()));
    }

    [Fact]
    public async Task A_style_that_there_is_not_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal("style is person, calm, not 'angry'.", await RunningServer.ProblemOf(await server.UploadStyledAsync("angry"), HttpStatusCode.BadRequest));
        Assert.Empty(server.JobFolders);
    }
}
