using Duomano.Tests;

namespace Duomano.Server.Tests;

/// <summary>The server's page in a real browser; tests/web/studio.mjs says what is looked at.</summary>
public class StudioPageTest_Browser
{
    [Fact]
    public async Task The_page_takes_music_and_shows_hands()
    {
        Assert.SkipUnless(Capabilities.Browser, "chromium, node or npm is not installed");
        await using var server = await RunningServer.StartAsync();
        using var page = await server.Client.GetAsync("/");
        Assert.SkipUnless(page.IsSuccessStatusCode, "this build has no page in it (no Node when it was built)");
        using var folder = new TemporaryFolder();
        var music = folder.WithFile("A piece.mid", RunningServer.Midi);
        var broken = folder.WithFile("broken.mid", RunningServer.Midi);
        var film = folder.WithFile("film without hands.mp4", RunningServer.Mp4);
        AllHold(await Task.Run(() => Browser.Run("studio.mjs", server.Url, music, broken, film)), 5);
    }

    [Fact]
    public async Task The_page_enters_with_a_token()
    {
        Assert.SkipUnless(Capabilities.Browser, "chromium, node or npm is not installed");
        await using var server = await RunningServer.StartAsync(new() { Token = "a-token-of-the-tests" });
        using var page = await server.Client.GetAsync("/");
        Assert.SkipUnless(page.IsSuccessStatusCode, "this build has no page in it (no Node when it was built)");
        using var folder = new TemporaryFolder();
        var music = folder.WithFile("A piece.mid", RunningServer.Midi);
        AllHold(await Task.Run(() => Browser.Run("token.mjs", server.Url, server.PageUrl, music)), 4);
    }

    private static void AllHold(Dictionary<string, string?> found, int least)
    {
        Assert.True(found.Count >= least, $"only {found.Count} checks");
        string[] failed = [.. found.Where(check => check.Value is not null).Select(check => $"{check.Key}: {check.Value}")];
        Assert.True(failed.Length == 0, string.Join('\n', failed));
    }
}
