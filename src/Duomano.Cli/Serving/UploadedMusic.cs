using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Html;
using Duomano.Formats.Midi;
using Duomano.Formats.Video;
using Duomano.Inference;
using Duomano.Inference.Models;
using Duomano.Server;

namespace Duomano.Cli.Serving;

/// <summary>Makes the motion of uploads, as the command generate does; the model is loaded once.</summary>
internal sealed class UploadedMusic : IMotionMaker, IDisposable
{
    // Shares of a job: listening to a recording, then the networks, then contact and what is left.
    private const double Heard = 0.3;
    private const double Moved = 0.99;
    private const string NotesEnding = ".mid";

    private readonly string _model;
    private readonly int _threads;
    private readonly GenerationOptions _options;
    private readonly Lazy<MotionGenerator> _generator;
    private readonly Lazy<bool> _takesSound;

    public UploadedMusic(string model, int threads, GenerationOptions options)
    {
        _model = model;
        _threads = threads;
        _options = options;
        _generator = new(() => MotionGenerator.Load(model, threads));
        _takesSound = new(() => ModelConfig.Read(model).TakesSound);
    }

    public void Inspect(JobInput input)
    {
        if (!input.Kind.HasNotes()) return;
        var score = MusicInput.ReadScore(input.Path, say: _ => { });
        CheckLength(input, score.Duration);
        CheckNotes(input, score);
    }

    public MadeMotion Make(JobInput input, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var listens = !input.Kind.HasNotes();
        progress.Report(new(listens ? "listening" : "reading the notes", 0));
        var music = MusicInput.Read(input.Path, 0, null, _model, _threads, (seconds, whole) =>
        {
            CheckLength(input, seconds);

            progress.Report(new($"listening, {seconds:0} s heard", Heard * MusicInput.HeardShare(seconds, whole)));
        }, _takesSound.Value, cancellation: cancellation);
        var score = music.Notes;
        cancellation.ThrowIfCancellationRequested();
        CheckNotes(input, score);

        var from = listens ? Heard : 0;
        progress.Report(new("moving the hands", from));
        var made = _generator.Value.Generate(music, _options, new Portion(progress, from, Moved), cancellation);
        cancellation.ThrowIfCancellationRequested();
        var title = FileWords.Line(score.Title ?? "") is { Length: > 0 } given ? given : input.Name;
        var piece = new PlayedPiece(new Score(made.Clip.Notes, score.Pedal, title) { Credits = score.Credits }, input.Path, 0, null, _threads);
        return new()
        {
            Title = title,
            Seconds = made.Clip.Duration,
            Notes = made.Clip.Notes.Count,
            Endings = [.. MotionOutputs.Extensions.Where(IsAvailable), NotesEnding],
            Write = (path, unwanted) =>
            {
                if (Path.GetExtension(path) == NotesEnding) MidiFile.Write(path, piece.Score);
                else MotionOutputs.Write(path, made.Clip, piece, unwanted);
            },
        };
    }

    public void Dispose()
    {
        if (_generator.IsValueCreated) _generator.Value.Dispose();
    }

    private static bool IsAvailable(string ending) => ending switch
    {
        ".html" => HtmlMotion.IsAvailable,
        ".mp4" => VideoFile.IsAvailable,
        _ => true,
    };

    private static void CheckLength(JobInput input, double seconds)
    {
        if (seconds > input.MostSeconds) throw new UnreadableFileException(input.Path, "", $"is longer than {input.MostSeconds / 60:0.#} minutes, the most this server takes");
    }

    private static void CheckNotes(JobInput input, Score score)
    {
        if (score.Notes.Count > input.MostNotes) throw new UnreadableFileException(input.Path, "", $"has {score.Notes.Count} notes; {input.MostNotes} are the most this server takes");
    }

    private sealed class Portion(IProgress<JobProgress> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(new(value < MotionGenerator.ContactBegins ? "moving the hands" : "putting fingers on keys", from + (to - from) * value));
    }
}
