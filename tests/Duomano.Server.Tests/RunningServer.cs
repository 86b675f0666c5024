using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Duomano.Tests;

namespace Duomano.Server.Tests;

/// <summary>A server on a free port with a client; everything is gone after the test.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly MotionServer _server;
    private readonly TemporaryFolder _folder;
    private bool _stopped;

    private RunningServer(MotionServer server, TemporaryFolder folder, FakeMaker maker, System.Collections.Concurrent.ConcurrentQueue<string> said)
    {
        Said = said;
        _server = server;
        _folder = folder;
        Maker = maker;
        Client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = new(server.Url), Timeout = TimeSpan.FromMinutes(5) };
    }

    /// <summary>Nothing that a test waits for takes longer, even where others use the machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static byte[] Midi { get; } = [.. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, 1, 0xe0, .. "MTrk"u8, 0, 0, 0, 4, 0, 0xff, 0x2f, 0];

    /// <summary>The beginning of a file that may be a video.</summary>
    public static byte[] Mp4 { get; } = [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 2, 0];

    public HttpClient Client { get; }

    public FakeMaker Maker { get; }

    /// <summary>Lines the server has told whoever runs it.</summary>
    public IReadOnlyCollection<string> Said { get; }

    public string Url => _server.Url;

    public string PageUrl => _server.PageUrl;

    public string WorkFolder => _folder.PathOf("work");

    /// <summary>Folders of jobs.</summary>
    public string[] JobFolders => [.. Directory.GetDirectories(WorkFolder).SelectMany(Directory.GetDirectories)];

    public static async Task<RunningServer> StartAsync(ServerOptions? options = null)
    {
        var folder = new TemporaryFolder();
        var maker = new FakeMaker();
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
        return new(await MotionServer.StartAsync(maker, (options ?? new()) with { Port = 0, WorkFolder = folder.PathOf("work") }, said.Enqueue), folder, maker, said);
    }

    public Task<HttpResponseMessage> UploadAsync(string name = "music.mid", byte[]? content = null, string type = "audio/midi") =>
        Client.SendAsync(Upload(name, new ByteArrayContent(content ?? Midi) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }));

    public async Task<HttpResponseMessage> UploadStyledAsync(string? style)
    {
        using var body = new ByteArrayContent(Midi) { Headers = { ContentType = new MediaTypeHeaderValue("audio/midi") } };
        return await Client.PostAsync($"/api/jobs?name=music.mid{(style is null ? "" : $"&style={style}")}", body);
    }

    public async Task<HttpResponseMessage> UploadVideoAsync(string name, string? video = null, byte[]? content = null)
    {
        using var body = new ByteArrayContent(content ?? Mp4) { Headers = { ContentType = new MediaTypeHeaderValue("video/mp4") } };
        return await Client.PostAsync($"/api/jobs?name={Uri.EscapeDataString(name)}{(video is null ? "" : $"&video={Uri.EscapeDataString(video)}")}", body);
    }

    public static HttpRequestMessage Upload(string name, HttpContent content) => new(HttpMethod.Post, $"/api/jobs?name={Uri.EscapeDataString(name)}") { Content = content };

    public static async Task<JobView> JobOf(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JobView>(Json))!;
    }

    public static async Task<string> ProblemOf(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var detail = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()!;
        Assert.DoesNotContain('\n', detail);
        return detail;
    }

    public async Task<JobView?> LookAsync(string id)
    {
        using var response = await Client.GetAsync($"/api/jobs/{id}");
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JobView>(Json) : null;
    }

    public async Task<List<JobView>> ListAsync() => (await Client.GetFromJsonAsync<List<JobView>>("/api/jobs", Json))!;

    /// <summary>All that is told of all jobs, from now on.</summary>
    public async IAsyncEnumerable<(string Event, JobView Job)> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stream = await Client.GetStreamAsync("/api/events", cancellation);
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<JobView>(data, Json)!).EnumerateAsync(cancellation)) yield return (item.EventType, item.Data);
    }

    /// <summary>All that is told of a job until it ends.</summary>
    public async Task<List<JobView>> FollowAsync(string id)
    {
        using var stream = await Client.GetStreamAsync($"/api/jobs/{id}/events");
        var views = new List<JobView>();
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<JobView>(data, Json)!).EnumerateAsync()) views.Add(item.Data);
        return views;
    }

    /// <summary>
    /// Waits until so many jobs have a folder: one whose file is being written loses it when the writing has stopped, which nobody is told.
    /// </summary>
    public async Task WaitForFoldersAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (JobFolders.Length != count) await Task.Delay(5, patience.Token);
    }

    /// <summary>Runs until it is told to end.</summary>
    public Task RunAsync(CancellationToken cancellation) => _server.RunAsync(cancellation);

    /// <summary>Ends the server before the test ends.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        await _server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Maker.Open();
        Client.Dispose();
        if (!_stopped) await _server.DisposeAsync();
        Maker.Dispose();
        if (Directory.Exists(WorkFolder)) Assert.Empty(Directory.GetDirectories(WorkFolder));
        _folder.Dispose();
    }
}
