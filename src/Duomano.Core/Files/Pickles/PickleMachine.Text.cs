using System.Globalization;
using System.Text;

namespace Duomano.Core.Files.Pickles;

/// <content>The opcodes of protocols 0 and 1, which spell values out in lines of text; Python 2 wrote them unless told otherwise.</content>
public sealed partial class PickleMachine
{
    private bool ExecuteText(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'I':
                var integer = Line();
                Push(integer switch { "00" => false, "01" => true, _ => (object)Integer(integer) });
                break;
            case (byte)'L': Push(Integer(Line().TrimEnd('L'))); break;
            case (byte)'F': Push(double.TryParse(Line(), NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : throw Fail("a number that is none")); break;
            case (byte)'S': Push(Unescape(RawLine())); break;
            case (byte)'V': Push(Unescape(RawLine(), unicode: true)); break;
            case (byte)'p': _memo[Index(Line())] = Top<object?>("a value"); break;
            case (byte)'g': Push(Recall(Index(Line()))); break;
            case (byte)'2': Push(Top<object?>("a value")); break; // DUP
            default: return false;
        }

        return true;
    }

    private long Integer(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Fail("a whole number that is none, or of more than 64 bits");

    private uint Index(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Fail("a memo without a number");

    // Python 2's byte strings stay what they are: a character for each byte.
    private static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private string RawLine()
    {
        var end = _code.AsSpan(_position).IndexOf((byte)'\n');
        if (end < 0) throw Fail("the pickle ends inside a line");
        var line = Latin(Bytes((ulong)end));
        _position++;
        return line;
    }

    // A string as Python's repr writes it: in quotes, with backslashes; unicode lines have no quotes and only \u escapes.
    private string Unescape(string line, bool unicode = false)
    {
        if (!unicode)
        {
            line = line.TrimEnd('\r');
            if (line.Length < 2 || line[0] is not ('\'' or '"') || line[^1] != line[0]) throw Fail("text without its quotes");
            line = line[1..^1];
        }

        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\' || (unicode && (i + 1 >= line.Length || line[i + 1] is not ('u' or 'U'))))
            {
                text.Append(line[i]);
                continue;
            }

            if (++i >= line.Length) throw Fail("text that ends in a backslash");
            switch (line[i])
            {
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'x': text.Append((char)Hexadecimal(line, ref i, 2)); break;
                case 'u': text.Append((char)Hexadecimal(line, ref i, 4)); break;
                case 'U':
                    var point = Hexadecimal(line, ref i, 8);
                    text.Append(Rune.TryCreate(point, out var rune) ? rune.ToString() : throw Fail("text with a character that does not exist"));
                    break;
                default: text.Append(line[i]); break;
            }
        }

        return text.ToString();
    }

    private uint Hexadecimal(string line, ref int at, int digits)
    {
        var span = line.AsSpan(Math.Min(at + 1, line.Length));
        if (span.Length < digits || !uint.TryParse(span[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) throw Fail("text with an escape that is none");
        at += digits;
        return value;
    }
}
