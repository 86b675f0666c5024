using System.Numerics;
using System.Text;
using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Formats.Motion;

/// <summary>Reads the JSON of an annotation token by token, so that long ones need no tree.</summary>
internal ref struct AnnotationReader
{
    private readonly string _path;
    private Utf8JsonReader _json;

    private AnnotationReader(byte[] bytes, string path)
    {
        _path = path;
        ReadOnlySpan<byte> content = bytes;
        if (content.StartsWith("\uFEFF"u8)) content = content[3..];
        _json = new(content, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    public static Annotation Read(byte[] bytes, string path)
    {
        if (bytes.Length == 0) throw new UnreadableFileException(path, "", "the file is empty");
        var reader = new AnnotationReader(bytes, path);
        try
        {
            return reader.Read();
        }
        catch (JsonException error)
        {
            throw new UnreadableFileException(path, $"line {error.LineNumber + 1}, byte {error.BytePositionInLine}", "not JSON", error);
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            // Text that is not UTF-8 is found only when it is asked for.
            throw reader.Error("text that is not UTF-8", error);
        }
    }

    private Annotation Read()
    {
        Next();
        Expect(JsonTokenType.StartObject, "an object with 'left', 'right' and 'fps'");
        float[]? left = null, right = null;
        double? fps = null;
        Vector3 adjust = default;
        var startFrame = 0;
        string? video = null, handModel = null, style = null;
        float? handSize = null;
        HandBuild? handBuild = null;
        float[]? fingerLengths = null;
        string? performer = null;
        string? source = null;
        JsonElement? sound = null;
        List<Note> notes = [];
        List<PedalChange> pedal = [];
        while (Next() != JsonTokenType.EndObject)
        {
            var name = _json.GetString();
            Next();
            switch (name)
            {
                case "left": left = ReadRows(name); break;
                case "right": right = ReadRows(name); break;
                case "fps": fps = ReadNumber("'fps'", double.Epsilon, 1000); break;
                case "adjust": adjust = ReadVector(); break;
                case "start_frame": startFrame = (int)ReadNumber("'start_frame'", int.MinValue, int.MaxValue); break;
                case "bv": video = ReadText(); break;
                case "hand_model": handModel = ReadText(); break;
                case "hand_size": handSize = (float)ReadNumber("'hand_size'", HandSkeleton.SmallestSize - 1e-6, HandSkeleton.LargestSize + 1e-6); break;
                case "hand_build": handBuild = ReadBuild(); break;
                case "finger_lengths": fingerLengths = ReadNumbers(name, 5, HandSkeleton.SmallestSize - 1e-6, HandSkeleton.LargestSize + 1e-6); break;
                case "style": style = ReadText(); break;
                case "performer": performer = ReadText(); break;
                case "source": source = ReadText(); break;
                case "sound": sound = _json.TokenType == JsonTokenType.Null ? null : JsonElement.ParseValue(ref _json); break;
                case "notes": notes = ReadNotes(); break;
                case "pedal": pedal = ReadPedal(); break;
                default: _json.Skip(); break;
            }
        }

        while (_json.Read())
        {
        }

        if (left is null || right is null || fps is null)
        {
            throw new UnreadableFileException(_path, "", $"there is no '{(left is null ? "left" : right is null ? "right" : "fps")}', expected 'left', 'right' and 'fps'");
        }

        if (left.Length != right.Length)
        {
            throw new UnreadableFileException(_path, "", $"the left hand has {left.Length / Annotation.RowLength} rows, the right one {right.Length / Annotation.RowLength}; expected as many");
        }

        return new()
        {
            Rows = new(left, right),
            Fps = fps.Value,
            Adjust = adjust,
            StartFrame = startFrame,
            Video = video,
            HandModel = handModel,
            HandSize = handSize,
            HandBuild = handBuild,
            FingerLengths = fingerLengths,
            Notes = notes,
            Pedal = pedal,
            Style = style,
            Performer = performer,
            Source = source,
            Sound = sound,
        };
    }

    private float[] ReadRows(string hand)
    {
        Expect(JsonTokenType.StartArray, "a list of rows");
        var values = new List<float>();
        for (var row = 0; Next() != JsonTokenType.EndArray; row++)
        {
            Expect(JsonTokenType.StartArray, $"row {row} of '{hand}'");
            var count = 0;
            for (; Next() != JsonTokenType.EndArray; count++)
            {
                if (count == Annotation.RowLength) throw Error($"row {row} of '{hand}' has more than {Annotation.RowLength} numbers");
                if (!TryNumber(-1000, 1000, out var value)) throw NotANumber($"a number in row {row} of '{hand}'", -1000, 1000);
                values.Add((float)value);
            }

            if (count != Annotation.RowLength) throw Error($"row {row} of '{hand}' has {count} numbers, expected {Annotation.RowLength}");
        }

        return [.. values];
    }

    private Vector3 ReadVector() => ReadNumbers("adjust", 3, -1000, 1000) is [var x, var y, var z] ? new(x, y, z) : default;

    private float[] ReadNumbers(string name, int count, double low, double high)
    {
        Expect(JsonTokenType.StartArray, $"'{name}' as a list of {count} numbers");
        var values = new List<float>();
        while (Next() != JsonTokenType.EndArray)
        {
            values.Add((float)ReadNumber($"'{name}'", low, high));
            if (values.Count > count) break;
        }

        return values.Count == count ? [.. values] : throw Error($"'{name}' has not exactly {count} numbers");
    }

    private List<Note> ReadNotes()
    {
        Expect(JsonTokenType.StartArray, "'notes' as a list");
        var notes = new List<Note>();
        Span<double> values = stackalloc double[6];
        while (Next() != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.StartArray, $"note {notes.Count} as a list");
            var count = 0;
            for (; Next() != JsonTokenType.EndArray; count++)
            {
                if (count == values.Length) throw Error($"note {notes.Count} has more than {values.Length} numbers");
                values[count] = ReadNumber($"a number of note {notes.Count}", double.MinValue, double.MaxValue);
            }

            if (count != values.Length) throw Error($"note {notes.Count} has {count} numbers, expected {values.Length}");
            if (NoteRow.TryMake(values[0], values[1], values[2], values[3], values[4], values[5], out var note) is { } problem)
            {
                throw Error($"note {notes.Count} has {problem}");
            }

            notes.Add(note);
        }

        return notes;
    }

    private List<PedalChange> ReadPedal()
    {
        Expect(JsonTokenType.StartArray, "'pedal' as a list");
        var changes = new List<PedalChange>();
        while (Next() != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.StartArray, $"pedal change {changes.Count} as a list");
            Next();
            var time = ReadNumber($"the time of pedal change {changes.Count}", 0, double.MaxValue);
            Next();
            var value = ReadNumber($"the value of pedal change {changes.Count}", 0, 127);
            if (Next() != JsonTokenType.EndArray) throw Error($"pedal change {changes.Count} has more than 2 numbers");
            changes.Add(new(time, (int)Math.Round(value)));
        }

        return [.. changes.OrderBy(change => change.Time)];
    }

    private readonly double ReadNumber(string what, double low, double high) =>
        TryNumber(low, high, out var value) ? value : throw NotANumber(what, low, high);

    // Apart from the message, which millions of good numbers do not need.
    private readonly bool TryNumber(double low, double high, out double value)
    {
        value = 0;
        return _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out value) && value >= low && value <= high;
    }

    private readonly UnreadableFileException NotANumber(string what, double low, double high)
    {
        Expect(JsonTokenType.Number, what + " as a number");
        return Error($"{what} is {Encoding.UTF8.GetString(_json.ValueSpan[..Math.Min(_json.ValueSpan.Length, 30)])}, expected {low:G6} to {high:G6}");
    }

    private HandBuild? ReadBuild() => ReadText() is { } name ? HandBuilds.Find(name) ?? throw Error($"'hand_build' is {FileWords.Quote(name)}, expected 'pianist' or 'average'") : null;

    private string? ReadText()
    {
        if (_json.TokenType == JsonTokenType.Null) return null;
        Expect(JsonTokenType.String, "a text");
        return _json.GetString();
    }

    private JsonTokenType Next() => _json.Read() ? _json.TokenType : throw Error("the file ends too early");

    private readonly void Expect(JsonTokenType type, string what)
    {
        if (_json.TokenType != type) throw Error($"{_json.TokenType switch { JsonTokenType.StartObject => "an object", JsonTokenType.StartArray => "a list", JsonTokenType.String => "a text", JsonTokenType.Number => "a number", var other => other.ToString() }}, expected {what}");
    }

    private readonly UnreadableFileException Error(string problem, Exception? inner = null) => new(_path, $"byte {_json.TokenStartIndex}", problem, inner);
}
