using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Networks.Listening;

namespace Duomano.Training.Listening;

/// <summary>A recording whose notes are known, before anything of it is loaded.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="SoundPath">Its sound.</param>
/// <param name="LoadScore">Reads its notes.</param>
public sealed record KnownRecording(string Name, string SoundPath, Func<Score> LoadScore);

/// <summary>
/// Recordings in a folder: a data set of the PianoMotion10M layout, or else all sound files there and below that have a
/// MIDI file of the same name beside them.
/// </summary>
public static class RecordingFolder
{
    private static readonly string[] SoundExtensions = [".wav", ".flac", ".mp3", ".ogg", ".m4a"];
    private static readonly string[] MidiExtensions = [".mid", ".midi"];

    /// <summary>Finds recordings.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="splits">Which parts of a data set are wanted; a folder without parts is taken whole.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnreadableFileException">There is no recording in it.</exception>
    public static IReadOnlyList<KnownRecording> Find(string folder, params IReadOnlyList<CorpusSplit> splits)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(splits);
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        var isDataSet = CorpusSplits.All.Any(split => File.Exists(Path.Combine(folder, split.ListFile())));
        List<KnownRecording> found = [.. isDataSet ? InDataSet(folder, splits) : BesideMidi(folder)];
        if (found.Count == 0)
        {
            throw new UnreadableFileException(folder, "", isDataSet
                ? $"no sequence with sound in its parts {string.Join(", ", splits.Select(split => split.Name()))}"
                : "no sound file with a MIDI file of the same name beside it");
        }

        return found;
    }

    /// <summary>Loads recordings.</summary>
    /// <param name="found">The recordings.</param>
    /// <param name="config">Sizes of the front end.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="stop">Gives up.</param>
    public static IReadOnlyList<ListeningRecording> Load(
        IReadOnlyList<KnownRecording> found, ListeningConfig config, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(config);
        if (config.SampleRate != AudioFile.ListeningRate)
        {
            throw new ArgumentException($"Recordings are read at {AudioFile.ListeningRate} samples a second, not {config.SampleRate}.", nameof(config));
        }

        var recordings = new List<ListeningRecording>();
        foreach (var recording in found)
        {
            stop.ThrowIfCancellationRequested();
            var samples = AudioFile.ReadMono16k(recording.SoundPath, stop);
            recordings.Add(new(recording.Name, samples, AudioFile.ListeningRate, recording.LoadScore()));
            progress?.Report(recordings.Count / (double)found.Count);
        }

        return recordings;
    }

    private static IEnumerable<KnownRecording> InDataSet(string folder, IReadOnlyList<CorpusSplit> splits)
    {
        var reader = new CorpusReader(folder);
        foreach (var item in splits.SelectMany(reader.List))
        {
            if (item.AudioPath is not { } sound) continue;
            yield return new(Path.GetRelativePath(folder, sound), sound, () => CorpusReader.LoadScore(item));
        }
    }

    private static IEnumerable<KnownRecording> BesideMidi(string folder)
    {
        foreach (var sound in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!SoundExtensions.Contains(Path.GetExtension(sound), StringComparer.OrdinalIgnoreCase)) continue;
            var midi = MidiExtensions.Select(extension => Path.ChangeExtension(sound, extension)).FirstOrDefault(File.Exists);
            if (midi is not null) yield return new(Path.GetRelativePath(folder, sound), sound, () => MidiFile.Read(midi).Score);
        }
    }
}
