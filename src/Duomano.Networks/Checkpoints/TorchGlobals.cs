using Duomano.Core.Files;
using Duomano.Core.Files.Pickles;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>The few globals that checkpoints name, and what calling them means here. Any other name is refused.</summary>
internal sealed class TorchGlobals(TorchArchive archive) : PickleGlobals
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string Namespace = "argparse.Namespace";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const int MostAxes = 64;

    private static readonly Dictionary<string, ElementType> StorageTypes = new(StringComparer.Ordinal)
    {
        ["torch.FloatStorage"] = ElementType.Float32,
        ["torch.HalfStorage"] = ElementType.Float16,
        ["torch.BFloat16Storage"] = ElementType.BFloat16,
        ["torch.DoubleStorage"] = ElementType.Float64,
        ["torch.LongStorage"] = ElementType.Int64,
        ["torch.IntStorage"] = ElementType.Int32,
        ["torch.BoolStorage"] = ElementType.Bool,
    };

    // Strided views may repeat a storage's numbers; together they must stay within what a file of this size could plausibly mean.
    private long _valuesLeft = 4 * archive.Length;

    /// <summary>Looks a name up.</summary>
    public override object Find(string module, string name)
    {
        var full = $"{module}.{name}";
        return full is OrderedDict or Namespace or RebuildTensor or RebuildParameter || StorageTypes.ContainsKey(full)
            ? new PickleName(full)
            : throw new PickleRefusedException($"{FileWords.Quote(full)} is not among the names that weights need; nothing was executed");
    }

    /// <summary>What a call of a global gives.</summary>
    public override object? Call(object? callee, object?[] arguments) => (callee as PickleName)?.Name switch
    {
        OrderedDict when arguments.Length == 0 => new OrderedDictionary<object, object?>(),
        Namespace when arguments.Length == 0 => new OrderedDictionary<object, object?>(),
        RebuildTensor when arguments.Length >= 4 => Tensor(arguments),
        RebuildParameter when arguments.Length >= 1 && arguments[0] is TensorData data => data,
        { } name => throw new PickleRefusedException($"a call of {FileWords.Quote(name)} with {arguments.Length} arguments, which it does not take"),
        null => throw new PickleRefusedException("a call of something that is no global"),
    };

    /// <summary>
    /// Gives an object its attributes. Those of a namespace are its content; those of a dictionary that already has
    /// content (a state dict's _metadata) say nothing about the weights.
    /// </summary>
    public override void Build(object? target, object? state)
    {
        if (target is not OrderedDictionary<object, object?> dictionary) throw new PickleRefusedException("attributes for something that has none");
        if (state is not OrderedDictionary<object, object?> attributes) throw new PickleRefusedException("attributes that are no dictionary");
        if (dictionary.Count > 0 || attributes.ContainsKey("_metadata")) return;
        foreach (var (key, value) in attributes) dictionary[key] = value;
    }

    /// <summary>The storage that a persistent id ('storage', type, key, device, count) names; the device does not matter.</summary>
    public override object Persistent(object? id)
    {
        if (id is not object?[] { Length: >= 5 } parts || parts[0] is not "storage" || parts[1] is not PickleName type
            || !StorageTypes.TryGetValue(type.Name, out var elements) || parts[2] is not string key || parts[4] is not long count)
        {
            throw new PickleRefusedException("a storage reference that is not ('storage', type, key, device, count)");
        }

        var bytes = archive.StorageLength(key) ?? throw new PickleRefusedException($"storage {FileWords.Quote(key)} is not in the archive");
        var width = Elements.Width(elements);
        if (count < 0 || bytes / width != count || bytes % width != 0)
        {
            throw new PickleRefusedException($"storage {FileWords.Quote(key)} has {bytes} bytes, not {count} values of {width} bytes");
        }

        return new StorageReference(key, elements, count);
    }

    private TensorData Tensor(object?[] arguments)
    {
        if (arguments[0] is not StorageReference storage || arguments[1] is not long offset
            || arguments[2] is not object?[] { Length: <= MostAxes } sizes || arguments[3] is not object?[] strides || sizes.Length != strides.Length
            || sizes.Any(size => size is not (>= 0L and <= int.MaxValue)) || strides.Any(stride => stride is not (>= 0L and <= int.MaxValue)) || offset < 0)
        {
            throw new PickleRefusedException("a tensor whose storage, offset, sizes or strides are not what they should be");
        }

        var shape = Array.ConvertAll(sizes, size => (int)(long)size!);
        var steps = Array.ConvertAll(strides, stride => (int)(long)stride!);
        var count = shape.Contains(0) ? 0 : shape.Aggregate((Int128)1, (product, size) => product > long.MaxValue ? product : product * size);
        if (count > Math.Min(_valuesLeft, Array.MaxLength))
        {
            throw new PickleRefusedException($"a tensor {FileWords.Shape(shape.Select(size => (long)size))} is larger than an archive of {archive.Length} bytes can hold");
        }

        var last = shape.Zip(steps).Aggregate((Int128)offset, (index, axis) => index + (Int128)Math.Max(axis.First - 1, 0) * axis.Second);
        if (count > 0 && last >= storage.Count)
        {
            throw new PickleRefusedException($"a tensor {FileWords.Shape(shape.Select(size => (long)size))} reaches value {last} of a storage of {storage.Count}");
        }

        _valuesLeft -= (long)count;
        return new TensorData(count == 0 ? [] : Gather(archive.Storage(storage.Key, storage.Type, storage.Count), offset, shape, steps, (int)count), shape);
    }

    private static float[] Gather(float[] storage, long offset, int[] shape, int[] strides, int count)
    {
        if (IsContiguous(shape, strides))
        {
            return offset == 0 && count == storage.Length ? storage : storage.AsSpan((int)offset, count).ToArray();
        }

        var values = new float[count];
        var index = new int[shape.Length];
        var position = offset;
        for (var i = 0; i < count; i++)
        {
            values[i] = storage[position];
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                position += strides[axis];
                if (++index[axis] < shape[axis]) break;
                position -= (long)shape[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return values;
    }

    private static bool IsContiguous(int[] shape, int[] strides)
    {
        long expected = 1;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] != 1 && strides[axis] != expected) return false;
            expected *= shape[axis];
        }

        return true;
    }

    private sealed record StorageReference(string Key, ElementType Type, long Count);
}
