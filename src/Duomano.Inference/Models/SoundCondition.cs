using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Inference.Onnx;
using Duomano.Inference.Windows;
using Duomano.Networks.Configuration;
using Duomano.Networks.Encoders;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Models;

/// <summary>
/// Conditions on sound, as the published system does: each hand's predictor with its own audio encoder. Every window is
/// heard by itself, normalised by itself, as in training. The encoders are large, so there is one of each, and the hands
/// share the threads.
/// </summary>
internal sealed class SoundCondition : IMotionCondition
{
    private const string Samples = "samples";
    private const string Position = "position";
    private const string Cond = "cond";

    private readonly PerHand<OnnxModel> _models;
    private readonly ModelConfig _config;
    private readonly AudioEncoderConfig _encoder;
    private readonly bool _together;

    private SoundCondition(ModelConfig config, Func<HandSide, StateDict> weights, int threads)
    {
        _config = config;
        _encoder = config.Position.AudioEncoder ?? throw new ArgumentException("The model's position predictor has no audio encoder.", nameof(config));
        _together = threads > 1;
        var threading = new OnnxThreading { IntraOperation = Math.Max(threads / 2, 1) };
        _models = DisposablePair.Create(side =>
        {
            var graph = new OnnxGraph(weights(side));
            var prediction = new PositionNetwork<OnnxValue>(graph, config.Position, config.Compatibility)
                .PredictFromSound(graph.Input(Samples, 1, SampleOf(config.WindowFrames)), config.WindowFrames);
            graph.Output(Position, prediction.Position);
            graph.Output(Cond, prediction.Cond);
            return new OnnxModel(graph, threading);
        });
    }

    public static SoundCondition Load(string folder, ModelConfig config, int threads)
    {
        var declared = PositionNetwork.Parameters(config.Position, config.Compatibility);
        return new(config, side => ModelWeights.Read(folder, ModelWeights.Position, declared, side), threads);
    }

    public MotionCondition Of(MusicToPlay music, Score fingered, WindowPlan windows, float handSize, AskedStyle style, CancellationToken cancellation)
    {
        var sound = music.Sound ?? throw new ArgumentException("The model listens to sound, and none was given.", nameof(music));
        var told = windows.Starts.Select(start =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Hear(sound, start);
        }).ToArray();
        return new(
            PerHand.Create(side => windows.Join([.. told.Select(window => window[side].Position)])),
            index => told[index].Map(hand => hand.Cond));
    }

    public void Dispose()
    {
        foreach (var side in HandSides.Both) _models[side].Dispose();
    }

    private PerHand<(float[] Position, float[] Cond)> Hear(float[] sound, int firstFrame)
    {
        var samples = new float[SampleOf(_config.WindowFrames)];
        var first = Math.Min(SampleOf(firstFrame), sound.Length);
        sound.AsSpan(first, Math.Min(samples.Length, sound.Length - first)).CopyTo(samples);
        if (_encoder.NormalizesSound) samples = SoundNormalization.Normalize(samples);
        var told = new (float[], float[])[2];
        Parallel.For(0, 2, new() { MaxDegreeOfParallelism = _together ? 2 : 1 }, hand =>
        {
            var model = _models[(HandSide)hand];
            model.Set(Samples, samples);
            model.Run();
            told[hand] = ([.. model[Position]], [.. model[Cond]]);
        });
        return PerHand.Create(side => told[(int)side]);
    }

    private int SampleOf(int frame) => (int)Math.Min(int.MaxValue, Math.Round(frame * AudioEncoderConfig.SampleRate / _config.Fps));
}
