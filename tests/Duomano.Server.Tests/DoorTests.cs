using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Duomano.Tests;

namespace Duomano.Server.Tests;

/// <summary>What is not let in.</summary>
public class DoorTests
{
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Other_types_are_refused(string type)
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new ByteArrayContent(RunningServer.Midi) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        await RunningServer.ProblemOf(await server.Client.SendAsync(RunningServer.Upload("x.mid", content)), HttpStatusCode.UnsupportedMediaType);
        Assert.Empty(server.JobFolders);
    }

    [Theory]
    [InlineData("#EXTM3U\nhttp://example.org/x.ts\n")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n")]
    [InlineData("<svg/>")]
    [InlineData("")]
    public async Task What_only_claims_to_be_music_is_refused(string text)
    {
        await using var server = await RunningServer.StartAsync();
        await RunningServer.ProblemOf(await server.UploadAsync("x.mp3", Encoding.UTF8.GetBytes(text), "audio/mpeg"), HttpStatusCode.UnsupportedMediaType);
        Assert.Empty(server.JobFolders);
    }

    [Theory]
    [InlineData("X:1\nT:Scale\nK:C\nCDEF|", "This is a score in ABC: export it as MusicXML or MIDI.")]
    [InlineData("PK\u0003\u0004 song.mscx", "This is a MuseScore score: export it as MusicXML or MIDI.")]
    public async Task Formats_that_are_not_read_are_named_and_what_helps(string text, string told)
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(told, await RunningServer.ProblemOf(await server.UploadAsync("x.mid", Encoding.UTF8.GetBytes(text), "audio/midi"), HttpStatusCode.UnsupportedMediaType));
        Assert.Empty(server.JobFolders);
    }

    [Theory]
    [InlineData("../../../etc/passwd.mid", "passwd")]
    [InlineData("..\\..\\windows\\x.mid", "x")]
    [InlineData("/", "music")]
    [InlineData("a\0b\r\nc\u202e.mid", "ab c")]
    public async Task Names_are_only_shown(string name, string shown)
    {
        await using var server = await RunningServer.StartAsync();
        var job = await RunningServer.JobOf(await server.UploadAsync(name));
        Assert.Equal(shown, job.Name);
        Assert.Equal(JobState.Done, (await server.FollowAsync(job.Id))[^1].State);
        Assert.Equal(["input.mid"], Directory.GetFiles(Assert.Single(server.JobFolders)).Select(Path.GetFileName));
    }

    [Fact]
    public void Long_names_are_cut() => Assert.Equal(100, Uploads.SafeName(new string('x', 5000)).Length);

    [Fact]
    public async Task Two_gigabytes_are_refused_before_they_are_sent()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = new TcpClient("127.0.0.1", new Uri(server.Url).Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: audio/midi\r\nContent-Length: 2147483648\r\n\r\nMThd"));
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await reader.ReadLineAsync(new CancellationTokenSource(RunningServer.Patience).Token));
        Assert.Empty(server.JobFolders);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_cut_off_at_the_limit()
    {
        await using var server = await RunningServer.StartAsync(new() { MostBytes = 100_000 });
        using var content = new StreamContent(new Endless()) { Headers = { ContentType = new("audio/midi") } };
        using var request = RunningServer.Upload("x.mid", content);
        request.Headers.TransferEncodingChunked = true;
        request.Headers.ExpectContinue = false;
        try
        {
            await RunningServer.ProblemOf(await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead), HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException)
        {
            // The server hung up before the client had read its answer.
        }

        Assert.Empty(server.JobFolders);
        Assert.Equal(0, server.Maker.Made);
        await RunningServer.JobOf(await server.UploadAsync());
    }

    [Fact]
    public async Task A_body_in_pieces_arrives_whole()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = new TcpClient("127.0.0.1", new Uri(server.Url).Port) { NoDelay = true };
        await using var stream = socket.GetStream();
        async Task Send(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        await Send("POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: audio/wav\r\nTransfer-Encoding: chunked\r\n\r\n");
        await Send("10\r\nRIFF....WAVEfmt \r\n");

        // Each in packets of its own, so that the server reads announcements of pieces without the pieces.
        for (var i = 0; i < 500; i++)
        {
            await Send("64\r\n");
            await Send(new string('x', 100));
            await Send("\r\n");
        }

        await Send("0\r\n\r\n");
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 201 Created", await reader.ReadLineAsync(new CancellationTokenSource(RunningServer.Patience).Token));
        Assert.Equal(50_016, new FileInfo(Path.Combine(Assert.Single(server.JobFolders), "input.wav")).Length);
    }

    [Fact]
    public async Task Reads_that_bring_nothing_are_no_end()
    {
        var pipe = new Pipe();
        using var body = new TimedBody(pipe.Reader, RunningServer.Patience);
        var read = body.ReadAsync(new byte[10]);
        await pipe.Writer.FlushAsync(TestContext.Current.CancellationToken);
        await pipe.Writer.WriteAsync(new byte[3], TestContext.Current.CancellationToken);
        Assert.Equal(3, await read);
        await pipe.Writer.CompleteAsync();
        Assert.Equal(0, await body.ReadAsync(new byte[10]));
    }

    [Fact]
    public async Task Who_hangs_up_leaves_nothing_behind()
    {
        await using var server = await RunningServer.StartAsync(new() { MostWaiting = 1 });
        using (var socket = new TcpClient("127.0.0.1", new Uri(server.Url).Port))
        {
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: audio/midi\r\nContent-Length: 5000\r\n\r\nMThd and then nothing"));
            await server.WaitForFoldersAsync(1);

            // Nobody waits for whoever sends slowly.
            await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync())).Id);
            Assert.Equal(2, server.JobFolders.Length);
        }

        await server.WaitForFoldersAsync(1);
    }

    [Fact]
    public async Task Who_sends_for_too_long_is_told_so_without_a_trace()
    {
        await using var server = await RunningServer.StartAsync(new() { MostUploadTime = TimeSpan.FromMilliseconds(100) });
        using var socket = new TcpClient("127.0.0.1", new Uri(server.Url).Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: audio/midi\r\nContent-Length: 5000\r\n\r\nMThd and then nothing"));
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync(new CancellationTokenSource(RunningServer.Patience).Token));
        await server.WaitForFoldersAsync(0);

        // What the web server has to say of a request it says after the answer: when the connection is over, all is said.
        socket.Client.Shutdown(SocketShutdown.Send);
        try
        {
            while (await reader.ReadLineAsync(new CancellationTokenSource(RunningServer.Patience).Token) is not null)
            {
            }
        }
        catch (IOException)
        {
            // The server may close it harshly, since not all of the body was sent.
        }

        Assert.True(server.Said.Count == 0, string.Join('\n', server.Said));
    }

    [Fact]
    public async Task What_keeps_it_from_listening_is_told_in_one_line()
    {
        await using var server = await RunningServer.StartAsync();
        using var folder = new TemporaryFolder();
        var port = new Uri(server.Url).Port;
        var said = new List<string>();
        using var maker = new FakeMaker();
        var taken = await Assert.ThrowsAsync<InvalidOperationException>(() => MotionServer.StartAsync(maker, new() { Port = port, WorkFolder = folder.PathOf("work") }, said.Add));
        Assert.Equal($"Port {port} of 127.0.0.1: another program listens there already; another port is needed.", taken.Message);
        var foreign = await Assert.ThrowsAsync<ArgumentException>(() => MotionServer.StartAsync(maker, new() { Address = IPAddress.Parse("192.0.2.1"), Port = 0, WorkFolder = folder.PathOf("work") }, said.Add));
        Assert.Equal("192.0.2.1: is no address of this computer.", foreign.Message);
        Assert.Empty(said);
        Assert.Empty(Directory.GetDirectories(folder.PathOf("work")));
    }

    [Fact]
    public async Task A_server_for_all_addresses_is_found_under_a_name_it_answers_to()
    {
        await using var server = await RunningServer.StartAsync(new() { Address = IPAddress.Any });
        Assert.StartsWith("http://localhost:", server.Url, StringComparison.Ordinal);
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.7")]
    public async Task Foreign_host_names_are_refused(string host)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/jobs") { Headers = { Host = host } };
        Assert.Contains("--host NAME", await RunningServer.ProblemOf(await server.Client.SendAsync(request), HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Pages_of_other_sites_change_nothing(string header, string value)
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new ByteArrayContent(RunningServer.Midi) { Headers = { ContentType = new("audio/midi") } };
        using var request = RunningServer.Upload("x.mid", content);
        request.Headers.Add(header, value);
        await RunningServer.ProblemOf(await server.Client.SendAsync(request), HttpStatusCode.Forbidden);
        Assert.Empty(server.JobFolders);
    }

    [Fact]
    public async Task Its_own_page_may_and_nobody_is_told_that_others_may()
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new ByteArrayContent(RunningServer.Midi) { Headers = { ContentType = new("audio/midi") } };
        using var request = RunningServer.Upload("x.mid", content);
        request.Headers.Add("Origin", server.Url);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        var answer = await server.Client.SendAsync(request);
        await RunningServer.JobOf(answer);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("frame-ancestors 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task It_says_how_it_is_and_what_can_be_asked()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health"));
        using var description = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json"));
        var paths = description.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name.TrimEnd('/')).Order();
        Assert.Equal(["/api/events", "/api/jobs", "/api/jobs/{id}", "/api/jobs/{id}/events", "/api/jobs/{id}/files/{format}", "/api/jobs/{id}/page", "/api/limits"], paths);
        var upload = description.RootElement.GetProperty("paths").EnumerateObject().First(path => path.Value.TryGetProperty("post", out _)).Value.GetProperty("post");
        Assert.Contains("audio/*", upload.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(type => type.Name));
        await RunningServer.ProblemOf(await server.Client.GetAsync("/api/jobs/nothing"), HttpStatusCode.NotFound);
    }

    [Fact]
    public void Folders_of_killed_servers_are_deleted_and_those_of_living_ones_are_not()
    {
        using var folder = new TemporaryFolder();
        using var living = WorkFolder.Open(folder.PathOf("work"));
        var dead = Directory.CreateDirectory(Path.Combine(folder.PathOf("work"), $"{Guid.NewGuid():N}")).FullName;
        File.WriteAllText(Path.Combine(dead, "lock"), "");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(dead, "job")).FullName, "input.mid"), "left behind");
        using var next = WorkFolder.Open(folder.PathOf("work"));
        Assert.False(Directory.Exists(dead));
        Assert.Equal(new[] { living.Path, next.Path }.Order(), Directory.GetDirectories(folder.PathOf("work")).Order());
    }

    [Fact]
    public void No_link_is_followed_and_nobody_elses_folder_is_touched()
    {
        if (OperatingSystem.IsWindows()) return; // links need rights there
        using var folder = new TemporaryFolder();
        var other = Directory.CreateDirectory(folder.PathOf("other")).FullName;
        Directory.CreateSymbolicLink(folder.PathOf("link"), other);
        Assert.Contains("is a link", Assert.Throws<InvalidOperationException>(() => WorkFolder.Open(folder.PathOf("link"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a link", Assert.Throws<InvalidOperationException>(() => WorkFolder.Open(folder.PathOf("link/"))).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder.PathOf("work"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Directory.CreateSymbolicLink(Path.Combine(folder.PathOf("work"), $"{Guid.NewGuid():N}"), other);
        Directory.CreateDirectory(folder.PathOf("work/mine"));
        using (WorkFolder.Open(folder.PathOf("work"))) Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder.PathOf("work")) & (UnixFileMode.OtherRead | UnixFileMode.GroupRead));
        Assert.Equal(2, Directory.GetDirectories(folder.PathOf("work")).Length);
        Assert.Empty(Directory.GetFileSystemEntries(other));
    }

    // MIDI that never ends.
    private sealed class Endless : Stream
    {
        private bool _begun;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (!_begun) RunningServer.Midi.CopyTo(buffer, offset);
            _begun = true;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
