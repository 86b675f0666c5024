using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;

namespace Duomano.Corpus.Layout;

/// <summary>Reads a folder of the PianoMotion10M layout: our own corpora and the published data set.</summary>
public sealed class CorpusReader
{
    // In the order of preference where a sequence has several.
    private static readonly string[] AudioExtensions = [".wav", ".flac", ".mp3"];

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">The one with the list files train.txt, valid.txt and test.txt.</param>
    /// <exception cref="UnreadableFileException">None of the list files is there.</exception>
    public CorpusReader(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = folder;
        if (!CorpusSplits.All.Any(split => File.Exists(Path.Combine(folder, split.ListFile()))))
        {
            throw new UnreadableFileException(folder, "", File.Exists(Path.Combine(folder, CorpusFolder.Description))
                ? "the corpus is not finished; make it with the same options again to go on."
                : "is no data set: it has none of train.txt, valid.txt and test.txt.");
        }

        Description = CorpusDescription.Read(folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What corpus.json tells, or null where there is none.</summary>
    public CorpusDescription? Description { get; }

    /// <summary>All sequences of a split, in the order of the list file, then by name.</summary>
    /// <exception cref="UnreadableFileException">A line is not "UP VIDEO".</exception>
    public IReadOnlyList<CorpusItem> List(CorpusSplit split) => [.. Videos(split).SelectMany(entry => Sequences(entry.Uploader, entry.Video))];

    /// <summary>Loads the motion and the notes of a sequence; the sound is left to <see cref="LoadSound"/>.</summary>
    /// <exception cref="UnreadableFileException">A file of it cannot be read.</exception>
    public static CorpusSequence Load(CorpusItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var annotation = AnnotationJson.Read(item.AnnotationPath);
        var notes = annotation.Notes;
        if (notes.Count == 0 && item.MidiPath is not null)
        {
            // The published set has one MIDI file for the whole video.
            var start = annotation.StartFrame / annotation.Fps;
            notes = NoteWindow.Cut(MidiFile.Read(item.MidiPath).Score.Notes, start, start + annotation.FrameCount / annotation.Fps);
        }

        return new(item, annotation, notes);
    }

    /// <summary>Loads what a sequence plays, with the pedal where its video has a MIDI file.</summary>
    /// <exception cref="UnreadableFileException">A file of it cannot be read.</exception>
    public static Score LoadScore(CorpusItem item)
    {
        var sequence = Load(item);
        if (item.MidiPath is null) return new(sequence.Notes);
        var played = MidiFile.Read(item.MidiPath).Score.Crop(sequence.Annotation.StartFrame / sequence.Annotation.Fps, sequence.Seconds);
        return new(sequence.Notes, played.Pedal);
    }

    /// <summary>Decodes a sequence's sound to mono at 16 kHz.</summary>
    /// <returns>Null where it has none.</returns>
    public static float[]? LoadSound(CorpusItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.AudioPath is null ? null : AudioFile.ReadMono16k(item.AudioPath);
    }

    /// <summary>Looks for what is missing or broken.</summary>
    /// <param name="thorough">Whether every annotation is read, and not only looked for.</param>
    public CorpusReport Inspect(bool thorough = false)
    {
        var splits = new Dictionary<CorpusSplit, CorpusReport.SplitReport>();
        var problems = new List<string>();
        foreach (var split in CorpusSplits.All)
        {
            if (!File.Exists(Path.Combine(Folder, split.ListFile()))) problems.Add($"{split.ListFile()}: missing");
            splits[split] = InspectSplit(split, thorough, problems);
        }

        problems.AddRange(Unpaired());
        return new(splits, problems);
    }

    // What lies in the folders but is in no list, and sound that has no motion.
    private IEnumerable<string> Unpaired()
    {
        var listed = new Dictionary<(string, string), CorpusSplit>();
        foreach (var split in CorpusSplits.All)
        {
            foreach (var video in Videos(split))
            {
                if (!listed.TryAdd(video, split)) yield return $"{split.ListFile()}: {video.Uploader} {video.Video}: is in {listed[video].ListFile()}, too";
            }
        }

        foreach (var (uploader, video) in Folders(CorpusFolder.Annotation))
        {
            if (!listed.ContainsKey((uploader, video))) yield return $"{CorpusFolder.Annotation}/{uploader}/{video}: is in none of the lists";
        }

        foreach (var (uploader, video) in Folders(CorpusFolder.Audio))
        {
            foreach (var sound in Directory.EnumerateFiles(Path.Combine(Folder, CorpusFolder.Audio, uploader, video)).Order(StringComparer.Ordinal))
            {
                var annotation = Path.Combine(Folder, CorpusFolder.Annotation, uploader, video, Path.GetFileNameWithoutExtension(sound) + ".json");
                if (AudioExtensions.Contains(Path.GetExtension(sound)) && !File.Exists(annotation)) yield return $"{CorpusFolder.Audio}/{uploader}/{video}/{Path.GetFileName(sound)}: has no annotation";
            }
        }
    }

    private IEnumerable<(string Uploader, string Video)> Folders(string kind)
    {
        var root = Path.Combine(Folder, kind);
        if (!Directory.Exists(root)) yield break;
        foreach (var uploader in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            foreach (var video in Directory.EnumerateDirectories(uploader).Order(StringComparer.Ordinal)) yield return (Path.GetFileName(uploader), Path.GetFileName(video));
        }
    }

    private CorpusReport.SplitReport InspectSplit(CorpusSplit split, bool thorough, List<string> problems)
    {
        var (videos, sequences, withSound, seconds, valid, frames) = (0, 0, 0, 0.0, 0L, 0L);
        var silent = new List<CorpusItem>();
        foreach (var (uploader, video) in Videos(split))
        {
            videos++;
            var items = Sequences(uploader, video).ToArray();
            if (items.Length == 0) problems.Add($"{split.ListFile()}: {uploader} {video}: has no annotation");
            foreach (var item in items)
            {
                sequences++;
                if (item.AudioPath is not null) withSound++;
                else silent.Add(item);
                if (!thorough) continue;
                try
                {
                    var sequence = Load(item);
                    seconds += sequence.Seconds;
                    foreach (var side in HandSides.Both) valid += sequence.ValidFrames(side);
                    frames += 2L * sequence.Annotation.FrameCount;
                }
                catch (UnreadableFileException error)
                {
                    problems.Add(error.Message);
                }
            }
        }

        // A corpus may be made without any sound; where there is some, all should have it.
        if (withSound > 0 || (Description is null && sequences > 0)) problems.AddRange(silent.Select(item => $"{item.AnnotationPath}: has no sound ({string.Join(", ", AudioExtensions)})"));
        return new(videos, sequences, withSound, thorough ? seconds / 3600 : null, thorough && frames > 0 ? valid / (double)frames : null);
    }

    /// <summary>A split's videos in the order of its list file.</summary>
    internal IEnumerable<(string Uploader, string Video)> Videos(CorpusSplit split)
    {
        var path = Path.Combine(Folder, split.ListFile());
        if (!File.Exists(path)) yield break;
        var number = 0;
        foreach (var line in OrdinaryFile.ReadAllLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || parts.Any(part => part is "." or ".." || part.AsSpan().ContainsAny('/', '\\')))
            {
                throw new UnreadableFileException(path, $"line {number}", $"is \"{line}\", expected an uploader and a video separated by a blank.");
            }

            yield return (parts[0], parts[1]);
        }
    }

    /// <summary>A video's sequences by name.</summary>
    internal IEnumerable<CorpusItem> Sequences(string uploader, string video)
    {
        var folder = Path.Combine(Folder, CorpusFolder.Annotation, uploader, video);
        if (!Directory.Exists(folder)) yield break;
        var midi = Path.Combine(Folder, CorpusFolder.Midi, uploader, $"{video}.mid");
        foreach (var annotation in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var stem = Path.Combine(Folder, CorpusFolder.Audio, uploader, video, Path.GetFileNameWithoutExtension(annotation));
            yield return new()
            {
                Uploader = uploader,
                Video = video,
                AnnotationPath = annotation,
                AudioPath = AudioExtensions.Select(extension => stem + extension).FirstOrDefault(File.Exists),
                MidiPath = File.Exists(midi) ? midi : null,
            };
        }
    }
}

/// <summary>One sequence of a data set: its files.</summary>
public sealed record CorpusItem
{
    /// <summary>First folder level.</summary>
    public required string Uploader { get; init; }

