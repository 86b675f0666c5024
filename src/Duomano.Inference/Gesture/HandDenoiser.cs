using Duomano.Inference.Onnx;
using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Gesture;

/// <summary>
/// One hand's gesture network for one batch and length as three models: what is done once a clip, the way down to the
/// exchange, and the way up. They hand arrays on without copying.
/// </summary>
internal sealed class HandDenoiser : IDisposable
{
    private const string Condition = "condition";
    private const string Cond = "cond";
    private const string Guide = "guide";
    private const string GuideFrames = "guide_frames";
    private const string Pose = "pose";
    private const string Steps = "steps";
    private const string Bottleneck = "bottleneck";
    private const string Other = "other";

    private readonly OnnxModel _clip;
    private readonly OnnxModel _down;
    private readonly OnnxModel _up;
    private readonly bool _hasGuide;

    public HandDenoiser(
        UNetConfig config, StateDict weights, ReferenceCompatibility compatibility, OnnxThreading threading, InferencePrecision precision,
        (int Batch, int Frames) size, float[] ownBottleneck, float[] otherBottleneck)
    {
        var (batch, frames) = size;
        _hasGuide = config.GuideWidth > 0;

        var graph = new OnnxGraph(weights);
        var cond = new UNet<OnnxValue>(graph, config, compatibility).Condition(graph.Input(Condition, batch, frames, config.InputWidth));
        graph.Output(Cond, cond);
        if (config.GuideWidth > 0) graph.Output(Guide, graph.Permute(graph.Input(GuideFrames, batch, frames, config.GuideWidth), 0, 2, 1));
        _clip = new OnnxModel(graph, threading);

        try
        {
            // What is done once a clip stays exact: nothing is won there.
            graph = new OnnxGraph(weights, precision);
            var descent = new UNet<OnnxValue>(graph, config, compatibility).Descend(
                graph.Input(Pose, batch, config.Channels, frames), graph.Input(Steps, 1), graph.Input(Cond, cond.Shape.Sizes),
                config.GuideWidth > 0 ? graph.Input(Guide, batch, config.GuideWidth, frames) : null);
            var handedOn = Named(descent).ToList();
            foreach (var (name, value) in handedOn) graph.Output(name, value);
            var arrays = new Dictionary<string, float[]> { [Cond] = _clip[Cond], [Bottleneck] = ownBottleneck };
            if (config.GuideWidth > 0) arrays[Guide] = _clip[Guide];
            _down = new OnnxModel(graph, threading, arrays);

            graph = new OnnxGraph(weights, precision);
            var inputs = handedOn.ToDictionary(item => item.Name, item => graph.Input(item.Name, item.Value.Shape.Sizes));
            var other = graph.Input(Other, descent.Bottleneck.Shape.Sizes);
            var arrived = new UNetDescent<OnnxValue>(
                inputs["start"], inputs["time"], [.. descent.Skips.Select((_, i) => inputs[$"skip{i}"])], inputs[Bottleneck]);
            graph.Output("output", new UNet<OnnxValue>(graph, config, compatibility).Ascend(arrived, other));
            arrays = handedOn.ToDictionary(item => item.Name, item => _down[item.Name]);
            arrays[Other] = otherBottleneck;
            _up = new OnnxModel(graph, threading, arrays);
        }
        catch
        {
            _clip.Dispose();
            _down?.Dispose();
            throw;
        }
    }

    /// <summary>The network's answer after <see cref="Ascend"/>.</summary>
    public float[] Output => _up["output"];

    public void SetClip(float[] condition, float[]? guide)
    {
        _clip.Set(Condition, condition);
        if (guide is not null) _clip.Set(GuideFrames, guide);
        _clip.Run();
    }

    /// <summary>What the clip's part of the network made of the clip.</summary>
    public EncodedHand Encoded() => new([.. _clip[Cond]], _hasGuide ? [.. _clip[Guide]] : null);

    /// <summary>Puts an earlier result of <see cref="Encoded"/> back, as if its clip had just been set.</summary>
    public void SetEncoded(EncodedHand encoded)
    {
        encoded.Cond.CopyTo(_clip[Cond], 0);
        encoded.Guide?.CopyTo(_clip[Guide], 0);
    }

    public void Descend(float[] noisy, int t)
    {
        _down.Set(Pose, noisy);
        _down[Steps][0] = t; // one step for the whole batch: its embedding broadcasts
        _down.Run();
    }

    /// <summary>To be called when both hands have descended.</summary>
    public void Ascend() => _up.Run();

    public void Dispose()
    {
        _clip.Dispose();
        _down.Dispose();
        _up.Dispose();
    }

    private static IEnumerable<(string Name, OnnxValue Value)> Named(UNetDescent<OnnxValue> descent) =>
    [
        ("start", descent.Start),
        ("time", descent.Time),
        .. descent.Skips.Select((skip, i) => ($"skip{i}", skip)),
        (Bottleneck, descent.Bottleneck),
    ];
}

/// <summary>One hand's encoded clip.</summary>
internal sealed record EncodedHand(float[] Cond, float[]? Guide);
