using System.Globalization;
using System.Text.RegularExpressions;
using Duomano.Core.Files;
using Duomano.Core.Keyboard;

namespace Duomano.Corpus.Sound;

/// <summary>
/// Makes an instrument of a folder of sound files by their names: a note ("C4", "D#4", "Bb3"; C4 is middle C) or a MIDI
/// number ("60"), and where there are several loudnesses a layer ("v12", "vel64", "mf"), with anything around them.
/// </summary>
internal static partial class SampleFolder
{
    private static readonly string[] Extensions = [".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff"];
    private static readonly string[] Dynamics = ["ppp", "pp", "p", "mp", "mf", "f", "ff", "fff"];

    // Layers that are counted end before this; above, their numbers are velocities.
    private const int MostCountedLayers = 20;

    /// <summary>The regions of a folder and its subfolders.</summary>
    /// <exception cref="UnreadableFileException">No file's name says a note.</exception>
    public static List<SampleRegion> Read(string folder)
    {
        var samples = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(file => (File: file, Name: Parse(Path.GetFileNameWithoutExtension(file))))
            .Where(sample => sample.Name is not null)
            .GroupBy(sample => (sample.Name!.Value.Key, sample.Name.Value.Layer))
            .Select(same => (same.Key.Key, same.Key.Layer, same.First().File)) // of several alike the first one
            .ToList();
        if (samples.Count == 0) throw new UnreadableFileException(folder, "", "has no samples whose names say a note, such as C4.wav, 60.wav or A#3v8.wav.");

        int[] keys = [.. samples.Select(sample => sample.Key).Distinct().Order()];
        var regions = new List<SampleRegion>();
        for (var i = 0; i < keys.Length; i++)
        {
            var low = i == 0 ? 0 : (keys[i - 1] + keys[i]) / 2 + 1;
            var high = i == keys.Length - 1 ? 127 : (keys[i] + keys[i + 1]) / 2;
            var layers = samples.Where(sample => sample.Key == keys[i]).OrderBy(sample => sample.Layer).ToArray();
            var lowest = 1;
            for (var layer = 0; layer < layers.Length; layer++)
            {
                var highest = layer == layers.Length - 1 ? 127
                    : layers[^1].Layer > MostCountedLayers ? Math.Clamp(layers[layer].Layer, 1, 127) : 127 * (layer + 1) / layers.Length;
                regions.Add(new()
                {
                    Path = layers[layer].File,
                    LowKey = low,
                    HighKey = high,
                    Center = keys[i],
                    LowVelocity = lowest,
                    HighVelocity = highest,
                    FullVelocity = highest,
                });
                lowest = highest + 1;
            }
        }

        return regions;
    }

    /// <summary>The key and the layer that a name says; null where it says no key of the piano.</summary>
    internal static (int Key, int Layer)? Parse(string name)
    {
        var layer = 0;
        if (LayerNumber().Match(name) is { Success: true } number)
        {
            layer = int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture);
            name = name.Remove(number.Index, number.Length);
        }
        else if (Dynamic().Match(name) is { Success: true } dynamic)
        {
            layer = 1 + Array.IndexOf(Dynamics, dynamic.Value.ToLowerInvariant());
            name = name.Remove(dynamic.Index, dynamic.Length);
        }

        var key = NoteName().Match(name) is { Success: true } note ? KeyOf(note.Value)
            : KeyNumber().Match(name) is { Success: true } midi ? int.Parse(midi.Value, CultureInfo.InvariantCulture) : null;
        return key is >= PianoKey.LowestMidi and <= PianoKey.HighestMidi ? (key.Value, layer) : null;
    }

    /// <summary>The MIDI number of a note's name such as "c#4"; null where it is none.</summary>
    internal static int? KeyOf(string name)
    {
        var match = WholeNoteName().Match(name);
        if (!match.Success) return null;
        var step = "c d ef g a b".IndexOf(char.ToLowerInvariant(match.Groups[1].Value[0]), StringComparison.Ordinal);
        var accidental = match.Groups[2].Value switch { "" => 0, "b" => -1, _ => 1 };
        return 12 * (int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) + 1) + step + accidental;
    }

    [GeneratedRegex(@"(?:velocity|vel|layer|v)[ _-]?(\d{1,3})(?!\d)", RegexOptions.IgnoreCase)]
    private static partial Regex LayerNumber();

    [GeneratedRegex(@"(?<![A-Za-z])(?:ppp|pp|p|mp|mf|fff|ff|f)(?![A-Za-z0-9#])", RegexOptions.IgnoreCase)]
    private static partial Regex Dynamic();

    [GeneratedRegex(@"(?<![A-Za-z])[A-Ga-g](?:#|s|b)?-?\d(?!\d)")]
    private static partial Regex NoteName();

    [GeneratedRegex(@"^([A-Ga-g])(#|s|b)?(-?\d)$")]
    private static partial Regex WholeNoteName();

    [GeneratedRegex(@"(?<!\d)\d{2,3}(?!\d)")]
    private static partial Regex KeyNumber();
}
