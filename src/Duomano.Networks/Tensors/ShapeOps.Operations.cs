namespace Duomano.Networks.Tensors;

public sealed partial class ShapeOps
{
    /// <inheritdoc/>
    public TensorShape Add(TensorShape a, TensorShape b) => Broadcast(a, b);

    /// <inheritdoc/>
    public TensorShape Subtract(TensorShape a, TensorShape b) => Broadcast(a, b);

    /// <inheritdoc/>
    public TensorShape Multiply(TensorShape a, TensorShape b) => Broadcast(a, b);

    /// <inheritdoc/>
    public TensorShape Divide(TensorShape a, TensorShape b) => Broadcast(a, b);

    /// <inheritdoc/>
    public TensorShape Affine(TensorShape x, float factor, float offset = 0) => x;

    /// <inheritdoc/>
    public TensorShape MatMul(TensorShape a, TensorShape b)
    {
        Require(a.Sizes.Count >= 2 && b.Sizes.Count >= 2 && a.Sizes[^1] == b.Sizes[^2], $"{a} and {b} have no matrix product.");
        var batch = Broadcast(new([.. a.Sizes.SkipLast(2)]), new([.. b.Sizes.SkipLast(2)]));
        return Counted(new([.. batch.Sizes, a.Sizes[^2], b.Sizes[^1]]), a.Sizes[^1]);
    }

    /// <inheritdoc/>
    public TensorShape Linear(TensorShape x, TensorShape weight, TensorShape? bias)
    {
        Require(weight.Sizes.Count == 2 && x.Sizes.Count >= 1 && x.Sizes[^1] == weight.Sizes[1], $"A linear layer of weight {weight} does not take {x}.");
        RequireBias(bias, weight);
        return Counted(With(x, -1, weight.Sizes[0]), weight.Sizes[1]);
    }

    /// <inheritdoc/>
    public TensorShape Conv1d(TensorShape x, TensorShape weight, TensorShape? bias, int stride = 1, int padding = 0, int groups = 1, int dilation = 1)
    {
        RequireConvolution(x, weight, bias, groups, rank: 3);
        return Counted(new([x.Sizes[0], weight.Sizes[0], Window(x.Sizes[2], weight.Sizes[2], stride, padding, dilation)]), weight.Sizes[1] * weight.Sizes[2]);
    }

    /// <inheritdoc/>
    public TensorShape Conv2d(TensorShape x, TensorShape weight, TensorShape? bias, (int Height, int Width) stride, (int Height, int Width) padding, int groups = 1)
    {
        RequireConvolution(x, weight, bias, groups, rank: 4);
        return Counted(
            new([
                x.Sizes[0], weight.Sizes[0],
                Window(x.Sizes[2], weight.Sizes[2], stride.Height, padding.Height, 1), Window(x.Sizes[3], weight.Sizes[3], stride.Width, padding.Width, 1)
            ]),
            weight.Sizes[1] * weight.Sizes[2] * weight.Sizes[3]);
    }

    /// <inheritdoc/>
    public TensorShape GatedMemory(TensorShape x, TensorShape weight, TensorShape bias, TensorShape before)
    {
        Require(
            x.Sizes.Count == 3 && before.Sizes.Count == 2 && before.Sizes[0] == x.Sizes[1] && weight.Sizes.SequenceEqual([2 * before.Sizes[1], x.Sizes[2]]),
            $"A memory {before} of weight {weight} does not take {x}.");
        RequireBias(bias, weight);
        Counted(new([x.Sizes[0], x.Sizes[1], weight.Sizes[0]]), weight.Sizes[1]);
        return new([x.Sizes[0], x.Sizes[1], before.Sizes[1]]);
    }

    /// <inheritdoc/>
    public TensorShape GroupNorm(TensorShape x, int groups, TensorShape weight, TensorShape bias)
    {
        Require(x.Sizes.Count >= 2 && x.Sizes[1] % groups == 0, $"{x} has no {groups} equal groups of channels.");
        Require(weight.Sizes.SequenceEqual([x.Sizes[1]]) && bias.Sizes.SequenceEqual([x.Sizes[1]]), $"Group norm of {x} with {weight} and {bias}.");
        return x;
    }

