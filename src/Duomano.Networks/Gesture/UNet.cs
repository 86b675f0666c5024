using Duomano.Networks.Configuration;
using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Gesture;

/// <summary>
/// One hand's denoising network: a 1-D U-Net over frames whose bottleneck looks at the other hand's (arXiv 2504.09885,
/// section 3.3). Pose, guide and encoded condition are channel-first [batch, channels, frames].
/// </summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
public sealed class UNet<T>
{
    private readonly ModuleScope<T> _module;
    private readonly UNetConfig _config;
    private readonly ReferenceCompatibility _compatibility;
    private readonly Bottleneck<T> _bottleneck;

    /// <summary>Makes a network whose parameters an engine supplies.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="compatibility">Which published quirks it has; ours if not given.</param>
    /// <param name="prefix">What its parameters' names begin with.</param>
    public UNet(ITensorOps<T> ops, UNetConfig config, ReferenceCompatibility? compatibility = null, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        _module = new(ops, prefix);
        _config = config;
        _compatibility = compatibility ?? ReferenceCompatibility.Ours;
        _bottleneck = new(_module, config);
        if (_compatibility.UnusedParameters) _bottleneck.DeclareUnused();
    }

    private ITensorOps<T> Ops => _module.Ops;

    /// <summary>Encodes what the hand is conditioned on; once a clip, not once a step.</summary>
    /// <param name="input">[batch, frames, width], frame-major: note features where the network has a feature encoder, otherwise the made condition.</param>
    /// <returns>[batch, condition width, frames].</returns>
    public T Condition(T input)
    {
        var frames = Ops.Shape(input)[1];
        if (frames > _config.MaxLength) throw new ArgumentException($"{frames} frames are more than the network's {_config.MaxLength}.", nameof(input));
        var cond = _config.FeatureEncoder is { } encoder
            ? FeatureEncoder.Apply(_module["feature_encoder"], input, _config.CondWidth, encoder)
            : input;
        if (_config.CondEncoder == CondEncoder.Transformer)
        {
            var mask = DecoderMasks.For(Ops, cond, _compatibility.DecoderMask, _config.Period);
            cond = _module.EncodeDecode(cond, _config.CondLayers, _config.CondFeedForward, mask, _config.Dropout).Output;
        }

        return Ops.Transpose(cond);
    }

    /// <summary>The guide of this hand: own and other position track side by side.</summary>
    /// <param name="ownPosition">[batch, frames, 3], normalised units.</param>
    /// <param name="otherPosition">The other hand's, alike.</param>
    /// <returns>[batch, 6, frames].</returns>
    public T Guide(T ownPosition, T otherPosition) => Ops.Transpose(Ops.Concat(2, ownPosition, otherPosition));

    /// <summary>Embeds diffusion steps.</summary>
    /// <param name="steps">[batch], 0 … T − 1 as numbers.</param>
    /// <returns>[batch, 4·dim].</returns>
    public T EmbedTime(T steps)
    {
        var waves = SinusoidalEmbedding.Apply(Ops, steps, _config.Dim);
        var hidden = Ops.Gelu(_module["time_mlp.1"].Linear(waves, _config.TimeWidth));
        return _module["time_mlp.3"].Linear(hidden, _config.TimeWidth);
    }

    /// <summary>The way down to the exchange with the other hand.</summary>
    /// <param name="pose">[batch, channels, frames], noisy.</param>
    /// <param name="steps">[batch].</param>
    /// <param name="cond">What <see cref="Condition"/> gave.</param>
    /// <param name="guide">[batch, guide width, frames]; null for a network without guide.</param>
    public UNetDescent<T> Descend(T pose, T steps, T cond, T? guide)
    {
        var frames = Ops.Shape(pose)[2];
        if (frames % _config.FrameMultiple != 0) throw new ArgumentException($"{frames} frames are not a multiple of {_config.FrameMultiple}.", nameof(pose));
        if (guide is null != (_config.GuideWidth == 0)) throw new ArgumentException($"The network wants a guide of width {_config.GuideWidth}.", nameof(guide));

        var time = EmbedTime(steps);
        var mapped = _config.MapsPose ? Ops.Transpose(_module["cond_feature_map"].Linear(Ops.Transpose(pose), _config.CondWidth)) : pose;
        var start = _module["init_conv"].Conv(Ops.Concat(1, guide is null ? [cond, mapped] : [cond, mapped, guide]), _config.Dim, kernel: 7);
        var skips = new List<T>();
        var x = start;
        for (var level = 0; level < _config.Levels; level++)
        {
            var (inner, outer) = _config.LevelWidths(level);
            var module = _module["downs"][level];
            x = ResidualBlock.Apply(module[0], x, time, inner);
            skips.Add(x);
            x = ChannelAttention.Linear(module[2], ResidualBlock.Apply(module[1], x, time, inner));
            skips.Add(x);
            x = level < _config.Levels - 1 ? module[3].Conv(x, outer, kernel: 4, stride: 2) : module[3].Conv(x, outer, kernel: 3);
        }

        return new(start, time, skips, _bottleneck.BeforeExchange(x, time));
    }

    /// <summary>The exchange and the way up again.</summary>
    /// <param name="own">This hand's way down.</param>
    /// <param name="other">The other hand's <see cref="UNetDescent{T}.Bottleneck"/>.</param>
    /// <returns>[batch, channels, frames], what the objective asks for.</returns>
    public T Ascend(UNetDescent<T> own, T other)
    {
        ArgumentNullException.ThrowIfNull(own);
        return AscendFrom(own, Exchange(own, other));
    }

    /// <summary>The exchange alone: the bottleneck tensor that the way up starts from.</summary>
    public T Exchange(UNetDescent<T> own, T other)
    {
        ArgumentNullException.ThrowIfNull(own);
        return _bottleneck.Exchange(own.Bottleneck, other, own.Time);
    }

    private T AscendFrom(UNetDescent<T> own, T x)
    {
        var next = own.Skips.Count;
        for (var level = 0; level < _config.Levels; level++)
        {
            var (inner, outer) = _config.LevelWidths(_config.Levels - 1 - level);
            var module = _module["ups"][level];
            x = ResidualBlock.Apply(module[0], Ops.Concat(1, x, own.Skips[--next]), own.Time, outer);
            x = ResidualBlock.Apply(module[1], Ops.Concat(1, x, own.Skips[--next]), own.Time, outer);
            x = ChannelAttention.Linear(module[2], x);
            x = level < _config.Levels - 1 ? module["3.1"].Conv(Ops.UpsampleNearest(x), inner, kernel: 3) : module[3].Conv(x, inner, kernel: 3);
        }

        x = ResidualBlock.Apply(_module["final_res_block"], Ops.Concat(1, x, own.Start), own.Time, _config.Dim);
        return _module["final_conv"].Conv(x, _config.Channels, kernel: 1);
    }
}

/// <summary>What one hand's network knows when it has come down to the exchange.</summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
/// <param name="Start">Output of the first convolution, [batch, dim, frames].</param>
/// <param name="Time">Embedded steps, [batch, 4·dim].</param>
/// <param name="Skips">Two tensors a level, from the top.</param>
/// <param name="Bottleneck">What the other hand gets to see, [batch, dim · last multiplier, frames / 2^(levels − 1)].</param>
public sealed record UNetDescent<T>(T Start, T Time, IReadOnlyList<T> Skips, T Bottleneck);