    /// <summary>Second folder level.</summary>
    public required string Video { get; init; }

    /// <summary>The motion.</summary>
    public required string AnnotationPath { get; init; }

    /// <summary>The sound, or null.</summary>
    public string? AudioPath { get; init; }

    /// <summary>The notes of the whole video, or null.</summary>
    public string? MidiPath { get; init; }
}

/// <summary>One sequence, loaded.</summary>
/// <param name="Item">Its files.</param>
/// <param name="Annotation">Its rows of 62 numbers a hand, rate and adjustment.</param>
/// <param name="Notes">What is played, times from the first row; with hand and finger in our own corpora; empty where unknown.</param>
public sealed record CorpusSequence(CorpusItem Item, Annotation Annotation, IReadOnlyList<Note> Notes)
{
    /// <summary>Length, seconds.</summary>
    public double Seconds => Annotation.FrameCount / Annotation.Fps;

    /// <summary>Whether a hand was seen in a frame.</summary>
    public bool IsValid(HandSide side, int frame) => Annotation.Row(side, frame)[0] == 1;

    /// <summary>In how many frames a hand was seen.</summary>
    public int ValidFrames(HandSide side) => Enumerable.Range(0, Annotation.FrameCount).Count(frame => IsValid(side, frame));

    /// <summary>The motion in the piano frame, with the notes.</summary>
    public TwoHandClip ToClip()
    {
        var clip = Annotation.ToClip();
        return new(clip.Hands, clip.Skeletons, clip.Fps, Notes);
    }
}

/// <summary>What a look through a data set has found.</summary>
/// <param name="Splits">How much each split has.</param>
/// <param name="Problems">A line for each thing that is missing or broken.</param>
public sealed record CorpusReport(IReadOnlyDictionary<CorpusSplit, CorpusReport.SplitReport> Splits, IReadOnlyList<string> Problems)
{
    /// <summary>How much a split has.</summary>
    /// <param name="Videos">Lines of its list file.</param>
    /// <param name="Sequences">Annotation files.</param>
    /// <param name="WithSound">Those that have sound.</param>
    /// <param name="Hours">Hours of motion; null if the annotations were not read.</param>
    /// <param name="ValidShare">Share of the hands' frames that are valid; null if the annotations were not read.</param>
    public sealed record SplitReport(int Videos, int Sequences, int WithSound, double? Hours, double? ValidShare);
}
