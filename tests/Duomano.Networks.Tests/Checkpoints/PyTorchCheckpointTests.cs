using System.Buffers.Binary;
using System.IO.Compression;
using CsCheck;
using Duomano.Core.Files;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Tests.Checkpoints;

public class PyTorchCheckpointTests
{
    [Fact]
    public void StateDictAndArguments_AreReadInOrder()
    {
        var pickle = new PickleWriter().Op("}(").Text("state_dict").Global("collections", "OrderedDict").Op(")R(")
            .Text("b.weight").Tensor("FloatStorage", "0", 6, 0, [2, 3], [3, 1])
            .Text("a.bias").Tensor("LongStorage", "1", 1, 0, [], [])
            .Op("u}").Text("_metadata").Op("}sb")
            .Text("hyper_parameters").Global("argparse", "Namespace").Op(")").Raw(0x81).Op("}(")
            .Text("unet_dim").Int(8).Text("lr").Float(1e-5).Text("tiny").Raw(0x89).Text("up_list").Op("](").Text("66685747").Op("e").Op("ubu").Stop();
        var checkpoint = Read(PickleWriter.Archive(pickle, ("0", PickleWriter.Floats(1, 2, 3, 4, 5, 6)), ("1", BitConverter.GetBytes(41L))));

        Assert.Equal(["b.weight", "a.bias"], checkpoint.StateDict.Names);
        Assert.Equal([2, 3], checkpoint.StateDict["b.weight"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], checkpoint.StateDict["b.weight"].Values);
        Assert.Equal([41], checkpoint.StateDict["a.bias"].Values);
        Assert.Empty(checkpoint.StateDict["a.bias"].Shape);
        Assert.Equal(8L, checkpoint.HyperParameters["unet_dim"]);
        Assert.Equal(1e-5, checkpoint.HyperParameters["lr"]);
        Assert.Equal(false, checkpoint.HyperParameters["tiny"]);
        Assert.Equal(["66685747"], Assert.IsType<IReadOnlyList<object?>>(checkpoint.HyperParameters["up_list"], exactMatch: false));
    }

    [Fact]
    public void NestedDictionary_IsReachedByItsName()
    {
        var pickle = new PickleWriter().Op("}(").Text("pose_dim").Int(96).Text("gen_dict").Op("}").Text("net.weight")
            .Global("torch._utils", "_rebuild_parameter").Op("(").Tensor("FloatStorage", "0", 1, 0, [1], [1]).Raw(0x88)
            .Global("collections", "OrderedDict").Op(")RtRsu").Stop();
        var checkpoint = Read(PickleWriter.Archive(pickle, ("0", PickleWriter.Floats(7))));

        Assert.Equal([7], checkpoint.TensorsOf("gen_dict")["net.weight"].Values);
        Assert.Equal(96L, checkpoint.Content["pose_dim"]);
        Assert.Equal(0, checkpoint.StateDict.Count);
        Assert.Throws<UnreadableFileException>(() => checkpoint.TensorsOf("dis_dict"));
    }

    [Fact]
    public void StridesAndOffsets_AreRespected()
    {
        // A transposed 3×2 view that starts at the second value, an expanded row, and a plain part of a storage.
        var pickle = new PickleWriter().Op("}(")
            .Text("transposed").Tensor("FloatStorage", "0", 8, 1, [2, 3], [1, 2])
            .Text("expanded").Tensor("FloatStorage", "0", 8, 2, [2, 2], [0, 1])
            .Text("part").Tensor("FloatStorage", "0", 8, 3, [2, 2], [2, 1])
            .Text("none").Tensor("FloatStorage", "0", 8, 8, [0, 2], [2, 1]).Op("u").Stop();
        var tensors = Read(PickleWriter.Archive(pickle, ("0", PickleWriter.Floats(0, 1, 2, 3, 4, 5, 6, 7)))).StateDict;

        Assert.Equal([1, 3, 5, 2, 4, 6], tensors["transposed"].Values);
        Assert.Equal([2, 3, 2, 3], tensors["expanded"].Values);
        Assert.Equal([3, 4, 5, 6], tensors["part"].Values);
        Assert.Empty(tensors["none"].Values);
    }

