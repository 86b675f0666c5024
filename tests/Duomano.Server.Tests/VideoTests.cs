using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Duomano.Server.Tests;

/// <summary>Videos, which are watched or listened to.</summary>
public class VideoTests
{
    [Theory]
    [InlineData(null, VideoUse.Watch)]
    [InlineData("", VideoUse.Watch)]
    [InlineData("watch", VideoUse.Watch)]
    [InlineData("listen", VideoUse.Listen)]
    [InlineData("LISTEN", VideoUse.Listen)]
    public async Task A_video_is_watched_unless_the_sender_wants_it_listened_to(string? video, VideoUse expected)
    {
        await using var server = await RunningServer.StartAsync();
        var job = await RunningServer.JobOf(await server.UploadVideoAsync("film.mp4", video));
        var done = (await server.FollowAsync(job.Id))[^1];
        Assert.Equal((expected, expected, JobState.Done), (job.Video, done.Video, done.State));
        Assert.Equal(expected == VideoUse.Watch ? ["left hand: seen in 98 % of the frames"] : [], done.Report);
    }

    [Fact]
    public async Task Old_cameras_videos_are_let_in()
    {
        await using var server = await RunningServer.StartAsync();
        var job = await RunningServer.JobOf(await server.UploadVideoAsync("film.avi", content: [.. "RIFF"u8, 0, 1, 0, 0, .. "AVI LIST"u8]));
        Assert.Equal(VideoUse.Watch, job.Video);
        await RunningServer.ProblemOf(await server.UploadVideoAsync("film.webp", content: [.. "RIFF"u8, 0, 1, 0, 0, .. "WEBPVP8 "u8]), HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_file_without_pictures_is_no_video_whatever_is_asked_for()
    {
        await using var server = await RunningServer.StartAsync();
        var job = await RunningServer.JobOf(await server.UploadVideoAsync("sound.m4a", "watch"));
        var done = (await server.FollowAsync(job.Id))[^1];
        Assert.Null(job.Video);
        Assert.Equal((JobState.Done, null), (done.State, done.Video));
    }

    [Theory]
    [InlineData("see")]
    [InlineData("1")]
    [InlineData("watch,listen")]
    public async Task Other_words_are_refused(string video)
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal($"video is 'watch' or 'listen', not '{video}'.", await RunningServer.ProblemOf(await server.UploadVideoAsync("film.mp4", video), HttpStatusCode.BadRequest));
        Assert.Empty(server.JobFolders);
    }

    [Fact]
    public async Task A_video_without_hands_fails_in_one_line_and_is_not_kept()
    {
        await using var server = await RunningServer.StartAsync();
        var failed = (await server.FollowAsync((await RunningServer.JobOf(await server.UploadVideoAsync("film without hands.mp4"))).Id))[^1];
        Assert.Equal((JobState.Failed, "film without hands: no hands are seen in it", VideoUse.Watch), (failed.State, failed.Message, failed.Video));

        // The next job begins when all is done about the one before.
        Assert.Equal(JobState.Done, (await server.FollowAsync((await RunningServer.JobOf(await server.UploadVideoAsync("film without hands.mp4", "listen"))).Id))[^1].State);
        Assert.Single(server.JobFolders.SelectMany(Directory.GetFiles));
    }

    [Fact]
    public async Task Only_videos_may_be_as_large_as_videos()
    {
        await using var server = await RunningServer.StartAsync(new() { MostBytes = 1 << 20, MostVideoBytes = 2 << 20 });
        var (large, larger) = (Mp4((1 << 20) + 1), Mp4((2 << 20) + 1));
        await RunningServer.JobOf(await server.UploadVideoAsync("film.mp4", content: large));
        Assert.Equal(
            "The file has no moving pictures and is larger than 1 MiB; only videos may be larger.",
            await RunningServer.ProblemOf(await server.UploadVideoAsync("sound.m4a", content: large), HttpStatusCode.RequestEntityTooLarge));
        Assert.Equal("The file is larger than 2 MiB.", await RunningServer.ProblemOf(await server.UploadVideoAsync("film.mp4", content: larger), HttpStatusCode.RequestEntityTooLarge));

        // What is no container of pictures is not let in first to be refused then.
        byte[] midi = [.. RunningServer.Midi, .. new byte[1 << 20]];
        Assert.Equal("The file is larger than 1 MiB.", await RunningServer.ProblemOf(await server.UploadVideoAsync("film.mp4", content: midi), HttpStatusCode.RequestEntityTooLarge));
        Assert.Single(server.JobFolders);
    }

    [Fact]
    public async Task The_limits_and_the_choice_are_told()
    {
        await using var server = await RunningServer.StartAsync(new() { MostVideoBytes = 5 << 20, MostBytes = 3 << 20 });
        var limits = await server.Client.GetFromJsonAsync<JsonElement>("/api/limits", TestContext.Current.CancellationToken);
        Assert.Equal((3 << 20, 5 << 20), (limits.GetProperty("mostBytes").GetInt32(), limits.GetProperty("mostVideoBytes").GetInt32()));
        using var description = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json"));
        var upload = description.RootElement.GetProperty("paths").EnumerateObject().First(path => path.Value.TryGetProperty("post", out _)).Value.GetProperty("post");
        var video = upload.GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "video");
        Assert.Equal(["watch", "listen"], video.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
    }

    private static byte[] Mp4(int length) => [.. RunningServer.Mp4, .. new byte[length - RunningServer.Mp4.Length]];
}
