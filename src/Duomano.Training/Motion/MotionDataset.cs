using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;

namespace Duomano.Training.Motion;

/// <summary>Clips with their notes, and windows drawn from them.</summary>
public sealed class MotionDataset
{
    private readonly IReadOnlyList<MotionExample> _clips;
    private readonly IReadOnlyList<Score> _scores;
    private readonly long[] _windowsBefore;
    private readonly MotionNormalization _normalization;
    private readonly MotionCodec _codec;
    private readonly int _window;
    private readonly TranscriptionNoise? _heard;
    private readonly PredictionNoise? _noise;
    private readonly double? _peopleShare;
    private readonly int _firstPerson;

    /// <summary>Keeps the clips that are at least a window long.</summary>
    /// <param name="clips">Clips with notes whose hands and fingers are known.</param>
    /// <param name="normalization">How they are scaled.</param>
    /// <param name="window">Frames of a window.</param>
    /// <param name="heard">How notes are misheard in a share of the windows drawn; never, if not given.</param>
    /// <param name="noise">How predicted wrist tracks are displaced in the windows drawn; not at all, if not given.</param>
    /// <param name="peopleShare">Share of the windows drawn that are recorded people's, if there are both; by length, if not given.</param>
    /// <exception cref="ArgumentException">No clip is long enough.</exception>
    public MotionDataset(
        IEnumerable<MotionExample> clips, MotionNormalization normalization, int window, TranscriptionNoise? heard = null, PredictionNoise? noise = null, double? peopleShare = null)
    {
        ArgumentNullException.ThrowIfNull(clips);
        // People's are the last, so that a window can be drawn among them.
        _clips = [.. clips.Where(example => example.Clip.FrameCount >= window).OrderBy(example => example.IsPerson)];
        _firstPerson = _clips.TakeWhile(example => !example.IsPerson).Count();
        if (_clips.Count == 0) throw new ArgumentException($"No clip is as long as a window of {window} frames.", nameof(clips));
        _scores = [.. _clips.Select(example => new Score(example.Clip.Notes))];
        _normalization = normalization;
        _codec = new(normalization);
        _window = window;
        _heard = heard;
        _noise = noise;
        _peopleShare = _firstPerson > 0 && _firstPerson < _clips.Count ? peopleShare : null;
        _windowsBefore = new long[_clips.Count + 1];
        for (var i = 0; i < _clips.Count; i++) _windowsBefore[i + 1] = _windowsBefore[i] + _clips[i].Clip.FrameCount - window + 1;
    }

    /// <summary>How motion and positions are scaled.</summary>
    public MotionNormalization Normalization => _normalization;

    /// <summary>Clips that windows are drawn from.</summary>
    public int ClipCount => _clips.Count;

    /// <summary>A window anywhere in the clips; each of people's, and each of the others, with the same chance.</summary>
    /// <param name="random">What draws.</param>
    public MotionWindow Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var (first, end) = (0L, _windowsBefore[^1]);
        if (_peopleShare is { } share)
        {
            if (random.NextDouble() < share) first = _windowsBefore[_firstPerson];
            else end = _windowsBefore[_firstPerson];
        }

