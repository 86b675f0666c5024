using Duomano.Vision.Hands;
using Duomano.Vision.Tflite;

namespace Duomano.Vision.Tests;

/// <summary>MediaPipe's networks; tests that need them are skipped where the build could not get them.</summary>
internal static class MediaPipe
{
    public static TfliteModel Landmarks() => Available(BundledNetworks.Landmarks);

    public static TfliteModel Palms() => Available(BundledNetworks.Palms);

    private static TfliteModel Available(Func<TfliteModel> read)
    {
        Assert.SkipUnless(BundledNetworks.AreAvailable, "the networks were not there when this was built (npm)");
        return read();
    }
}
