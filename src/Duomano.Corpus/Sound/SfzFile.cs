using System.Globalization;
using System.Text.RegularExpressions;
using Duomano.Core.Files;

namespace Duomano.Corpus.Sound;

/// <summary>
/// Reads the part of the .sfz format that pianos need (sfzformat.com): which sample is for which keys and velocities,
/// its tuning, loudness and release. Noises of pedals and released keys are passed over.
/// </summary>
internal static partial class SfzFile
{
    private const int LargestFile = 8 << 20;

    /// <summary>The regions of a file.</summary>
    /// <exception cref="UnreadableFileException">It is no such file, or names a sample that is missing.</exception>
    public static List<SampleRegion> Read(string path)
    {
        if (new FileInfo(path).Length > LargestFile) throw new UnreadableFileException(path, "", $"is longer than {LargestFile} bytes; an .sfz is a short text.");
        var text = Comment().Replace(OrdinaryFile.ReadAllText(path), "");
        var regions = new List<SampleRegion>();
        var levels = new Dictionary<string, Dictionary<string, string>>();
        string[] outerFirst = ["control", "global", "master", "group", "region"];
        var headers = Header().Matches(text);
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers[i].Groups[1].Value;
            var from = headers[i].Index + headers[i].Length;
            var to = i + 1 < headers.Count ? headers[i + 1].Index : text.Length;
            var level = Array.IndexOf(outerFirst, name);
            if (level < 0) continue; // <curve>, <effect>
            foreach (var inner in outerFirst[level..]) levels.Remove(inner);
            levels[name] = Opcodes(text[from..to]);
            if (name != "region") continue;
            var all = new Dictionary<string, string>();
            foreach (var outer in outerFirst)
            {
                foreach (var (key, value) in levels.GetValueOrDefault(outer) ?? []) all[key] = value;
            }

            if (Region(path, all, $"region {regions.Count + 1}") is { } region) regions.Add(region);
        }

        return regions.Count > 0 ? regions : throw new UnreadableFileException(path, "", "has no region with a sample that a key plays.");
    }

    private static Dictionary<string, string> Opcodes(string text)
    {
        var opcodes = new Dictionary<string, string>();
        var names = Opcode().Matches(text);
        for (var i = 0; i < names.Count; i++)
        {
            var from = names[i].Index + names[i].Length;
            var to = i + 1 < names.Count ? names[i + 1].Index : text.Length;
            opcodes[names[i].Groups[1].Value] = text[from..to].Trim(); // paths may have blanks in them
        }

        return opcodes;
    }

    private static SampleRegion? Region(string path, Dictionary<string, string> opcodes, string place)
    {
        double Number(string name, double low, double high, double otherwise)
        {
            if (!opcodes.TryGetValue(name, out var text)) return otherwise;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
                ? value
                : throw new UnreadableFileException(path, place, $"{name} is '{text}', expected {low} to {high}.");
        }

        int Key(string name, int otherwise) =>
            opcodes.TryGetValue(name, out var text) && SampleFolder.KeyOf(text) is { } key ? key : (int)Number(name, -1, 127, otherwise);

        // Other times a key is struck, noises when it comes up, and what only some pedal lets sound.
        if (!opcodes.TryGetValue("sample", out var sample) || sample.StartsWith('*')) return null;
        if (opcodes.GetValueOrDefault("trigger", "attack") is not ("attack" or "first")) return null;
        if (Number("seq_position", 1, 100, 1) > 1 || Number("lorand", 0, 1, 0) > 0 || opcodes.Keys.Any(name => name.StartsWith("on_", StringComparison.Ordinal))) return null;

        var one = Key("key", -1);
        var (low, high) = (Key("lokey", one < 0 ? 0 : one), Key("hikey", one < 0 ? 127 : one));
        if (high < 0 || low > high) return null;
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, (opcodes.GetValueOrDefault("default_path", "") + sample).Replace('\\', '/'));
        if (!File.Exists(file)) throw new UnreadableFileException(path, place, $"its sample {sample} is missing.");
        return new()
        {
            Path = file,
            LowKey = low,
            HighKey = high,
            Center = Key("pitch_keycenter", one < 0 ? 60 : one),
            LowVelocity = (int)Number("lovel", 0, 127, 0),
            HighVelocity = (int)Number("hivel", 0, 127, 127),
            VelocityTracking = Number("amp_veltrack", -100, 100, 100) / 100,
            TuneCents = Number("tune", -9600, 9600, 0) + 100 * Number("transpose", -127, 127, 0),
            VolumeDb = Number("volume", -144, 48, 0),
            Release = Math.Clamp(Number("ampeg_release", 0, 100, 0.25), 0.05, 5),
        };
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"<(\w+)>")]
    private static partial Regex Header();

    [GeneratedRegex(@"(?<=^|\s)(\w+)=")]
    private static partial Regex Opcode();
}