    [Fact]
    public void EveryStorageType_IsWidened()
    {
        var half = new byte[4];
        BinaryPrimitives.WriteHalfLittleEndian(half, (Half)1.5f);
        BinaryPrimitives.WriteHalfLittleEndian(half.AsSpan(2), (Half)(-0.25f));
        var brain = new byte[] { 0xc0, 0x3f, 0x80, 0xbe };
        (string Type, byte[] Bytes, float[] Expected)[] cases =
        [
            ("HalfStorage", half, [1.5f, -0.25f]),
            ("BFloat16Storage", brain, [1.5f, -0.25f]),
            ("DoubleStorage", [.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(-0.25)], [1.5f, -0.25f]),
            ("LongStorage", [.. BitConverter.GetBytes(-3L), .. BitConverter.GetBytes(5L)], [-3, 5]),
            ("IntStorage", [.. BitConverter.GetBytes(-3), .. BitConverter.GetBytes(5)], [-3, 5]),
            ("BoolStorage", [0, 1], [0, 1]),
        ];
        foreach (var (type, bytes, expected) in cases)
        {
            var pickle = new PickleWriter().Op("}").Text("x").Tensor(type, "0", 2, 0, [2], [1]).Op("s").Stop();
            Assert.Equal(expected, Read(PickleWriter.Archive(pickle, ("0", bytes))).StateDict["x"].Values);
        }
    }

    [Fact]
    public void CallsOfAnythingElse_AreRefusedByName()
    {
        var reduce = new PickleWriter().Global("os", "system").Text("touch owned").Raw(0x85).Op("R").Stop();
        Assert.Contains("os.system", Refusal(PickleWriter.Archive(reduce)));
        var stackGlobal = new PickleWriter().Text("builtins").Text("eval").Raw(0x93).Text("1").Raw(0x85).Op("R").Stop();
        Assert.Contains("builtins.eval", Refusal(PickleWriter.Archive(stackGlobal)));
        var newlines = new PickleWriter().Text("a\nb").Text("c").Raw(0x93).Stop();
        Assert.DoesNotContain('\n', Refusal(PickleWriter.Archive(newlines)));
        var instance = new PickleWriter().Op("(ios\nsystem\n").Stop();
        Assert.Contains("0x69", Refusal(PickleWriter.Archive(instance)));
    }

    [Theory]
    [InlineData(8, 0, new[] { 3, 3 }, new[] { 3, 1 }, "reaches value 8 of a storage of 8")]
    [InlineData(8, 9, new int[0], new int[0], "reaches value 9")]
    [InlineData(9, 0, new[] { 9 }, new[] { 1 }, "32 bytes, not 9 values")]
    [InlineData(8, 0, new[] { 2000000000, 2000000000, 2000000000, 2000000000, 2000000000 }, new[] { 0, 0, 0, 0, 0 }, "larger than an archive")]
    [InlineData(8, 0, new[] { 100000000 }, new[] { 0 }, "larger than an archive")]
    [InlineData(8, 0, new[] { -1 }, new[] { 1 }, "not what they should be")]
    [InlineData(8, 0, new[] { 2 }, new[] { -1 }, "not what they should be")]
    [InlineData(8, 0, new[] { 2 }, new[] { 1, 1 }, "not what they should be")]
    public void LyingTensors_AreRefused(int count, int offset, int[] sizes, int[] strides, string problem)
    {
        var pickle = new PickleWriter().Op("}").Text("x").Tensor("FloatStorage", "0", count, offset, sizes, strides).Op("s").Stop();
        Assert.Contains(problem, Refusal(PickleWriter.Archive(pickle, ("0", new byte[32]))));
    }

