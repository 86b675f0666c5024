using Duomano.Core.Files;
using Duomano.Core.Jobs;
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
    private const string NotesEnding = ".mid";

    private readonly string _model;
    private readonly int _threads;
    private readonly GenerationOptions _options;
    private readonly AvatarChoice? _avatar;
    private readonly Lazy<MotionGenerator> _generator;
    private readonly Lazy<bool> _takesSound;

    public UploadedMusic(string model, int threads, GenerationOptions options, AvatarChoice? avatar = null)
    {
        _avatar = avatar;
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
        var reading = MusicInput.StageOf(input.Path);
        var job = new JobStages(progress, reading, Stages.Generating(_options.Contact));
        var read = job.Begin(reading.Name);
        var music = MusicInput.Read(input.Path, 0, null, _model, _threads, (seconds, whole) =>
        {
            CheckLength(input, seconds);
            read.Report(MusicInput.HeardShare(seconds, whole), $"listening, {seconds:0} s heard");
        }, _takesSound.Value, cancellation: cancellation);
        var score = music.Notes;
        cancellation.ThrowIfCancellationRequested();
        CheckNotes(input, score);

        var hands = job.BeginGenerating(_options.Contact);
        var made = _generator.Value.Generate(music, _options, hands, cancellation);
        cancellation.ThrowIfCancellationRequested();
        job.Finish();
        var title = FileWords.Line(score.Title ?? "") is { Length: > 0 } given ? given : input.Name;
        var piece = new PlayedPiece(new Score(made.Clip.Notes, score.Pedal, title) { Credits = score.Credits }, input.Path, 0, null, _threads, Avatar: _avatar);
        return new()
        {
            Title = title,
            Seconds = made.Clip.Duration,
            Notes = made.Clip.Notes.Count,
            Endings = [.. MotionOutputs.Extensions.Where(IsAvailable), NotesEnding],
            Write = (path, unwanted) =>
            {
                if (Path.GetExtension(path) == NotesEnding) MidiFile.Write(path, piece.Score, cancellation: unwanted);
                else MotionOutputs.Write(path, made.Clip, piece, cancellation: unwanted);
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
}
