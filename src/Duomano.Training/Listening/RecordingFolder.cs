using Duomano.Core.Files;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Networks.Listening;

namespace Duomano.Training.Listening;

/// <summary>Recordings to train on, found in a folder and everything below it: sound files with a MIDI file of the same name.</summary>
public static class RecordingFolder
{
    private static readonly string[] SoundExtensions = [".wav", ".flac", ".mp3", ".ogg", ".m4a"];

    /// <summary>Finds pairs of sound and notes; a folder "audio" is paired with its sibling "midi".</summary>
    /// <param name="folder">Where to look.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnreadableFileException">There is no pair in it.</exception>
    public static IReadOnlyList<(string Sound, string Midi)> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        var pairs = new List<(string, string)>();
        foreach (var sound in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!SoundExtensions.Contains(Path.GetExtension(sound), StringComparer.OrdinalIgnoreCase)) continue;
            if (MidiOf(folder, sound) is { } midi) pairs.Add((sound, midi));
        }

        if (pairs.Count == 0) throw new UnreadableFileException(folder, "", "no sound file with a MIDI file of the same name beside it");
        return pairs;
    }

    /// <summary>Loads recordings and computes their levels.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="config">Sizes of the front end.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="stop">Gives up.</param>
    public static IReadOnlyList<ListeningRecording> Load(
        string folder, ListeningConfig config, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.SampleRate != AudioFile.ListeningRate)
        {
            throw new ArgumentException($"Recordings are read at {AudioFile.ListeningRate} samples a second, not {config.SampleRate}.", nameof(config));
        }

        var pairs = Find(folder);
        var recordings = new List<ListeningRecording>();
        foreach (var (sound, midi) in pairs)
        {
            stop.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(folder, sound);
            recordings.Add(ListeningRecording.Of(config, name, AudioFile.ReadMono16k(sound), MidiFile.Read(midi).Score));
            progress?.Report(recordings.Count / (double)pairs.Count);
        }

        return recordings;
    }

    private static string? MidiOf(string root, string sound)
    {
        var relative = Path.GetRelativePath(root, sound);
        foreach (var candidate in (string[])[relative, relative.Replace($"audio{Path.DirectorySeparatorChar}", $"midi{Path.DirectorySeparatorChar}", StringComparison.Ordinal)])
        {
            foreach (var extension in (string[])[".mid", ".midi"])
            {
                var midi = Path.Combine(root, Path.ChangeExtension(candidate, extension));
                if (File.Exists(midi)) return midi;
            }
        }

        return null;
    }
}
