using Duomano.Core.Contact;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;
using Duomano.Inference.Models;
using Duomano.Inference.Motion;
using Duomano.Inference.Windows;

namespace Duomano.Inference;

/// <summary>
/// The public door: notes in, two moving hands out. Pieces of any length are cut into overlapping windows that are
/// denoised together, so that there is one motion and no seam. One generator serves one call at a time.
/// </summary>
public sealed class MotionGenerator : IDisposable
{
    /// <summary>The share of the progress from which on the fingers are put on their keys.</summary>
    public const double ContactBegins = 0.5;

    // The share of what comes before contact that is done when notes have fingers, and when the wrists' ways are known.
    private const double Fingered = 0.12;
    private const double Conditioned = 0.28;

    private readonly ModelConfig _config;
    private readonly MotionCodec _codec;
    private readonly IMotionCondition _condition;
    private readonly GestureModel _gesture;
    private readonly int _threads;

    private MotionGenerator(ModelConfig config, IMotionCondition condition, GestureModel gesture, int threads)
    {
        _config = config;
        _codec = new(config.Normalization);
        _condition = condition;
        _gesture = gesture;
        _threads = threads;
    }

    /// <summary>The hand model that the networks learned to move, where annotations of it count from its origin and mean pose; null otherwise.</summary>
    public PianoMotionHand? Hand => _config.Normalization.Hand;

    /// <summary>Whether the model is conditioned on sound; otherwise the notes are enough.</summary>
    public bool TakesSound => _config.TakesSound;

    /// <summary>Whether the networks can be asked for styles.</summary>
    public bool KnowsStyles => _config.KnowsStyles;

    /// <summary>Loads a model directory.</summary>
    /// <param name="folder">Folder with config.json and weights.</param>
    /// <param name="threads">Threads to compute with, at least 1.</param>
    /// <param name="precision">What the gesture networks' large weights are multiplied in.</param>
    /// <param name="exchange">Whether the gesture networks are told of each other; without, to find out what that does.</param>
    /// <exception cref="Core.Files.UnreadableFileException">The directory is not a whole model.</exception>
    /// <exception cref="ArgumentException">The processor cannot multiply in this precision.</exception>
    public static MotionGenerator Load(string folder, int threads = 1, InferencePrecision precision = InferencePrecision.Float32, bool exchange = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (precision == InferencePrecision.Int8 && !InferencePrecisions.HasInt8)
        {
            throw new ArgumentException("int8 takes a processor with VNNI or Arm's dot product, which this one has not: use float32.", nameof(precision));
        }

        var config = ModelConfig.Read(folder);
        IMotionCondition condition = config.TakesSound ? SoundCondition.Load(folder, config, threads) : NoteCondition.Load(folder, config, threads);
        try
        {
            return new(config, condition, GestureModel.Load(folder, config, threads, precision, exchange), threads);
        }
        catch
        {
            condition.Dispose();
            throw;
        }
    }

    /// <summary>Makes the motion of two hands that play a score.</summary>
    /// <param name="score">The notes; hands and fingers given there are kept, the others are found.</param>
    /// <param name="duration">Length of the motion, seconds.</param>
    /// <param name="options">Seed, sampler, hand size and so on.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between steps of denoising and of refinement.</param>
    public GenerationResult Generate(Score score, double duration, GenerationOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default) =>
        Generate(new MusicToPlay(score, duration), options, progress, cancellation);

    /// <summary>Makes the motion of two hands that play.</summary>
    /// <param name="music">What they play; with sound where <see cref="TakesSound"/>.</param>
    /// <param name="options">Seed, sampler, hand size and so on.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between steps of denoising and of refinement.</param>
    public GenerationResult Generate(MusicToPlay music, GenerationOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(music);
        var (score, duration) = (music.Notes, music.Duration);
        ArgumentNullException.ThrowIfNull(score);
        if (!(duration > 0 && double.IsFinite(duration))) throw new ArgumentOutOfRangeException(nameof(music), duration, $"A motion is longer than 0 s, not {duration} s.");
        options ??= new();
        var network = progress.Part(0, options.Contact ? ContactBegins : 1);
        var plan = FingeringPlanner.Plan(score.Notes, new() { HandSize = options.HandSize, Lacking = HandSkeleton.LackingOf(options.OwnHands) }, network.Part(0, Fingered), cancellation);
        var own = Hand?.Name == PianoMotionHand.Mano.Name ? options.OwnHands?.Right.Mano : null;
        if (!KnowsStyles && (options.Style != PlayerStyle.Person || options.StyleStrength != 1)) throw new ArgumentException("The model knows no styles but its own: generate with one that was trained with styles, or perform.", nameof(options));
        var style = options.Touch with { HandSize = options.HandSize, Build = _config.Normalization.HandBuild };
        var asked = new AskedStyle(options.Style, options.StyleStrength * (options.Style == PlayerStyle.Person ? 1 : _config.StyleStrength));
        var toPlay = NotesToPlay.Of([.. plan.Notes.Where(note => note.Onset < duration)], style, options.OwnHands);
        var frames = Math.Max(1, (int)Math.Round(duration * _config.Fps));
        var windows = new WindowPlan(frames, _config.WindowFrames, _config.OverlapFrames);
        var condition = _condition.Of(music, score.WithNotes(Expressed(toPlay.Played, options.Expression)), windows, options.HandSize, asked, cancellation);
        network?.Report(Conditioned);
        cancellation.ThrowIfCancellationRequested();
        var noise = InitialNoise(windows.PaddedLength, options.Seed, options.Temperature ?? _config.Diffusion.Temperature);
        var pose = _gesture.Sample(condition, windows, noise, options, asked, Guide(toPlay.Played, condition, windows.PaddedLength, options, cancellation), network.Part(Conditioned, 1), cancellation);

        // Networks that learned of MANO move the user's own hand as it is; others move ours, which then becomes it.
        var codec = own is null ? _codec : new(MotionNormalization.PublishedFor(PianoMotionHand.Of(own)));
        var tracks = PerHand.Create(side =>
        {
            var drawn = Cropped(pose[side], windows.PaddedLength, frames);
            var positions = condition.Positions[side].AsSpan(0, frames * 3);
            var joints = HandJoint.PoseLength * frames;
            return codec.Decode(_config.DrawsWrists ? codec.DecodeWrist(positions, drawn.AsSpan(joints)) : positions, drawn.AsSpan(0, joints), side).Smoothed(_config.Diffusion.SmoothingFrames);
        });
        var skeletons = own is null ? TwoHandClip.SkeletonsOfSize(options.HandSize, _config.Normalization.HandBuild) : PerHand.Create(own.Skeleton);
        if (Hand is null) tracks = tracks.Zip(skeletons, WithinLimits);
        var clip = new TwoHandClip(tracks, skeletons, _config.Fps, toPlay.Played);
        if (options.OwnHands is { } hands) clip = clip.Onto(hands);
        Note[] unplayed = [.. toPlay.Unplayed.Select(note => note.Note)];
        if (!options.Contact) return new(clip, unplayed, null);
        var refined = ContactRefiner.Refine(clip, toPlay.Played, new() { Threads = _threads, Style = options.Touch }, progress.Part(ContactBegins, 1), cancellation);
        progress?.Report(1);
        return new(refined.Clip, [.. unplayed, .. refined.Unplayed.Select(note => note.Note), .. refined.Missed], refined);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _condition.Dispose();
        _gesture.Dispose();
    }

