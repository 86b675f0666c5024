using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Tests.Checkpoints;

/// <summary>Writes pickles opcode by opcode and puts them into archives, good ones and bad ones.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _code = [];

    public PickleWriter() => Raw(0x80, 2);

    public PickleWriter Raw(params byte[] bytes)
    {
        _code.AddRange(bytes);
        return this;
    }

    public PickleWriter Op(string opcodes) => Raw(Encoding.ASCII.GetBytes(opcodes));

    public PickleWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Op("X");
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return Raw(length.ToArray()).Raw(bytes);
    }

    public PickleWriter Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Op("J").Raw(bytes);
    }

    public PickleWriter Float(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return Op("G").Raw(bytes);
    }

    public PickleWriter Global(string module, string name) => Op($"c{module}\n{name}\n");

    public PickleWriter Ints(params int[] values)
    {
        Op("(");
        foreach (var value in values) Int(value);
        return Op("t");
    }

    /// <summary>A tensor over a storage, as torch.save spells it.</summary>
    public PickleWriter Tensor(string storageType, string key, int count, int offset, int[] sizes, int[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text("storage").Global("torch", storageType).Text(key).Text("cuda:0").Int(count).Op("tQ");
        return Int(offset).Ints(sizes).Ints(strides).Raw(0x89).Global("collections", "OrderedDict").Op(")RtR");
    }

    public byte[] Stop()
    {
        Op(".");
        return [.. _code];
    }

    public static byte[] Archive(byte[] pickle, params (string Name, byte[] Bytes)[] storages) =>
        Zip(CompressionLevel.NoCompression, [("model/data.pkl", pickle), .. storages.Select(storage => ($"model/data/{storage.Name}", storage.Bytes))]);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var content = zip.CreateEntry(name, level).Open();
                content.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Tensors at the top of a checkpoint, as torch.save writes a state dictionary.</summary>
    public static byte[] Checkpoint(StateDict tensors)
    {
        var pickle = new PickleWriter().Global("collections", "OrderedDict").Op(")R(");
        var storages = new List<(string, byte[])>();
        foreach (var name in tensors.Names)
        {
            var tensor = tensors[name];
            int[] sizes = [.. tensor.Shape];
            var strides = new int[sizes.Length];
            for (var (axis, step) = (sizes.Length - 1, 1); axis >= 0; step *= sizes[axis--]) strides[axis] = step;
            var key = $"{storages.Count}";
            storages.Add((key, Floats(tensor.Values)));
            pickle.Text(name).Tensor("FloatStorage", key, tensor.Values.Length, 0, sizes, strides);
        }

        return Archive(pickle.Op("u").Stop(), [.. storages]);
    }

    public static byte[] Floats(params float[] values)
    {
        var bytes = new byte[4 * values.Length];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
