using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Formats.Audio;
using Duomano.Formats.Video;
using Duomano.Inference.Listening;
using Duomano.Vision.Hands;
using Duomano.Vision.Watching;

namespace Duomano.Cli.Watching;

/// <summary>The videos of a folder as pieces of a corpus.</summary>
internal static class FilmedPieces
{
    /// <summary>Endings of videos.</summary>
    public static readonly IReadOnlyList<string> Videos = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts", ".wmv", ".flv"];

    private static readonly string[] Notes = [".mid", ".midi", ".musicxml", ".mxl"];

    /// <summary>Finds them; none is watched yet.</summary>
    /// <param name="folder">The folder; those within it are searched, too.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidOperationException">The networks are missing.</exception>
    public static IReadOnlyList<FilmedPiece> Of(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder with videos.");
        BundledNetworks.EnsureAvailable(folder);
        var found = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Videos.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(file => new FilmedPiece(file, VideoReader.Seconds(Path.Combine(folder, file), cancellation) ?? 0, stop => Watch(Path.Combine(folder, file), stop)))
            .ToList();
        return found.Count > 0 ? found : throw new ArgumentException($"{folder}: holds no videos ({string.Join(" ", Videos)}).");
    }

    /// <summary>The file of notes that stands beside a video under its name; null where there is none.</summary>
    public static string? NotesOf(string path) => Notes.Select(ending => Path.ChangeExtension(path, ending)).FirstOrDefault(File.Exists);

    // One thread each: several are watched at once.
    private static FilmedMotion Watch(string path, CancellationToken cancellation)
    {
        var options = new WatchOptions();
        var sound = AudioFile.HasSound(path) ? AudioFile.ReadMono16k(path, cancellation) : null;
        var seen = VideoWatcher.See(path, options, cancellation: cancellation);
        var given = NotesOf(path);
        var score = given is not null ? MusicInput.ReadScore(given, cancellation: cancellation) : sound is not null ? Hear(sound) : new Score([]);
        var watched = VideoWatcher.Solve(path, seen, score, given is null, options, cancellation: cancellation);
        return new()
        {
            Clip = watched.Clip,
            Unplayed = watched.Notes.Count - watched.Clip.Notes.Count,
            HandsSeen = Seen(watched),
            Fingers = [.. watched.Notes.Select(note => (note.Note.Onset, note.Confidence))],
            Sound = sound,
        };
    }

    private static Score Hear(float[] sound)
    {
        using var listener = Listener.Load(ModelFinder.Listener(ModelFinder.Find(ModelFinder.Default)));
        return listener.Transcribe(sound);
    }

    // Frames of the clip are as many a second as were looked at.
    private static int[] Seen(WatchedVideo watched) =>
        [.. watched.Seen.Hands.Select(both => HandSides.Both.Count(side => both[side] is not null))];
}