    [Fact]
    public void ManyViewsOfOneStorage_CannotOutgrowTheFile()
    {
        var writer = new PickleWriter().Op("}(");
        for (var i = 0; i < 1000; i++) writer.Text($"x{i}").Tensor("FloatStorage", "0", 50_000, 0, [100, 49_000], [1, 1]);
        Assert.Contains("larger than an archive", Refusal(PickleWriter.Archive(writer.Op("u").Stop(), ("0", new byte[200_000]))));
    }

    [Fact]
    public void CompressedEntries_AreNotInflated()
    {
        var pickle = new PickleWriter().Op("}").Text("x").Tensor("FloatStorage", "0", 4_000_000, 0, [1], [1]).Op("s").Stop();
        var bomb = PickleWriter.Zip(CompressionLevel.SmallestSize, ("a/data.pkl", pickle), ("a/data/0", new byte[16_000_000]));
        Assert.Contains("uncompressed", Refusal(bomb));
    }

    [Fact]
    public void DeeplyNestedLists_AreRefused()
    {
        var writer = new PickleWriter().Op("}").Text("x");
        for (var i = 0; i < 100_000; i++) writer.Op("]");
        for (var i = 1; i < 100_000; i++) writer.Op("a");
        Assert.Contains("nests deeper", Refusal(PickleWriter.Archive(writer.Op("s").Stop())));
    }

    [Fact]
    public void SelfContainingList_IsRead()
    {
        var pickle = new PickleWriter().Op("}").Text("x").Op("]q\u0001h\u0001as").Stop();
        var list = Assert.IsType<IReadOnlyList<object?>>(Read(PickleWriter.Archive(pickle)).Content["x"], exactMatch: false);
        Assert.Same(list, list[0]);
    }

    [Fact]
    public void AnyDamage_IsEitherHarmlessOrReported()
    {
        var pickle = new PickleWriter().Op("}(").Text("state_dict").Op("}").Text("x").Tensor("HalfStorage", "0", 6, 1, [2, 2], [1, 2]).Op("s")
            .Text("hyper_parameters").Global("argparse", "Namespace").Op(")").Raw(0x81).Op("}").Text("k").Int(3).Op("sbu").Stop();
        var good = PickleWriter.Archive(pickle, ("0", new byte[12]));
        Read(good);
        for (var length = 0; length < good.Length; length++) Refusal(good[..length]);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            var bytes = good.ToArray();
            foreach (var (index, value) in changes) bytes[index] = value;
            try
            {
                Read(bytes);
            }
            catch (UnreadableFileException refused)
            {
                Assert.DoesNotContain('\n', refused.Message);
            }
        }, iter: 3000);
        var start = good.AsSpan().IndexOf(pickle);
        Gen.Select(Gen.Int[start, start + pickle.Length - 1], Gen.Byte).Array[1, 3].Sample(changes =>
        {
            var bytes = good.ToArray();
            foreach (var (index, value) in changes) bytes[index] = value;
            try
            {
                Read(bytes);
            }
            catch (UnreadableFileException refused)
            {
                Assert.DoesNotContain('\n', refused.Message);
            }
        }, iter: 3000);
    }

    [Fact]
    public void BothWeightNormSpellings_BecomeOne()
    {
        var tensors = new StateDict
        {
            ["pos.conv.parametrizations.weight.original0"] = new([2], 1),
            ["pos.conv.parametrizations.weight.original1"] = new([3], 1),
            ["pos.conv.bias"] = new([4], 1),
            ["old.weight_g"] = new([5], 1),
        };
        var normalized = WeightNormNames.Normalize(tensors);
        Assert.Equal(["pos.conv.weight_g", "pos.conv.weight_v", "pos.conv.bias", "old.weight_g"], normalized.Names);
        Assert.Equal([3], normalized["pos.conv.weight_v"].Values);
    }

    private static PyTorchCheckpoint Read(byte[] archive) => PyTorchCheckpoint.Read(new MemoryStream(archive), "model.ckpt");

    private static string Refusal(byte[] archive)
    {
        var message = Assert.Throws<UnreadableFileException>(() => Read(archive)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.StartsWith("model.ckpt: ", message);
        return message;
    }
}
