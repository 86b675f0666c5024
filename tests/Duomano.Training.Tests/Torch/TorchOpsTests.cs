using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Torch;

/// <summary>Every operation on torch has the shape that the shape engine foresees, and values worked out by hand.</summary>
public class TorchOpsTests
{
    private static readonly TorchOps Torch = new(TorchParameters.Create([], seed: 1));

    public static TheoryData<string> Names => [.. Cases<TensorShape>().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Shapes_AreThoseForeseen(string name)
    {
        using var scope = torch.NewDisposeScope();
        var expected = Cases<TensorShape>()[name](new ShapeOps(), sizes => ShapeOps.Input(sizes));
        var actual = Cases<torch.Tensor>()[name](Torch, sizes => torch.rand([.. sizes.Select(size => (long)size)]));
        Assert.Equal(expected.Sizes, Torch.Shape(actual));
    }

    [Fact]
    public void Values()
    {
        using var scope = torch.NewDisposeScope();
        var x = Torch.Constant([1, 2, 3, 4, 5, 6], 1, 2, 3);
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6], Read(Torch.UpsampleNearest(x)));
        Assert.Equal([0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0], Read(Torch.Pad(x, 1, 1, 1)));
        Assert.Equal([0, 1, 2, 3, 0, 4, 5, 6], Read(Torch.Pad(x, -1, 1, 0)));
        Assert.Equal([2, 3, 5, 6], Read(Torch.Slice(x, -1, 1, 2)));
        Assert.Equal([5, 7, 9], Read(Torch.Sum(x, 1)));
        Assert.Equal([3, 6], Read(Torch.Max(x, -1)));
        Assert.Equal([3, 5, 7, 9, 11, 13], Read(Torch.Affine(x, 2, 1)));
        Assert.Equal([3, 3, 3, 4, 5, 6], Read(Torch.AtLeast(x, 3)));
        Assert.Equal([2, 2, 3, 4, 5, 5], Read(Torch.Clamp(x, 2, 5)));
        Assert.Equal([1, 4, 2, 5, 3, 6], Read(Torch.Permute(x, 0, 2, 1)));
        Assert.Equal([6, 15], Read(Torch.Linear(x, Torch.Constant([1, 1, 1], 1, 3), null)));
        // Taps 2 apart over 1 2 3 with a zero at both ends: 0 + 2, 1 + 3, 2 + 0.
        Assert.Equal([2, 4, 2], Read(Torch.Conv1d(Torch.Slice(x, 1, 0, 1), Torch.Constant([1, 1], 1, 1, 2), null, padding: 1, dilation: 2)));
    }

    [Fact]
    public void Block_WithoutGradients_LeavesOnlyItsResult()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(3);
        torch.Tensor Part(torch.Tensor input) => Torch.Affine(Torch.Exp(Torch.Affine(input, 2)), 3);
        var before = torch.Tensor.TotalCount;
        var kept = Torch.Block(x, Part);
        Assert.True(torch.Tensor.TotalCount > before + 1);
        using var _ = torch.no_grad();
        before = torch.Tensor.TotalCount;
        var alone = Torch.Block(x, Part);
        Assert.Equal(before + 1, torch.Tensor.TotalCount);
        Assert.Equal(Read(kept), Read(alone));
        Assert.Same(x, Torch.Block(x, input => input));
    }

    [Fact]
    public void Dropout_DropsOnlyWhileTraining()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var ones = torch.ones(10000);
        Assert.All(Read(Torch.Dropout(ones, 0.25f)), value => Assert.Equal(1, value));
        var dropped = Read(new TorchOps(TorchParameters.Create([], seed: 1), training: true).Dropout(ones, 0.25f));
        Assert.InRange(dropped.Count(value => value == 0), 2200, 2800);
        Assert.All(dropped, value => Assert.True(value == 0 || MathF.Abs(value - 4 / 3f) < 1e-6));
    }

    private static float[] Read(torch.Tensor x) => TorchTensors.ToData(x).Values;

    private static Dictionary<string, Func<ITensorOps<T>, Func<int[], T>, T>> Cases<T>() => new()
    {
        ["broadcast"] = (ops, input) => ops.Add(input([2, 1, 4]), ops.Multiply(input([3, 1]), ops.Subtract(input([4]), ops.Divide(input([1]), input([1, 1]))))),
        ["matmul"] = (ops, input) => ops.MatMul(input([2, 1, 3, 4]), input([5, 4, 6])),
        ["linear"] = (ops, input) => ops.Linear(input([2, 3, 4]), input([5, 4]), input([5])),
        ["conv1d"] = (ops, input) => ops.Conv1d(input([2, 6, 11]), input([4, 3, 3]), input([4]), stride: 2, padding: 2, groups: 2, dilation: 2),
        ["conv2d"] = (ops, input) => ops.Conv2d(input([2, 3, 9, 7]), input([4, 3, 3, 2]), input([4]), (2, 1), (1, 0)),
        ["group norm"] = (ops, input) => ops.GroupNorm(input([2, 6, 5]), 3, input([6]), input([6])),
        ["layer norm"] = (ops, input) => ops.LayerNorm(input([2, 6, 5]), input([5]), input([5])),
        ["gated memory"] = (ops, input) => ops.GatedMemory(input([5, 2, 3]), input([8, 3]), input([8]), input([2, 4])),
        ["elementwise"] = (ops, input) =>
        {
            Func<T, T>[] all = [ops.Gelu, ops.Silu, ops.Relu, ops.Tanh, ops.Sigmoid, ops.Exp, ops.Log, ops.Sin, ops.Cos, x => ops.AtLeast(x, 0), ops.Sqrt, x => ops.Affine(x, 2, 1)];
            return all.Aggregate(input([2, 3]), (x, apply) => apply(x));
        },
        ["softmax"] = (ops, input) => ops.Softmax(input([2, 3, 4]), -2),
        ["sum"] = (ops, input) => ops.Sum(input([2, 3, 4]), -2),
        ["max"] = (ops, input) => ops.Max(input([2, 3, 4]), 2),
        ["reshape"] = (ops, input) => ops.Reshape(input([2, 3, 4]), 4, 6),
        ["permute"] = (ops, input) => ops.Permute(input([2, 3, 4]), 2, 0, -2),
        ["concat"] = (ops, input) => ops.Concat(-1, input([2, 3]), input([2, 1]), input([2, 5])),
        ["slice"] = (ops, input) => ops.Slice(input([2, 3, 4]), -2, 1, 2),
        ["pad"] = (ops, input) => ops.Pad(input([2, 3, 4]), 1, 2, 3),
        ["upsample"] = (ops, input) => ops.UpsampleNearest(input([2, 3, 4])),
        ["dropout"] = (ops, input) => ops.Dropout(input([2, 3]), 0.5f),
    };
}
