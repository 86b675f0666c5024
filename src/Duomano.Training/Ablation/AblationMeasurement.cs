using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Evaluation;
using Duomano.Evaluation.Likeness;
using Duomano.Evaluation.Published;
using Duomano.Inference.Autoencoder;
using Duomano.Inference.Motion;
using Duomano.Networks.Diffusion;
using Duomano.Training.Gesture;
using Duomano.Training.Motion;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Ablation;

/// <summary>How motion is drawn for a row of a table.</summary>
/// <param name="Title">What tables call it.</param>
/// <param name="Start">The noise.</param>
/// <param name="Steps">Denoising steps; the recipe's, if not given.</param>
/// <param name="Silenced">Whether it is also drawn with hands that are told nothing of each other, to see what the exchange moves.</param>
public sealed record AblationSampling(string Title, StartNoise Start, int? Steps = null, bool Silenced = false);

/// <summary>Measures gesture networks on windows of works that they have not learned from, without contact and without guidance of fingers.</summary>
public sealed class AblationMeasurement
{
    private const double Millimetres = 1000;
    private const double Milliseconds = 1000;

    // Windows that are drawn at a time.
    private const int Batch = 16;

    private readonly MotionNormalization _normalization;
    private readonly MotionCodec _codec;
    private readonly int _frames;
    private readonly PlacedWindow[] _people;
    private readonly PlacedWindow[] _windows;
    private readonly TwoHandClip[] _real;
    private readonly PerHand<HandMotion>[] _motions;
    private readonly GestureFeatureExtractor? _features;
    private readonly int _threads;
    private readonly Lazy<IReadOnlyDictionary<string, double>> _ofReal;

