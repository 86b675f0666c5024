using Duomano.CommandLine;
using Duomano.Core.Jobs;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Scores;
using Duomano.Inference;
using Duomano.Inference.Listening;
using Duomano.Inference.Onnx;

namespace Duomano.Cli;

/// <summary>Music from a MIDI file or a recording.</summary>
internal static class MusicInput
{
    /// <summary>Seconds of motion after the last note, in which the hands come to rest.</summary>
    public const double Tail = 1.0;

    /// <summary>Most notes that are worked on at once, some five hours of dense playing.</summary>
    public const int MostNotes = 100_000;

    /// <summary>Whether a name is that of a MIDI file, as for files to write.</summary>
    public static bool IsMidiName(string path) => ScoreFile.IsMidiName(path);

    /// <summary>Whether a file holds notes, so that nothing has to be heard; its content tells, then its name.</summary>
    public static bool HasNotes(string path) => ScoreFile.HasNotes(path);

    /// <summary>The notes of a MIDI file or a score; what the reader has to say of it is said.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tracks">Names or numbers of the tracks to play; the pianos where nothing is given.</param>
    /// <param name="say">Told the reader's lines; null for the console.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Score ReadScore(string path, string[]? tracks = null, Action<string>? say = null, CancellationToken cancellation = default)
    {
        var reading = ScoreFile.Read(InputFile.Check(path), tracks, cancellation);
        var warning = string.Join("; ", reading.Warnings);
        if (reading.Score.Notes.Count == 0) throw new Core.Files.UnreadableFileException(path, "", warning.Length > 0 ? $"there is no note to play in it: {warning}" : "there is no note of a piano key in it");
        if (warning.Length > 0) (say ?? CommandHost.Say)($"{path}: {warning}");
        return reading.Score;
    }

    /// <summary>A stretch of a MIDI file or a score.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Where to begin, seconds.</param>
    /// <param name="length">How much to take, seconds, or all.</param>
    /// <param name="tracks">Names or numbers of the tracks to play; the pianos where nothing is given.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The notes; none where the stretch ends before the next one, which is said.</returns>
    /// <exception cref="Core.Files.UnreadableFileException">There is no note from there on.</exception>
    public static Score ReadScore(string path, double start, double? length, string[]? tracks = null, CancellationToken cancellation = default)
    {
        var whole = ReadScore(path, tracks, cancellation: cancellation);
        var score = whole.Crop(start, length);
        if (score.Notes.Count > 0) return Bounded(path, score);
        var next = whole.Notes.Where(note => note.Onset >= start).Select(note => (double?)note.Onset).FirstOrDefault();
        if (length is { } taken && next is { } comes)
        {
            CommandHost.Say($"{path}: no note begins from {start:0.###} s to {start + taken:0.###} s, so the hands rest; the next one comes at {comes:0.0} s");
            return score;
        }

        throw new Core.Files.UnreadableFileException(path, "", $"no note begins from {start} s on: the last one begins at {whole.Notes[^1].Onset:0.0} s");
    }

    /// <summary>Notes of either kind of input; a recording is listened to.</summary>
    /// <param name="path">MIDI, MusicXML, WAV or anything ffmpeg reads.</param>
    /// <param name="start">Where to begin, seconds.</param>
    /// <param name="length">How much to take, seconds, or all.</param>
    /// <param name="modelFolder">Model that listens.</param>
    /// <param name="threads">Threads to listen with.</param>
    /// <param name="follow">Told how many seconds of a recording were heard so far, and of how many if that is known; what it throws ends the listening.</param>
    /// <param name="withSound">Whether the sound is wanted too; that of a MIDI file is played by fluidsynth.</param>
    /// <param name="soundFont">The instrument for that; one of the system's if not given.</param>
    /// <param name="tracks">Names or numbers of the tracks to play; the pianos where nothing is given.</param>
    /// <param name="cancellation">Ends the listening.</param>
    /// <returns>The notes and the length of what they were taken from, seconds.</returns>
    public static MusicToPlay Read(
        string path, double start, double? length, string modelFolder, int threads, Action<double, double?>? follow = null, bool withSound = false, string? soundFont = null,
        string[]? tracks = null, CancellationToken cancellation = default)
    {
        using var listener = ListenerOf(modelFolder, threads);
        return Read(path, start, length, listener, follow, withSound, soundFont, tracks, cancellation);
    }

    /// <summary>The network that hears recordings.</summary>
    /// <param name="modelFolder">Model that listens.</param>
    /// <param name="threads">Threads to listen with.</param>
    public static OnDemand<Listener> ListenerOf(string modelFolder, int threads) => new(() => Listener.Load(ModelFinder.Listener(modelFolder), new OnnxThreading { IntraOperation = threads }));

