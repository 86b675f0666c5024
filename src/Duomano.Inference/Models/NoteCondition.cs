using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;
using Duomano.Inference.Onnx;
using Duomano.Inference.Windows;
using Duomano.Networks.Position;

namespace Duomano.Inference.Models;

/// <summary>Conditions on features of fingered notes; the predictors tell how the wrists depart from where their keys are.</summary>
internal sealed class NoteCondition : IMotionCondition
{
    private readonly Workers<HandModels> _workers;
    private readonly MotionCodec _codec;
    private readonly PositionFeatures _told;
    private readonly double _fps;
    private readonly float _expectedShare;
    private readonly HandBuild _build;

    private NoteCondition(Workers<HandModels> workers, PositionFeatures told, ModelConfig config)
    {
        _told = told;
        _workers = workers;
        _codec = new(config.Normalization);
        _fps = config.Fps;
        (_expectedShare, _build) = (config.ExpectedWristShare, config.Normalization.HandBuild);
    }

    public static NoteCondition Load(string folder, ModelConfig config, int threads)
    {
        var weights = ModelWeights.Read(folder, ModelWeights.Position, PositionNetwork.Parameters(config.Position, config.Compatibility));
        var told = new PositionFeatures(config.Position.FeatureEncoder?.Features ?? PlayingFeatures.Width);
        return new(
            new(threads, () => new([1, config.WindowFrames, told.Width], weights, (graph, input) =>
                new PositionNetwork<OnnxValue>(graph, config.Position, config.Compatibility).Predict(input).Position)),
            told,
            config);
    }

    public MotionCondition Of(MusicToPlay music, Score fingered, WindowPlan windows, float handSize, AskedStyle style, CancellationToken cancellation)
    {
        var features = PlayingFeatures.Compute(fingered, windows.PaddedLength, _fps, handSize);
        var anchors = HandAnchor.Compute(fingered, windows.PaddedLength, _fps);
        PerHand<float[]> Rows(int index) => features.Map(rows => windows.Rows(rows, index));

        var predicted = new PerHand<float[]>[windows.Starts.Count];
        _workers.Run(predicted.Length, (models, index) =>
        {
            PerHand<float[]> Predicted(float[] told)
            {
                var rows = _told.Of(Rows(index), anchors.Map(path => windows.Rows(path, index)), told);
                return PerHand.Create(side => models.Run(side, rows[side]).ToArray());
            }

            predicted[index] = Predicted(style.Told);
            if (!style.IsGuided || !PositionFeatures.TakesStyle(_told.Width)) return;
            var anybody = Predicted(AskedStyle.ToldOfAnybody);
            foreach (var side in HandSides.Both) style.Guide(predicted[index][side], anybody[side]);
        }, cancellation);
        var positions = PerHand.Create(side => _codec.FromPredicted(windows.Join([.. predicted.Select(window => window[side])]), anchors[side]));
        // Only people are where the pianist expects people.
        if (_expectedShare > 0 && style.Style.IsPerson != false) Draw(positions, ExpectedWrists.Of(fingered.Notes, anchors.Map(path => path[0]), HandSkeleton.Create(HandSide.Right, handSize, _build), windows.PaddedLength, _fps));
        return new(positions, Rows);
    }

    public void Dispose() => _workers.Dispose();

    // Two predictors that learned in different ways are wrong in different places: between them is nearer to people.
    private void Draw(PerHand<float[]> positions, PerHand<Vector2[]> expected)
    {
        foreach (var side in HandSides.Both)
        {
            for (var frame = 0; frame < expected[side].Length; frame++)
            {
                var position = positions[side].AsSpan(frame * 3, 3);
                var wrist = _codec.WristAt(position);
                var place = Vector2.Lerp(new(wrist.X, wrist.Z), expected[side][frame], _expectedShare);
                _codec.PutWrist(new(place.X, wrist.Y, place.Y), position);
            }
        }
    }
}