        var chosen = first + (long)(random.NextDouble() * (end - first));
        var clip = Array.BinarySearch(_windowsBefore, chosen);
        if (clip < 0) clip = ~clip - 1;
        var score = _heard is not null && random.NextDouble() < _heard.Share ? new(_heard.Hear(_scores[clip].Notes, random)) : _scores[clip];
        return Cut(clip, (int)(chosen - _windowsBefore[clip]), score, random);
    }

    /// <summary>Windows spread evenly over all clips: always the same ones, for validation.</summary>
    /// <param name="count">How many at most.</param>
    public IEnumerable<MotionWindow> Spread(int count) => SpreadPlaces(count).Select(place => place.Window);

    /// <summary>The windows of <see cref="Spread"/>, and where they are.</summary>
    /// <param name="count">How many at most.</param>
    public IEnumerable<PlacedWindow> SpreadPlaces(int count)
    {
        var all = _windowsBefore[^1];
        for (var i = 0L; i < Math.Min(count, all); i++)
        {
            var chosen = all * (2 * i + 1) / (2 * Math.Min(count, all));
            var clip = Array.BinarySearch(_windowsBefore, chosen);
            if (clip < 0) clip = ~clip - 1;
            var first = (int)(chosen - _windowsBefore[clip]);
            yield return new(Cut(clip, first, _scores[clip]), _clips[clip], first);
        }
    }

    /// <summary>The motion of a window in the piano frame.</summary>
    /// <param name="positions">Each hand's [frames, 3], normalised.</param>
    /// <param name="pose">Each hand's [48, frames], normalised.</param>
    public TwoHandClip ToClip(PerHand<float[]> positions, PerHand<float[]> pose) =>
        new(PerHand.Create(side => _codec.Decode(positions[side], pose[side], side)), _clips[0].Clip.Skeletons, _clips[0].Clip.Fps);

    /// <summary>The motion of a window in the piano frame, its wrists where a predictor has them.</summary>
    /// <param name="window">One of this data set's.</param>
    /// <param name="predicted">What the predictor tells, as <see cref="MotionWindow.Predicted"/>.</param>
    public TwoHandClip ToClip(MotionWindow window, PerHand<float[]> predicted)
    {
        ArgumentNullException.ThrowIfNull(window);
        // Departures count from the same place as the true ones.
        var own = _normalization.PositionScale;
        var scale = _normalization.Departure?.Scale ?? own;
        var errors = predicted.Zip(window.Predicted, (told, actual) => told.Zip(actual, (a, b) => a - b).ToArray());
        return ToClip(
            window.Positions.Zip(errors, (positions, error) => positions.Select((position, i) => position + error[i] * scale[i % 3] / own[i % 3]).ToArray()), window.Pose);
    }

    private MotionWindow Cut(int clip, int first, Score score, SeededRandom? random = null)
    {
        var example = _clips[clip];
        var source = example.Clip;
        var features = PlayingFeatures.Compute(score, _window, source.Fps, source.Skeletons.Right.Size, first, example.IsPerson);
        var tracks = source.Hands.Map(track => track.Slice(first, _window));
        var positions = PerHand.Create(side => _codec.EncodePositions(tracks[side], side));
        var guide = example.Predicted is { } predicted ? predicted.Map(track => track.AsSpan(first * 3, _window * 3).ToArray()) : positions;
        if (_noise is not null && random is not null) guide = guide.Map(track => Displaced(track, _noise.Draw(_window, random)));
        var anchors = HandAnchor.Compute(score, _window, source.Fps, first);
        return new(
            features,
            positions,
            positions.Zip(anchors, (own, anchor) => _codec.ToPredicted(own, anchor)),
            PerHand.Create(side => _codec.EncodePose(tracks[side], side)),
            anchors,
            guide,
            StyleFeatures.Of(random is null ? example.Style : StyleFeatures.PartOf(example.Style, random)));
    }

    private float[] Displaced(float[] track, System.Numerics.Vector3[] by)
    {
        var displaced = track.ToArray();
        for (var i = 0; i < displaced.Length; i++) displaced[i] += by[i / 3][i % 3] / _normalization.PositionScale[i % 3];
        return displaced;
    }
}

/// <summary>A window and where it is.</summary>
/// <param name="Window">The window.</param>
/// <param name="Example">The clip that it was cut from.</param>
/// <param name="First">Its first frame there.</param>
public readonly record struct PlacedWindow(MotionWindow Window, MotionExample Example, int First);

/// <summary>One training example, both hands, in normalised units.</summary>
/// <param name="Features">Each [frames, features].</param>
/// <param name="Positions">Each [frames, 3].</param>
/// <param name="Predicted">What the position predictor is to tell of them, each [frames, 3].</param>
/// <param name="Pose">Each [48, frames].</param>
/// <param name="Anchors">Each [frames], metres.</param>
/// <param name="Guide">Each [frames, 3]: where gestures are told that the wrists are, by a predictor where one was asked.</param>
/// <param name="Style">Who plays and how, [windows, <see cref="StyleFeatures.ToldWidth"/>].</param>
public sealed record MotionWindow(
    PerHand<float[]> Features, PerHand<float[]> Positions, PerHand<float[]> Predicted, PerHand<float[]> Pose, PerHand<float[]> Anchors, PerHand<float[]> Guide, float[] Style)
{
    /// <summary>Puts equally long windows behind one another.</summary>
    public static MotionWindow Stack(IReadOnlyList<MotionWindow> windows) => new(
        PerHand.Create(side => Join(windows, window => window.Features[side])),
        PerHand.Create(side => Join(windows, window => window.Positions[side])),
        PerHand.Create(side => Join(windows, window => window.Predicted[side])),
        PerHand.Create(side => Join(windows, window => window.Pose[side])),
        PerHand.Create(side => Join(windows, window => window.Anchors[side])),
        PerHand.Create(side => Join(windows, window => window.Guide[side])),
        Join(windows, window => window.Style));

    private static float[] Join(IReadOnlyList<MotionWindow> windows, Func<MotionWindow, float[]> part) => [.. windows.SelectMany(part)];
}
