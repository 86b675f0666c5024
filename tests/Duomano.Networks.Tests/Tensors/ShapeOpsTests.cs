using Duomano.Networks.Tensors;

namespace Duomano.Networks.Tests.Tensors;

public class ShapeOpsTests
{
    private readonly ShapeOps _ops = new();

    [Fact]
    public void Parameters_AreListedInOrderAndOnce()
    {
        _ops.Parameter("b", [2, 3], Initialization.Ones);
        _ops.Parameter("a", [4], Initialization.Zeros);
        _ops.Parameter("b", [2, 3], Initialization.Ones);
        Assert.Equal(["b [2, 3]", "a [4]"], _ops.Declared.Select(parameter => parameter.ToString()));
    }

    [Fact]
    public void OneNameWithTwoShapes_IsRefused()
    {
        _ops.Parameter("w", [2, 3], Initialization.Ones);
        var error = Assert.Throws<ArgumentException>(() => _ops.Parameter("w", [3, 2], Initialization.Ones));
        Assert.Contains("w [2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        var x = ShapeOps.Input(2, 6, 10);
        Refused(() => _ops.Add(x, ShapeOps.Input(2, 5, 10)), "broadcast");
        Refused(() => _ops.MatMul(x, ShapeOps.Input(2, 9, 4)), "matrix product");
        Refused(() => _ops.Linear(x, ShapeOps.Input(4, 9), null), "does not take [2, 6, 10]");
        Refused(() => _ops.Conv1d(x, ShapeOps.Input(4, 5, 3), null), "does not take [2, 6, 10]");
        Refused(() => _ops.Conv1d(x, ShapeOps.Input(4, 6, 13), null, padding: 1), "longer");
        Refused(() => _ops.GroupNorm(x, 4, ShapeOps.Input(6), ShapeOps.Input(6)), "groups");
        Refused(() => _ops.LayerNorm(x, ShapeOps.Input(6), ShapeOps.Input(6)), "Layer norm");
        Refused(() => _ops.GatedMemory(x, ShapeOps.Input(8, 10), ShapeOps.Input(8), ShapeOps.Input(2, 4)), "memory [2, 4]");
        Refused(() => _ops.Reshape(x, 2, 59), "120");
        Refused(() => _ops.Permute(x, 0, 2, 2), "reorder");
        Refused(() => _ops.Concat(1, x, ShapeOps.Input(2, 6, 9)), "join");
        Refused(() => _ops.Slice(x, 2, 8, 3), "entries 8 to 10");
        Refused(() => _ops.Softmax(x, 3), "axis 3");

        static void Refused(Action action, string says) => Assert.Contains(says, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mismatch_NamesEverythingAtOnce()
    {
        ParameterDeclaration[] declared = [new("kept", [2], default), new("gone", [3, 1], default), new("wrong", [4], default)];
        var state = new StateDict { ["kept"] = new(new float[2], 2), ["wrong"] = new(new float[5], 5), ["new"] = new([1], 1) };
        Assert.Equal("1 missing: gone [3, 1]; 1 unexpected: new [1]; 1 of another shape: wrong [5] instead of [4]", declared.Mismatch(state));
        Assert.Null(declared[..1].Mismatch(new StateDict { ["kept"] = state["kept"] }));
    }
}
