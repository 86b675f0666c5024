using System.Text.Json;

namespace Duomano.Tests;

/// <summary>
/// The numbers of the published implementation (tests/Golden, or the folder that DUOMANO_REFERENCE names, which has the
/// same layout with other sizes). Files are named by their path below that folder, with forward slashes.
/// </summary>
internal static class Golden
{
    private static readonly Lazy<JsonElement> Manifest = new(() => Json("manifest.json"));

    /// <summary>The folder.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("DUOMANO_REFERENCE") is { Length: > 0 } folder
        ? System.IO.Path.GetFullPath(folder)
        : Repository.PathOf("tests", "Golden");

    /// <summary>Where a file or folder of the set is.</summary>
    public static string Path(string file) => System.IO.Path.Combine(Folder, file);

    /// <summary>Whether the set has a file.</summary>
    public static bool Has(string file) => File.Exists(Path(file));

    /// <summary>The only file below a folder whose name fits a pattern (names hold iteration numbers and losses).</summary>
    public static string Find(string folder, string pattern) => Assert.Single(Directory.GetFiles(Path(folder), pattern));

    /// <summary>All files of a folder whose names fit a pattern, as names for the other members, in order.</summary>
    public static IEnumerable<string> List(string folder, string pattern) =>
        Directory.GetFiles(Path(folder), pattern).Select(path => $"{folder}/{System.IO.Path.GetFileName(path)}").Order(StringComparer.Ordinal);

    /// <summary>Reads an array.</summary>
    public static NpyArray Array(string file) => NpyArray.Read(Path(file));

    /// <summary>Reads a JSON file.</summary>
    public static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path(file)));
        return document.RootElement.Clone();
    }

    /// <summary>Largest absolute difference that float32 rounding explains, as the manifest gives it.</summary>
    public static double Tolerance(string file)
    {
        if (Manifest.Value.TryGetProperty(file, out var entry) && entry.TryGetProperty("tolerance_absolute", out var tolerance)) return tolerance.GetDouble();
        return 3e-5 * Math.Max(1, Array(file).Doubles.Max(Math.Abs));
    }

    /// <summary>Fails unless an array has the golden one's sizes and, within its tolerance, values.</summary>
    /// <returns>The largest difference.</returns>
    public static double AssertClose(string file, IReadOnlyList<float> actual, IReadOnlyList<int> shape)
    {
        var expected = Array(file);
        Assert.Equal(expected.Shape, shape);
        return AssertClose(expected.Doubles, actual, Tolerance(file), file);
    }

    /// <summary>Fails unless two lists of numbers differ by at most a tolerance; infinities must be equal.</summary>
    /// <returns>The largest difference.</returns>
    public static double AssertClose(IReadOnlyList<double> expected, IReadOnlyList<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Count, actual.Count);
        var (largest, place) = (0.0, -1);
        for (var i = 0; i < expected.Count; i++)
        {
            var difference = expected[i] == actual[i] ? 0 : Math.Abs(expected[i] - actual[i]);
            if (difference <= largest) continue; // false for a NaN, which so becomes the largest
            (largest, place) = (difference, i);
            if (double.IsNaN(difference)) break;
        }

        Assert.True(largest <= tolerance, place < 0 ? what : $"{what}: entry {place} is {actual[place]}, not {expected[place]}: {largest:g3} apart, {tolerance:g3} allowed.");
        return largest;
    }
}