    /// <inheritdoc/>
    public TensorShape LayerNorm(TensorShape x, TensorShape weight, TensorShape bias)
    {
        Require(weight.Sizes.SequenceEqual([x.Sizes[^1]]) && bias.Sizes.SequenceEqual([x.Sizes[^1]]), $"Layer norm of {x} with {weight} and {bias}.");
        return x;
    }

    /// <inheritdoc/>
    public TensorShape Softmax(TensorShape x, int axis) => With(x, axis, x.Sizes[Axis(x, axis)]);

    /// <inheritdoc/>
    public TensorShape Gelu(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Silu(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Relu(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Tanh(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Sigmoid(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Exp(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Log(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Sqrt(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Sin(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape Cos(TensorShape x) => x;

    /// <inheritdoc/>
    public TensorShape AtLeast(TensorShape x, float floor) => x;

    /// <inheritdoc/>
    public TensorShape Clamp(TensorShape x, float floor, float ceiling) => x;

    /// <inheritdoc/>
    public TensorShape Sum(TensorShape x, int axis) => With(x, axis, 1);

    /// <inheritdoc/>
    public TensorShape Max(TensorShape x, int axis) => With(x, axis, 1);

    /// <inheritdoc/>
    public TensorShape Reshape(TensorShape x, params IReadOnlyList<int> shape)
    {
        var result = Input(shape);
        Require(result.Count == x.Count, $"{x} has {x.Count} values, {result} {result.Count}.");
        return result;
    }

    /// <inheritdoc/>
    public TensorShape Permute(TensorShape x, params IReadOnlyList<int> axes)
    {
        int[] positive = [.. axes.Select(axis => Axis(x, axis))];
        Require(positive.Order().SequenceEqual(Enumerable.Range(0, x.Sizes.Count)), $"[{string.Join(", ", axes)}] does not reorder the axes of {x}.");
        return new([.. positive.Select(axis => x.Sizes[axis])]);
    }

    /// <inheritdoc/>
    public TensorShape Concat(int axis, params IReadOnlyList<TensorShape> parts)
    {
        Require(parts.Count > 0, "Nothing to join.");
        var positive = Axis(parts[0], axis);
        var joined = With(parts[0], positive, parts.Sum(part => part.Sizes[Axis(part, axis)]));
        foreach (var part in parts)
        {
            Require(With(part, positive, joined.Sizes[positive]).Sizes.SequenceEqual(joined.Sizes), $"{parts[0]} and {part} do not join along axis {axis}.");
        }

        return joined;
    }

    /// <inheritdoc/>
    public TensorShape Slice(TensorShape x, int axis, int start, int length)
    {
        Require(start >= 0 && length > 0 && start + length <= x.Sizes[Axis(x, axis)], $"{x} has no entries {start} to {start + length - 1} along axis {axis}.");
        return With(x, axis, length);
    }

    /// <inheritdoc/>
    public TensorShape Pad(TensorShape x, int axis, int before, int after)
    {
        Require(before >= 0 && after >= 0, $"Padding by {before} and {after}.");
        return With(x, axis, x.Sizes[Axis(x, axis)] + before + after);
    }

    /// <inheritdoc/>
    public TensorShape UpsampleNearest(TensorShape x) => With(x, -1, 2 * x.Sizes[^1]);

    /// <inheritdoc/>
    public TensorShape Dropout(TensorShape x, float probability) => x;

    private TensorShape Counted(TensorShape result, int each)
    {
        Interlocked.Add(ref _multiplications, result.Count * each);
        return result;
    }

    private static void RequireConvolution(TensorShape x, TensorShape weight, TensorShape? bias, int groups, int rank)
    {
        Require(
            x.Sizes.Count == rank && weight.Sizes.Count == rank && weight.Sizes[1] * groups == x.Sizes[1] && weight.Sizes[0] % groups == 0,
            $"A convolution of weight {weight} in {groups} groups does not take {x}.");
        RequireBias(bias, weight);
    }

    private static void RequireBias(TensorShape? bias, TensorShape weight) =>
        Require(bias is null || bias.Sizes.SequenceEqual([weight.Sizes[0]]), $"A bias of {bias} beside a weight of {weight}.");

    private static int Window(int length, int kernel, int stride, int padding, int dilation)
    {
        var room = length + 2 * padding - dilation * (kernel - 1) - 1;
        Require(room >= 0, $"A kernel of {kernel} (dilation {dilation}) is longer than {length} with {padding} zeros at both ends.");
        return room / stride + 1;
    }
}
