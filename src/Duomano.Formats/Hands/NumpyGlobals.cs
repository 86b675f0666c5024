using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Files.Pickles;
using Duomano.Formats.Motion;

namespace Duomano.Formats.Hands;

/// <summary>
/// The names in pickles of NumPy arrays, SciPy's sparse matrices and chumpy's expressions (which old body models keep their
/// arrays in), of Python 2 and 3. Anything else is refused.
/// </summary>
internal sealed class NumpyGlobals : PickleGlobals
{
    private const string NewObject = "copy_reg._reconstructor";
    private const string Encode = "_codecs.encode";
    private const string Array = "numpy.ndarray";
    private const string DataType = "numpy.dtype";
    private const string Reconstruct = "numpy.multiarray._reconstruct";
    private const string Scalar = "numpy.multiarray.scalar";
    private const string FromBuffer = "numpy.numeric._frombuffer";

    private static readonly string[] Containers = ["set", "frozenset", "list", "tuple", "dict", "bytearray", "object"];

    public override object Find(string module, string name)
    {
        var full = Plain($"{module}.{name}");
        return full is NewObject or Encode or Array or DataType or Reconstruct or Scalar or FromBuffer || IsContainer(full) || IsSparse(full) || IsExpression(full)
            ? new PickleName(full)
            : throw new PickleRefusedException($"{FileWords.Quote($"{module}.{name}")} is not among the names that arrays need; nothing was executed");
    }

    public override object? Call(object? callee, object?[] arguments) => (callee as PickleName)?.Name switch
    {
        Encode when arguments is [string text, ..] => Latin(text),
        NewObject when arguments.Length >= 1 => Call(arguments[0], []),
        Reconstruct when arguments is [PickleName { Name: Array }, ..] => new PickledArray(),
        DataType when arguments is [string code, ..] => NumpyType.Parse(code) ?? throw new PickleRefusedException($"numbers of type {FileWords.Quote(code)}"),
        Scalar when arguments is [NumpyType type, var bytes] => type.Read(Bytes(bytes, type.Width)) is [var value] ? value : throw new PickleRefusedException("a number of no bytes"),
        FromBuffer when arguments is [var data, NumpyType type, object?[] shape, var order] => new PickledArray { Value = Make(shape, type, data, order is "F") },
        { } name when IsContainer(name) => arguments.Length == 0 ? Empty(name) : arguments[0],
        { } name when IsSparse(name) || IsExpression(name) => new PickledObject(name),
        { } name => throw new PickleRefusedException($"a call of {FileWords.Quote(name)} with {arguments.Length} arguments, which it does not take"),
        null => throw new PickleRefusedException("a call of something that is no name"),
    };

    public override void Build(object? target, object? state)
    {
        switch (target, state)
        {
            case (NumpyType type, object?[] parts) when parts.Length > 1:
                type.BigEndian = parts[1] is ">";
                break;
            case (PickledArray array, object?[] { Length: 5 } parts) when parts[2] is NumpyType { IsObject: true }:
                array.Object = parts[4] is List<object?> { Count: 1 } only ? only[0] : throw new PickleRefusedException("an array of several objects");
                break;
            case (PickledArray array, object?[] { Length: 5 } parts) when parts[1] is object?[] shape && parts[2] is NumpyType type:
                array.Value = Make(shape, type, parts[4], parts[3] is true or 1L);
                break;
            case (PickledObject made, OrderedDictionary<object, object?> attributes):
                foreach (var (key, value) in attributes) made.Attributes[Convert.ToString(key)!] = value;
                break;
            case (PickledObject made, object?[] { Length: 2 } parts):
                foreach (var part in parts.OfType<OrderedDictionary<object, object?>>()) Build(made, part);
                break;
            default: throw new PickleRefusedException("a state for something that takes none, or not this one");
        }
    }

    // NumPy and Python moved these over the years.
    private static string Plain(string name)
    {
        if (name.StartsWith("numpy._core.", StringComparison.Ordinal)) name = "numpy." + name["numpy._core.".Length..];
        if (name.StartsWith("numpy.core.", StringComparison.Ordinal)) name = "numpy." + name["numpy.core.".Length..];
        return name switch { "copyreg._reconstructor" => NewObject, "collections.OrderedDict" => "builtins.dict", _ => name };
    }

    private static bool IsContainer(string name) => name.Split('.') is ["__builtin__" or "builtins", var type] && Containers.Contains(type);

    private static bool IsSparse(string name) => name.Split('.') is ["scipy", "sparse", .., "csc_matrix" or "csr_matrix" or "coo_matrix" or "csc_array"];

    private static bool IsExpression(string name) => name.StartsWith("chumpy.", StringComparison.Ordinal);

    private static object Empty(string name) => name.EndsWith("dict", StringComparison.Ordinal) ? new OrderedDictionary<object, object?>() : new List<object?>();

    private static NumericArray Make(object?[] sizes, NumpyType type, object? data, bool columns)
    {
        if (sizes.Length > 8 || sizes.Any(size => size is not (>= 0L and <= int.MaxValue))) throw new PickleRefusedException("an array whose shape is none");
        int[] shape = [.. sizes.Select(size => (int)(long)size!)];
        var count = shape.Aggregate((Int128)1, (product, size) => product * size);
        if (count > int.MaxValue / 8) throw new PickleRefusedException($"an array of {count} numbers");
        var bytes = Bytes(data, (int)count * type.Width);
        var values = type.Read(bytes);
        return new(shape, columns && shape.Length > 1 ? NpyArray.FromFortran(values, shape) : values);
    }

    private static byte[] Bytes(object? data, int count)
    {
        var bytes = data switch
        {
            byte[] given => given,
            string text => Latin(text),
            _ => throw new PickleRefusedException("an array without its bytes"),
        };
        return bytes.Length == count ? bytes : throw new PickleRefusedException($"an array with {bytes.Length} bytes, expected {count}");
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}

/// <summary>An array that is told first and filled afterwards.</summary>
internal sealed class PickledArray
{
    public NumericArray? Value { get; set; }

    /// <summary>What an array of one object holds, such as a sparse matrix in a .npz file.</summary>
    public object? Object { get; set; }
}

/// <summary>A sparse matrix or an expression: its class and its attributes.</summary>
internal sealed class PickledObject(string type)
{
    public string Type => type;

    public Dictionary<string, object?> Attributes { get; } = new(StringComparer.Ordinal);
}
