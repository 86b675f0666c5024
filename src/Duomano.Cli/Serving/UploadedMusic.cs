using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Duomano.Core.Music;
using Duomano.Inference;
using Duomano.Inference.Models;
using Duomano.Server;

namespace Duomano.Cli.Serving;

/// <summary>Makes the motion of uploads, as the commands generate and watch do; the model is loaded once.</summary>
internal sealed class UploadedMusic : IMotionMaker, IDisposable
{
    private readonly string _model;
    private readonly int _threads;
    private readonly GenerationOptions _options;
    private readonly AvatarChoice? _avatar;
    private readonly UploadedVideo _videos;
    private readonly Lazy<MotionGenerator> _generator;
    private readonly bool _takesSound;
    private readonly StyleChoice? _usual;

    /// <summary>Nothing is loaded yet.</summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="threads">Threads to work with.</param>
    /// <param name="options">How motion is generated.</param>
    /// <param name="avatar">Who plays with the whole body; null for hands alone.</param>
    /// <param name="seenHandSize">Size of the hands in videos; null to measure it.</param>
    /// <param name="style">How is played where nobody asks for a style; null for the model's usual one.</param>
    public UploadedMusic(string model, int threads, GenerationOptions options, AvatarChoice? avatar = null, float? seenHandSize = null, StyleChoice? style = null)
    {
        var config = ModelConfig.Read(model);
        (_usual, _takesSound) = (style, config.TakesSound);
        Styles = config.KnowsStyles ? StyleOptions.All : [];
        _videos = new(model, threads, seenHandSize, avatar);
        _avatar = avatar;
        _model = model;
        _threads = threads;
        _options = options;
        _generator = new(() => MotionGenerator.Load(model, threads));
    }

    public IReadOnlyList<string> Styles { get; }

    public VideoUse? Inspect(JobInput input, CancellationToken cancellation)
    {
        if (!input.Kind.HasNotes()) return UploadedVideo.Inspect(input, cancellation);
        var score = MusicInput.ReadScore(input.Path, say: _ => { }, cancellation: cancellation);
        UploadLimits.CheckLength(input, score.Duration);
        UploadLimits.CheckNotes(input, score);
        return null;
    }

    public MadeMotion Make(JobInput input, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        if (input.Video == VideoUse.Watch) return _videos.Watch(input, progress, cancellation);
        var reading = MusicInput.StageOf(input.Path);
        var job = new JobStages(progress, reading, Stages.Generating(_options.Contact));
        var read = job.Begin(reading.Name);
        var music = MusicInput.Read(input.Path, 0, null, _model, _threads, (seconds, whole) =>
        {
            UploadLimits.CheckLength(input, seconds);
            read.Report(MusicInput.HeardShare(seconds, whole), $"listening, {seconds:0} s heard");
        }, _takesSound, cancellation: cancellation);
        var score = music.Notes;
        cancellation.ThrowIfCancellationRequested();
        UploadLimits.CheckNotes(input, score);

        var hands = job.BeginGenerating(_options.Contact);
        var style = StyleOf(input);
        var made = _generator.Value.Generate(music, style?.Of(_options) ?? _options, hands, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var source = input.Video is null ? input.Path : KeptSound.InsteadOf(input, hasSound: true, cancellation);
        job.Finish();
        var title = FileWords.Line(score.Title ?? "") is { Length: > 0 } given ? given : input.Name;
        var piece = new PlayedPiece(new Score(made.Clip.Notes, score.Pedal, title) { Credits = score.Credits }, source, 0, null, _threads, Avatar: _avatar, BodyStyle: style?.Body);
        return MotionDownloads.Of(made.Clip, piece) with { Unneeded = input.Video is null ? [] : [input.Path] };
    }

    public MadeMotion Restore(JobInput input, string folder)
    {
        var body = input.Video == VideoUse.Watch ? null : StyleOf(input)?.Body;
        return KeptMotion.Read(folder, (score, source, isSilent) => new(score, source, 0, null, _threads, Avatar: _avatar, BodyStyle: body) { IsSilent = isSilent });
    }

    private StyleChoice? StyleOf(JobInput input) => input.Style is { } name ? StyleOptions.Choose(name, _usual?.Strength ?? 1, _usual?.Expression ?? 1, _options.Seed) : _usual;

    public void Dispose()
    {
        if (_generator.IsValueCreated) _generator.Value.Dispose();
    }
}