    // Louder and softer notes are farther apart, or nearer, for the hands.
    private static IReadOnlyList<Note> Expressed(IReadOnlyList<Note> notes, float expression)
    {
        if (expression == 1 || notes.Count == 0) return notes;
        var mean = notes.Average(note => note.Velocity);
        return [.. notes.Select(note => new Note(note.Onset, note.Offset, note.Key, (int)Math.Clamp(Math.Round(mean + expression * (note.Velocity - mean)), 1, 127)) { Hand = note.Hand, Finger = note.Finger })];
    }

    // Estimates of the motion become a motion, its fingers are led, and what they changed goes back.
    private Action<PerHand<float[]>>? Guide(IReadOnlyList<Note> notes, MotionCondition condition, int frames, GenerationOptions options, CancellationToken cancellation)
    {
        var strength = options.Guidance ?? _config.Diffusion.Guidance;
        if (strength == 0 || Hand is not null) return null;
        var guidance = new KeyGuidance(notes, HandSkeleton.Create(HandSide.Right, options.HandSize, _config.Normalization.HandBuild), frames, _config.Fps);
        return starts =>
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var side in HandSides.Both)
            {
                var (values, joints) = (starts[side], HandJoint.PoseLength * frames);
                var positions = condition.Positions[side];
                var wrists = _config.DrawsWrists ? _codec.DecodeWrist(positions, values.AsSpan(joints)) : positions;
                var motion = HandMirror.LikeRight(_codec.Decode(wrists, values.AsSpan(0, joints), side), side);
                var led = _codec.EncodePose(guidance.Led(motion, side, strength), HandSide.Right);
                led.AsSpan(3 * frames).CopyTo(values.AsSpan(3 * frames));
            }
        };
    }

    // Each hand has its own noise (section 3.3 of the paper), unless the model was made with the published copy.
    private PerHand<float[]> InitialNoise(int frames, long seed, float temperature)
    {
        float[] Draw(string stream)
        {
            var values = new float[_config.Gesture.Channels * frames];
            new SeededRandom(seed, stream).FillGaussian(values);
            for (var i = 0; i < values.Length; i++) values[i] *= temperature;
            return values;
        }

        var left = Draw("initial noise left");
        if (_config.Compatibility.SharedInitialNoise) return new(left, [.. left]);
        var right = Draw("initial noise right");
        if (_config.DrawsWrists && _config.Diffusion.WristsTogether > 0) WristNoise.Share(left, right, _config.Gesture.Channels, frames, _config.Diffusion.WristsTogether);
        return new(left, right);
    }

    // What a network answers is a little off in joints that hardly turn, too; those of a hand model have axes of its own.
    private static HandTrack WithinLimits(HandTrack track, HandSkeleton skeleton)
    {
        var limits = JointLimits.Of(skeleton);
        var kept = new HandTrack(track.FrameCount);
        var pose = new HandPose();
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            track.GetPose(frame, pose);
            limits.Clamp(pose);
            kept.SetPose(frame, pose);
        }

        return kept;
    }

    // [channels, padded] → [channels, frames]
    private static float[] Cropped(float[] channels, int padded, int frames)
    {
        if (padded == frames) return channels;
        var count = channels.Length / padded;
        var cropped = new float[count * frames];
        for (var channel = 0; channel < count; channel++) channels.AsSpan(channel * padded, frames).CopyTo(cropped.AsSpan(channel * frames));
        return cropped;
    }
}

/// <summary>What was generated.</summary>
/// <param name="Clip">The motion, with its notes, their hands and fingers.</param>
/// <param name="Unplayed">Notes that are left out: two hands cannot play them, or did not find their keys.</param>
/// <param name="Contact">How far the fingers were moved onto their keys; null where that was not asked for.</param>
public sealed record GenerationResult(TwoHandClip Clip, IReadOnlyList<Note> Unplayed, ContactResult? Contact);
