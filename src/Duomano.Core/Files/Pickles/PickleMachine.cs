using System.Buffers.Binary;
using System.Text;

namespace Duomano.Core.Files.Pickles;

/// <summary>
/// Runs the opcodes of a Python pickle (protocols 0 to 5) without being able to call anything: globals are only names, and what a call
/// of one means is decided by a table of <see cref="PickleGlobals"/>. Values become null, bool, long, double,
/// string (Python 2's byte strings too, a character a byte), byte[], object?[] (tuple), List (list, set) and OrderedDictionary (dict).
/// </summary>
public sealed partial class PickleMachine
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _code;
    private readonly string _path;
    private readonly string _entry;
    private readonly PickleGlobals _globals;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _position;
    private int _opcodeStart;

    /// <summary>Prepares to run a pickle.</summary>
    /// <param name="code">Its bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="entry">What the pickle is in that file, for messages; empty for all of it.</param>
    /// <param name="globals">The names it may use.</param>
    public PickleMachine(byte[] code, string path, string entry, PickleGlobals globals)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(globals);
        (_code, _path, _entry, _globals) = (code, path, entry, globals);
    }

    /// <summary>Runs to the STOP opcode and gives the value on top.</summary>
    /// <exception cref="UnreadableFileException">It is damaged, or asks for what the table does not have.</exception>
    public object? Run()
    {
        while (true)
        {
            _opcodeStart = _position;
            var opcode = Bytes(1)[0];
            if (opcode == (byte)'.') return Pop();
            try
            {
                Execute(opcode);
            }
            catch (PickleRefusedException refused)
            {
                throw Fail(refused.Message);
            }
        }
    }

    private void Execute(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: // PROTO
                var protocol = Bytes(1)[0];
                if (protocol > 5) throw Fail($"pickle protocol {protocol}, expected at most 5");
                break;
            case 0x95: Bytes(8); break; // FRAME
            case (byte)'(': _marks.Push(_stack.Count); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'K': Push((long)Bytes(1)[0]); break;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case 0x8a: Push(LongInteger(Bytes(1)[0])); break; // LONG1
            case 0x8b: Push(LongInteger(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)))); break; // LONG4
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
            case 0x8c: Push(Text(Bytes(1)[0])); break; // SHORT_BINUNICODE
            case (byte)'X': Push(Text(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)))); break;
            case 0x8d: Push(Text(BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8)))); break; // BINUNICODE8
            case (byte)'U': Push(Latin(Bytes(Bytes(1)[0]))); break; // SHORT_BINSTRING
            case (byte)'T': Push(Latin(Bytes(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))))); break; // BINSTRING
            case (byte)'C': Push(Bytes(Bytes(1)[0]).ToArray()); break;
            case (byte)'B': Push(Bytes(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))).ToArray()); break;
            case 0x8e or 0x96: Push(Bytes(BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8))).ToArray()); break; // BINBYTES8, BYTEARRAY8
            case (byte)')': Push(Array.Empty<object?>()); break;
            case 0x85: PushTuple(1); break;
            case 0x86: PushTuple(2); break;
            case 0x87: PushTuple(3); break;
            case (byte)'t': Push(PopToMark()); break;
            case 0x8f or (byte)']': Push(new List<object?>()); break; // EMPTY_SET, EMPTY_LIST
            case (byte)'l': Push(new List<object?>(PopToMark())); break;
            case (byte)'a':
                var appended = Pop();
                Top<List<object?>>("a list").Add(appended);
                break;
            case 0x90 or (byte)'e': // ADDITEMS, APPENDS
                var items = PopToMark();
                Top<List<object?>>("a list").AddRange(items);
                break;
            case (byte)'}': Push(new OrderedDictionary<object, object?>()); break;
            case (byte)'d':
                var made = new OrderedDictionary<object, object?>();
                SetItems(made, PopToMark());
                Push(made);
                break;
            case (byte)'s':
                var value = Pop();
                var key = Pop();
                SetItems(Top<OrderedDictionary<object, object?>>("a dictionary"), [key, value]);
                break;
            case (byte)'u':
                var pairs = PopToMark();
                SetItems(Top<OrderedDictionary<object, object?>>("a dictionary"), pairs);
                break;
            case (byte)'q': _memo[Bytes(1)[0]] = Top<object?>("a value"); break;
            case (byte)'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))] = Top<object?>("a value"); break;
            case 0x94: _memo[(uint)_memo.Count] = Top<object?>("a value"); break; // MEMOIZE
            case (byte)'h': Push(Recall(Bytes(1)[0])); break;
            case (byte)'j': Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)))); break;
            case (byte)'c': Push(_globals.Find(Line(), Line())); break;
            case 0x93: // STACK_GLOBAL
                var name = Pop();
                Push(_globals.Find(Pop() as string ?? "?", name as string ?? "?"));
                break;
            case (byte)'R' or 0x81: // REDUCE, NEWOBJ
                var arguments = Pop() as object?[] ?? throw Fail("a call without a tuple of arguments");
                Push(_globals.Call(Pop(), arguments));
                break;
            case (byte)'b':
                var state = Pop();
                _globals.Build(Top<object?>("an object"), state);
                break;
            case (byte)'Q': Push(_globals.Persistent(Pop())); break;
            default:
                if (!ExecuteText(opcode)) throw Fail($"opcode 0x{opcode:x2}, which data do not need");
                break;
        }
    }

    private void SetItems(OrderedDictionary<object, object?> dictionary, object?[] pairs)
    {
        if (pairs.Length % 2 != 0) throw Fail("a dictionary key without a value");
        for (var i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] is not (string or long or double or bool)) throw Fail("a dictionary key that is neither text nor a number");
            dictionary[pairs[i]!] = pairs[i + 1];
        }
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Pop()
    {
        var value = Top<object?>("a value");
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private T Top<T>(string expected)
    {
        if (_stack.Count == (_marks.TryPeek(out var mark) ? mark : 0)) throw Fail($"the stack is empty where {expected} is needed");
        return _stack[^1] is T or null ? (T)_stack[^1]! ?? Missing<T>(expected) : throw Fail($"the stack does not hold {expected} where it is needed");
    }

    private T Missing<T>(string expected) => typeof(T) == typeof(object) ? default! : throw Fail($"the stack holds nothing where {expected} is needed");

    private object?[] PopToMark()
    {
        if (!_marks.TryPop(out var mark)) throw Fail("no mark where one is needed");
        var items = _stack[mark..].ToArray();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void PushTuple(int count)
    {
        var tuple = new object?[count];
        for (var i = count - 1; i >= 0; i--) tuple[i] = Pop();
        Push(tuple);
    }

    private object? Recall(uint index) =>
        _memo.TryGetValue(index, out var value) ? value : throw Fail($"memo {index} was never stored");

    private long LongInteger(uint length)
    {
        if (length > 8) throw Fail($"an integer of {length} bytes, at most 8 are read");
        var bytes = Bytes(length);
        long value = 0;
        for (var i = 0; i < length; i++) value |= (long)bytes[i] << (8 * i);
        return length is > 0 and < 8 && bytes[^1] >= 0x80 ? value - (1L << (8 * (int)length)) : value;
    }

    private string Text(ulong length)
    {
        try
        {
            return Utf8.GetString(Bytes(length));
        }
        catch (DecoderFallbackException invalid)
        {
            throw Fail("text that is not UTF-8", invalid);
        }
    }

    private string Line()
    {
        var end = _code.AsSpan(_position).IndexOf((byte)'\n');
        if (end < 0) throw Fail("the pickle ends inside a name");
        var line = Text((ulong)end);
        _position++;
        return line;
    }

    private ReadOnlySpan<byte> Bytes(ulong count)
    {
        if (count > (ulong)(_code.Length - _position)) throw Fail("the pickle ends early");
        var bytes = _code.AsSpan(_position, (int)count);
        _position += (int)count;
        return bytes;
    }

    private UnreadableFileException Fail(string problem, Exception? inner = null) => new(_path, $"{_entry} byte {_opcodeStart}".TrimStart(), problem, inner);
}
