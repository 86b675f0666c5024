using Duomano.Core.Hands;
using Duomano.Inference.Onnx;
using Duomano.Networks.Configuration;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Gesture;

/// <summary>
/// Both hands' gesture networks, ready to be asked by a sampler: <see cref="Denoise"/> is a <see cref="TwoHandDenoise"/>.
/// What the clip says is given once with <see cref="SetClip(int, int, PerHand{float[]}, PerHand{float[]}?)"/>; each step then only evaluates the U-Nets. Models for each
/// pair of batch and frames are made when first needed and kept. Not for several threads at once.
/// </summary>
public sealed class TwoHandDenoiser : IDisposable
{
    private readonly UNetConfig _config;
    private readonly Func<HandSide, StateDict> _weights;
    private readonly ReferenceCompatibility _compatibility;
    private readonly int _threads;
    private readonly InferencePrecision _precision;
    private readonly bool _exchange;
    private readonly Dictionary<(int Batch, int Frames), PerHand<HandDenoiser>> _models = [];
    private PerHand<HandDenoiser>? _current;

    /// <summary>Prepares the networks; nothing is compiled yet.</summary>
    /// <param name="config">Sizes, the same for both hands.</param>
    /// <param name="weights">Each hand's parameters, named as <see cref="Networks.Gesture.TwoHandUNet.Parameters"/> lists them.</param>
    /// <param name="compatibility">Which published quirks the networks have; ours if not given.</param>
    /// <param name="threads">
    /// Threads to use. From two on, each hand runs on its own thread with half of them: the hands meet only once a step, so this
    /// scales better than splitting each small operation.
    /// </param>
    /// <param name="precision">What large weights are multiplied in.</param>
    /// <param name="exchange">Whether each network is told of the other hand; otherwise of zeros in its place.</param>
    public TwoHandDenoiser(
        UNetConfig config, PerHand<StateDict> weights, ReferenceCompatibility? compatibility = null, int threads = 1, InferencePrecision precision = InferencePrecision.Float32, bool exchange = true)
        : this(side => weights[side], config, compatibility, threads, precision, exchange)
    {
    }

