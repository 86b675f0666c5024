using System.Diagnostics;
using System.Text.RegularExpressions;
using Duomano.Tests;
using Duomano.Vision.Tflite;

namespace Duomano.Vision.Tests;

/// <summary>MediaPipe's networks, got from npm on first use.</summary>
internal static partial class MediaPipe
{
    private static readonly Lock Installing = new();

    public static TfliteModel Landmarks() => TfliteFile.Read(File.ReadAllBytes(PathOf("hand_landmark_full.tflite")), "hand_landmark_full.tflite");

    // It lies among others in one file, whose loader tells where each is.
    public static TfliteModel Palms()
    {
        const string Name = "palm_detection_full.tflite";
        var place = Place().Matches(File.ReadAllText(PathOf("hands_solution_packed_assets_loader.js"))).Single(match => match.Groups["name"].Value.EndsWith(Name, StringComparison.Ordinal));
        var (start, end) = (int.Parse(place.Groups["start"].Value, null), int.Parse(place.Groups["end"].Value, null));
        return TfliteFile.Read(File.ReadAllBytes(PathOf("hands_solution_packed_assets.data"))[start..end], Name);
    }

    private static string PathOf(string name)
    {
        var path = Repository.PathOf("vision", "node_modules", "@mediapipe", "hands", name);
        lock (Installing)
        {
            if (!File.Exists(path))
            {
                Assert.SkipUnless(Capabilities.Node, "node or npm is not installed");
                var (code, _, errors) = ProgramProcess.Run(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = Repository.PathOf("vision") });
                Assert.True(code == 0, errors);
            }
        }

        return path;
    }

    [GeneratedRegex("""\{"filename": ?"(?<name>[^"]+)", ?"start": ?(?<start>\d+), ?"end": ?(?<end>\d+)""")]
    private static partial Regex Place();
}
