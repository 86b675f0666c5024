using Duomano.Vision.Tflite;

namespace Duomano.Vision.Hands;

/// <summary>MediaPipe's networks, which the build embeds where it can get them from npm.</summary>
public static class BundledNetworks
{
    private const string Palm = "palm_detection_full.tflite", Hand = "hand_landmark_full.tflite";

    /// <summary>Whether they are there.</summary>
    public static bool AreAvailable => Open(Palm) is not null && Open(Hand) is not null;

    /// <summary>Says what is missing, if they are.</summary>
    /// <param name="path">What was to be watched.</param>
    /// <exception cref="InvalidOperationException">They are missing.</exception>
    public static void EnsureAvailable(string path)
    {
        if (!AreAvailable) throw new InvalidOperationException($"{path}: this build cannot see hands; its networks come from npm and are put in when it is built with Node 20.19 or newer.");
    }

    /// <summary>The network that finds palms.</summary>
    public static TfliteModel Palms() => Read(Palm);

    /// <summary>The network that finds a hand's points.</summary>
    public static TfliteModel Landmarks() => Read(Hand);

    private static Stream? Open(string name) => typeof(BundledNetworks).Assembly.GetManifestResourceStream($"Duomano.{name}");

    private static TfliteModel Read(string name)
    {
        using var stream = Open(name) ?? throw new InvalidOperationException($"{name} was not embedded when this was built.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return TfliteFile.Read(bytes, name);
    }
}