    /// <summary>The same with a network that hears several recordings.</summary>
    public static MusicToPlay Read(
        string path, double start, double? length, OnDemand<Listener> listener, Action<double, double?>? follow = null, bool withSound = false, string? soundFont = null,
        string[]? tracks = null, CancellationToken cancellation = default)
    {
        if (!HasNotes(InputFile.Check(path))) return Listen(path, new AudioStretch(start, length), listener, follow, withSound, cancellation);
        var score = ReadScore(path, start, length, tracks, cancellation);
        return new(score, score.Notes.Count > 0 ? score.Duration + Tail : length ?? Tail) { Sound = withSound ? Played(path, score, soundFont, cancellation) : null };
    }

    /// <summary>The same as a stage of a job.</summary>
    public static MusicToPlay Read(
        string path, double start, double? length, OnDemand<Listener> listener, JobStages job, bool withSound = false, string? soundFont = null, string[]? tracks = null, CancellationToken cancellation = default)
    {
        var stage = job.Begin(StageOf(path).Name);
        return Read(path, start, length, listener, (seconds, whole) => stage.Report(HeardShare(seconds, whole)), withSound, soundFont, tracks, cancellation);
    }

    /// <summary>What reading an input is among the stages of a job.</summary>
    public static JobStage StageOf(string path) => HasNotes(InputFile.Check(path)) ? Stages.Reading : Stages.Listening;

    /// <summary>Which share of a recording has been heard.</summary>
    /// <param name="seconds">Seconds that were heard.</param>
    /// <param name="whole">Of how many; null where that shows only at the end: then a minute counts as half of what there is.</param>
    public static double HeardShare(double seconds, double? whole) => whole is > 0 and var length ? Math.Min(1, seconds / length) : 1 - Math.Pow(2, -seconds / 60);

    public static void CheckMidiOutput(string path)
    {
        if (!IsMidiName(path)) throw new ArgumentException($"{path}: notes are written as MIDI; the name should end in .mid.");
    }

    // The recording is heard as it is decoded: an hour of it takes no more memory than a minute.
    private static MusicToPlay Listen(string path, AudioStretch stretch, OnDemand<Listener> listener, Action<double, double?>? follow, bool withSound, CancellationToken cancellation)
    {
        InputFile.Check(path);
        var session = listener.Value.Begin();
        var sound = withSound ? new List<float>() : null;
        var whole = stretch.Of(AudioFile.Seconds(path, cancellation));
        AudioFile.StreamMono16k(path, samples =>
        {
            var taken = stretch.Take(samples);
            session.Push(taken);
            if (sound is not null) CollectionExtensions.AddRange(sound, taken);
            follow?.Invoke(stretch.Taken / (double)AudioFile.ListeningRate, whole);
        }, line => CommandHost.Say($"{path}: {line}"), cancellation);
        if (stretch.Taken == 0) throw new Core.Files.UnreadableFileException(path, "", $"has no sound from {stretch.Start} s on: it is {stretch.Length:0.0} s long");
        var heard = session.Finish();
        var duration = stretch.Taken / (double)AudioFile.ListeningRate;
        CommandHost.Say(heard.Notes.Count > 0
            ? $"{path}: heard {heard.Notes.Count} notes in {duration:0.0} s"
            : $"{path}: no note was heard in {duration:0.0} s; is it a piano, and loud enough? The hands rest");
        return new(Bounded(path, heard), duration) { Sound = sound?.ToArray() };
    }

    private static Score Bounded(string path, Score score) => score.Notes.Count <= MostNotes ? score
        : throw new Core.Files.UnreadableFileException(path, "", $"has {score.Notes.Count} notes; {MostNotes} are the most that are worked on at once: take a part of it with --start and --length");

    private static float[] Played(string path, Score score, string? soundFont, CancellationToken cancellation)
    {
        var font = soundFont ?? MidiSound.FindSoundFont()
            ?? throw new InvalidOperationException($"{path}: the model listens to sound; to play a MIDI file for it takes a sound font (--soundfont FILE), and none was found.");
        var folder = Directory.CreateTempSubdirectory("duomano-played-").FullName;
        try
        {
            var wav = Path.Combine(folder, "played.wav");
            return MidiSound.TryWrite(wav, score, font, cancellation)
                ? AudioFile.ReadMono16k(wav, cancellation)
                : throw new InvalidOperationException($"{path}: the model listens to sound; to play a MIDI file for it takes fluidsynth, which is not installed. A recording needs none.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