    private TwoHandDenoiser(Func<HandSide, StateDict> weights, UNetConfig config, ReferenceCompatibility? compatibility, int threads, InferencePrecision precision, bool exchange)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _config = config;
        _weights = weights;
        _compatibility = compatibility ?? ReferenceCompatibility.Ours;
        _threads = threads;
        _precision = precision;
        _exchange = exchange;
    }

    /// <summary>Prepares large networks, whose weights are read a hand at a time when models are made, and let go again.</summary>
    /// <param name="config">Sizes, the same for both hands.</param>
    /// <param name="weights">Reads a hand's parameters.</param>
    /// <param name="compatibility">Which published quirks the networks have; ours if not given.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="precision">What large weights are multiplied in.</param>
    /// <param name="exchange">Whether each network is told of the other hand; otherwise of zeros in its place.</param>
    public static TwoHandDenoiser Reading(
        UNetConfig config, Func<HandSide, StateDict> weights, ReferenceCompatibility? compatibility = null, int threads = 1, InferencePrecision precision = InferencePrecision.Float32, bool exchange = true) =>
        new(weights, config, compatibility, threads, precision, exchange);

    /// <summary>Encodes a clip like <see cref="SetClip(int, int, PerHand{float[]}, PerHand{float[]}?)"/> and keeps the result.</summary>
    /// <param name="batch">Clips or windows done together.</param>
    /// <param name="frames">Frames of each.</param>
    /// <param name="condition">Each hand's condition.</param>
    /// <param name="guide">Each hand's guide.</param>
    /// <returns>The encoded clip, to come back to with <see cref="SetClip(EncodedClip)"/>.</returns>
    public EncodedClip Encode(int batch, int frames, PerHand<float[]> condition, PerHand<float[]>? guide = null)
    {
        SetClip(batch, frames, condition, guide);
        return new(batch, frames, _current!.Value.Map(model => model.Encoded()));
    }

    /// <summary>Goes back to a clip that was encoded earlier, by this or an equal denoiser.</summary>
    public void SetClip(EncodedClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var models = ModelsFor(clip.Batch, clip.Frames);
        foreach (var hand in HandSides.Both) models[hand].SetEncoded(clip.Hands[hand]);
        _current = models;
    }

    /// <summary>Says what the next motions are for, and encodes it.</summary>
    /// <param name="batch">Clips or windows done together.</param>
    /// <param name="frames">Frames of each, a multiple of <see cref="UNetConfig.FrameMultiple"/>.</param>
    /// <param name="condition">Each hand's note features or made condition, [batch, frames, <see cref="UNetConfig.InputWidth"/>].</param>
    /// <param name="guide">Each hand's guide, [batch, frames, <see cref="UNetConfig.GuideWidth"/>]; null for networks without guide.</param>
    public void SetClip(int batch, int frames, PerHand<float[]> condition, PerHand<float[]>? guide = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (frames < 1 || frames % _config.FrameMultiple != 0)
        {
            throw new ArgumentException($"{frames} frames are not a multiple of {_config.FrameMultiple}.", nameof(frames));
        }

        if (guide is null != (_config.GuideWidth == 0)) throw new ArgumentException($"The networks want a guide of width {_config.GuideWidth}.", nameof(guide));
        var models = ModelsFor(batch, frames);
        Both(hand => models[hand].SetClip(condition[hand], guide?[hand]));
        _current = models;
    }

    /// <summary>Makes the models for a batch and length already now.</summary>
    /// <param name="batch">Clips or windows done together.</param>
    /// <param name="frames">Frames of each.</param>
    public void Prepare(int batch, int frames) => ModelsFor(batch, frames);

    /// <summary>Asks both networks about one diffusion step.</summary>
    /// <param name="noisy">Each hand's x_t, [batch, channels, frames].</param>
    /// <param name="t">The step.</param>
    /// <returns>Each network's raw output, [batch, channels, frames]: the same arrays at each call.</returns>
    public PerHand<float[]> Denoise(PerHand<float[]> noisy, int t)
    {
        var models = _current ?? throw new InvalidOperationException("No clip is set.");
        Both(hand => models[hand].Descend(noisy[hand], t));
        Both(hand => models[hand].Ascend());
        return models.Map(model => model.Output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var models in _models.Values)
        {
            foreach (var hand in HandSides.Both) models[hand].Dispose();
        }

        _models.Clear();
        _current = null;
    }

    private PerHand<HandDenoiser> ModelsFor(int batch, int frames)
    {
        if (!_models.TryGetValue((batch, frames), out var models)) _models[(batch, frames)] = models = Compile(batch, frames);
        return models;
    }

    private PerHand<HandDenoiser> Compile(int batch, int frames)
    {
        var threading = new OnnxThreading { IntraOperation = Math.Max(_threads / 2, 1) };
        var bottlenecks = PerHand.Create(_ => new float[batch * _config.BottleneckWidth * (frames / _config.FrameMultiple)]);
        var heard = _exchange ? bottlenecks : bottlenecks.Map(values => new float[values.Length]);
        return DisposablePair.Create(hand => new HandDenoiser(
            _config, _weights(hand), _compatibility, threading, _precision, (batch, frames), ownBottleneck: bottlenecks[hand], otherBottleneck: heard[hand.Other()]));
    }

    private void Both(Action<HandSide> work)
    {
        if (_threads == 1)
        {
            foreach (var hand in HandSides.Both) work(hand);
            return;
        }

        var right = Task.Run(() => work(HandSide.Right));
        try
        {
            work(HandSide.Left);
        }
        finally
        {
            // The arrays must be at rest before anybody else touches them.
            ((IAsyncResult)right).AsyncWaitHandle.WaitOne();
        }

        right.GetAwaiter().GetResult();
    }
}

/// <summary>What a denoiser's networks know of a clip or window before the first step.</summary>
public sealed class EncodedClip
{
    internal EncodedClip(int batch, int frames, PerHand<EncodedHand> hands) => (Batch, Frames, Hands) = (batch, frames, hands);

    internal int Batch { get; }

    internal int Frames { get; }

    internal PerHand<EncodedHand> Hands { get; }
}