    /// <summary>Chooses the windows.</summary>
    /// <param name="test">What they are cut from, with predicted wrists.</param>
    /// <param name="normalization">How motion is scaled.</param>
    /// <param name="frames">Frames of a window.</param>
    /// <param name="windows">How many of people, and half as many of others; without people, all of others.</param>
    /// <param name="features">What FGD is measured in; it is left out without.</param>
    /// <param name="threads">How many windows are measured at once.</param>
    /// <exception cref="ArgumentException">No clip is long enough.</exception>
    public AblationMeasurement(IReadOnlyList<MotionExample> test, MotionNormalization normalization, int frames, int windows, GestureFeatureExtractor? features, int threads)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(normalization);
        (_normalization, _codec, _frames, _features, _threads) = (normalization, new(normalization), frames, features, threads);
        ILookup<bool, MotionExample> examples = test.Where(example => example.Clip.FrameCount >= frames).ToLookup(example => example.IsPerson);
        PlacedWindow[] Of(bool people, int count) => examples[people].Any() ? [.. new MotionDataset(examples[people], normalization, frames).SpreadPlaces(count)] : [];
        _people = Of(people: true, windows);
        _windows = [.. _people, .. Of(people: false, _people.Length == 0 ? windows : windows / 2)];
        if (_windows.Length == 0) throw new ArgumentException($"Nothing that is measured on is {frames} frames long.", nameof(test));
        _real = [.. _windows.Select(Real)];
        _motions = [.. _real.Select(Motion)];
        _ofReal = new(() =>
        {
            var figures = Figures(_real, null);
            return AblationFigure.All.Where(figure => figure.OfReal && figures.ContainsKey(figure.Name)).ToDictionary(figure => figure.Name, figure => figures[figure.Name]);
        });
    }

    /// <summary>How many windows are measured.</summary>
    public int Windows => _windows.Length;

    /// <summary>The figures that can be told of the real motion itself: the best that a network can be.</summary>
    public IReadOnlyDictionary<string, double> OfReal => _ofReal.Value;

    /// <summary>The figures of networks.</summary>
    /// <param name="recipe">What they were trained with.</param>
    /// <param name="streams">The networks.</param>
    /// <param name="device">Where they live.</param>
    /// <param name="sampling">How motion is drawn.</param>
    /// <param name="cancellation">Stops between windows.</param>
    public IReadOnlyDictionary<string, double> Of(GestureRecipe recipe, GestureStreams streams, torch.Device device, AblationSampling sampling, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(sampling);
        var sampler = new GestureSampling(recipe, _normalization, streams, device);
        TwoHandClip[] Draw() => [.. _windows.Chunk(Batch).SelectMany((chunk, index) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var drawn = sampler.Sample(MotionWindow.Stack([.. chunk.Select(place => place.Window)]), new(recipe.Training.Seed, $"ablation {index}"), sampling.Start, sampling.Steps);
            return chunk.Select((_, i) => Drawn(_real[index * Batch + i], drawn, i, recipe.Diffusion.SmoothingFrames));
        })];
        var clips = Draw();
        if (!sampling.Silenced || streams is not SeparateStreams separate) return Figures(clips, null);
        separate.Exchange = false;
        try
        {
            return Figures(clips, Draw());
        }
        finally
        {
            separate.Exchange = true;
        }
    }

    private static PerHand<HandMotion> Motion(TwoHandClip clip) => PerHand.Create(side => HandMotion.FromClip(clip, side, PianoMotionHand.Duomano));

    private IReadOnlyDictionary<string, double> Figures(TwoHandClip[] clips, TwoHandClip[]? silenced)
    {
        var paper = PaperRun.Measure(
            0, [.. _motions.Zip(clips, (real, clip) => (real, Motion(clip)))], TwoHandClip.DefaultFps, 0, _features is null ? null : motion => _features.Extract(motion.Map(hand => hand.Pose)), _threads);
        var (published, ours) = (paper.Together.Reference, paper.Together.Ours);
        var figures = new Dictionary<string, double>
        {
            ["fid_published"] = published.Fid,
            ["wgd_published"] = published.Wgd,
            ["pd_published_m"] = published.PositionDistance,
            ["smooth_published"] = published.Smooth,
        };
        if (paper.GestureDistance is { } distance) figures["fgd"] = distance;
        if (ours is { } measures) (figures["wgd"], figures["pd_m"], figures["smooth"]) = (measures.Wgd, measures.PositionDistance, measures.Smooth);
        KeyPress[] presses = [.. clips.Select(clip => KeyPress.Measure(clip))];
        figures["note_f1"] = presses.Select(press => press.Notes).Aggregate((a, b) => a + b).F1;

        // Where there are people, only they are compared with, and only their hands depend on each other in ways that notes do not tell.
        var compared = _people.Length == 0 ? _windows.Length : _people.Length;
        var (place, own, other) = (PlaceDifference.None, new HandShapes(), new HandShapes());
        for (var i = 0; i < compared; i++)
        {
            var (person, seen) = (SeenFromAbove.Of(_real[i]), SeenFromAbove.Of(clips[i]));
            place += PlaceDifference.Measure(person, seen);
            own.Add(person, person);
            other.Add(person, seen);
        }

        (figures["wrist_x_mm"], figures["wrist_z_mm"]) = (place.WristX.Mean * Millimetres, place.WristZ.Mean * Millimetres);
        (figures["tips_x_mm"], figures["tips_z_mm"]) = (place.FingertipX.Mean * Millimetres, place.FingertipZ.Mean * Millimetres);
        if (HandShapes.Between(own, other) is { } shapes) (figures["shapes_cm2"], figures["speeds_cm2"]) = (shapes.Shape, shapes.SmoothedFingerSpeed);
        var together = Enumerable.Range(0, compared).Select(i => HandsTogether.Measure(clips[i], _real[i], Expected(_windows[i]), presses[i])).Aggregate((a, b) => a + b);
        (figures["distance_mm"], figures["speed_correlation"]) = (together.Distance.Mean * Millimetres, together.Speeds.Correlation);
        (figures["together_x"], figures["together_y"], figures["together_z"]) = (together.Along.Correlation, together.Up.Correlation, together.Inwards.Correlation);
        if (together.Asynchrony.Count > 0) figures["asynchrony_ms"] = together.Asynchrony.Mean * Milliseconds;
        if (silenced is not null) figures["exchange_mm"] = clips.Zip(silenced, MotionDifference.Measure).Aggregate((a, b) => a + b).Fingertips.Mean * Millimetres;

        // What cannot be told, such as of hands that keep still, is left out.
        return figures.Where(figure => double.IsFinite(figure.Value)).ToDictionary();
    }

    private PerHand<Vector3[]> Expected(PlacedWindow place) =>
        PerHand.Create(side => place.Window.Guide[side].Chunk(3).Select(position => HandMirror.LikeRight(_codec.WristAt(position), side)).ToArray());

    private TwoHandClip Real(PlacedWindow place)
    {
        var clip = place.Example.Clip;
        return new(clip.Hands.Map(track => track.Slice(place.First, _frames)), clip.Skeletons, clip.Fps, new Score(clip.Notes).Crop(place.First / clip.Fps, _frames / clip.Fps).Notes);
    }

    private TwoHandClip Drawn(TwoHandClip real, (PerHand<float[]> Positions, PerHand<float[]> Pose) drawn, int index, int smoothing)
    {
        var (wrists, joints) = (_frames * 3, _frames * HandJoint.PoseLength);
        return new(
            PerHand.Create(side => _codec.Decode(drawn.Positions[side].AsSpan(index * wrists, wrists), drawn.Pose[side].AsSpan(index * joints, joints), side).Smoothed(smoothing)),
            real.Skeletons, real.Fps, real.Notes);
    }
}
