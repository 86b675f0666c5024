using Duomano.Networks.Configuration;
using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Gesture;

/// <summary>The middle of a U-Net, parted by the exchange with the other hand according to the fusion mode.</summary>
internal sealed class Bottleneck<T>(ModuleScope<T> module, UNetConfig config)
{
    private readonly int _width = config.BottleneckWidth;

    /// <summary>What happens to a hand's tensor before the other hand sees it.</summary>
    public T BeforeExchange(T x, T time) => config.Fusion switch
    {
        FusionMode.ConcatWithinMiddle => MiddleAttention(First(x, time)),
        FusionMode.CrossAttentionAfterMiddle or FusionMode.HandCoordinated or FusionMode.OwnHandOnly or FusionMode.Symmetric => Middle(x, time),
        _ => x,
    };

    /// <summary>The exchange and what comes after it.</summary>
    public T Exchange(T own, T other, T time) => config.Fusion switch
    {
        FusionMode.ConcatBeforeMiddle => Middle(module.Ops.Concat(1, own, other), time),
        FusionMode.ConcatWithinMiddle => Last(module.Ops.Concat(1, own, other), time),
        FusionMode.CrossAttentionBeforeMiddle => Middle(Cross(own, other), time),
        FusionMode.CrossAttentionAfterMiddle => Cross(own, other),
        FusionMode.OwnHandOnly => HandCoordinatedAttention.Apply(module["diff_attn"], own, own),
        FusionMode.Symmetric => HandCoordinatedAttention.Apply(module["diff_attn"], own, other, oneProjection: true),
        _ => HandCoordinatedAttention.Apply(module["diff_attn"], own, other),
    };

    /// <summary>Asks for the cross-attention that published networks of every mode but 0 own, used or not.</summary>
    public void DeclareUnused()
    {
        if (config.Fusion is not (FusionMode.ConcatWithinMiddle or FusionMode.HandCoordinated)) return;
        var ops = new ShapeOps();
        var input = ShapeOps.Input(1, _width, 1);
        CrossAttentionFusion.Apply(new ModuleScope<TensorShape>(ops)["cross_attn"], input, input);
        foreach (var parameter in ops.Declared) module.Parameter(parameter.Name, parameter.Initialization, parameter.Shape);
    }

    private T Middle(T x, T time) => Last(MiddleAttention(First(x, time)), time);

    private T First(T x, T time) => ResidualBlock.Apply(module["mid_block1"], x, time, _width);

    private T MiddleAttention(T x) => ChannelAttention.Full(module["mid_attn"], x);

    private T Last(T x, T time) => ResidualBlock.Apply(module["mid_block2"], x, time, _width);

    private T Cross(T own, T other) => CrossAttentionFusion.Apply(module["cross_attn"], own, other);
}
