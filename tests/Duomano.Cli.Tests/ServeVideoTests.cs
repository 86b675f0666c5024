using System.Net.Http.Headers;
using System.Text.Json;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Music;
using Duomano.Core.Playing;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Formats.Video;
using Duomano.Server;
using Duomano.Tests;
using Duomano.Vision.Hands;

namespace Duomano.Cli.Tests;

/// <summary>A video goes into the server and the motion of its hands comes out.</summary>
public sealed class ServeVideoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_films_hands_and_fingers_are_seen()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        Assert.SkipUnless(BundledNetworks.AreAvailable, "this build has no networks that see hands (no Node when it was built)");
    }
}
