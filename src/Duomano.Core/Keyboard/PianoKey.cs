using System.Globalization;

namespace Duomano.Core.Keyboard;

/// <summary>
/// One of the 88 keys of a piano and its place in the piano frame (metres; x to the treble with 0 in the middle
/// of the keyboard, y up with 0 on the resting white keys, z towards the player with 0 at the white keys' front edge).
/// This is the only place where key geometry is computed.
/// </summary>
public readonly record struct PianoKey : IComparable<PianoKey>
{
    /// <summary>MIDI number of the lowest key, A0.</summary>
    public const int LowestMidi = 21;

    /// <summary>MIDI number of the highest key, C8.</summary>
    public const int HighestMidi = 108;

    /// <summary>Number of keys.</summary>
    public const int Count = 88;

    /// <summary>Distance between the centres of neighbouring white keys, metres.</summary>
    public const float WhiteSpacing = 0.0235f;

    /// <summary>Length of a white key's top, metres.</summary>
    public const float WhiteLength = 0.150f;

    /// <summary>Width of a black key, metres.</summary>
    public const float BlackWidth = 0.0137f;

    /// <summary>Height of a black key's top above the white keys, metres.</summary>
    public const float BlackHeight = 0.012f;

    /// <summary>Distance from the white keys' front edge to the black keys' front end, metres.</summary>
    public const float BlackFront = 0.050f;

    /// <summary>How far a key goes down, metres.</summary>
    public const float Travel = 0.010f;

    /// <summary>How far below its resting top a fingertip's pad has to be for a key to count as pressed, metres.</summary>
    public const float PressedDepth = 0.004f;

    private const int WhiteKeys = 52;

    private static readonly string[] PitchClassNames = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    // Semitone within the octave (C = 0) → white keys below it in the octave; black keys carry their lower neighbour's.
    private static ReadOnlySpan<byte> WhiteIndexInOctave => [0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6];

    // Centre of a black key relative to the line between its white neighbours. Builders give the tails of the white
    // keys equal widths inside each group (C–E with two black keys, F–B with three), which moves the outer black keys.
    private const float OffsetInGroupOfTwo = (3 * WhiteSpacing - 2 * BlackWidth) / 3 + BlackWidth / 2 - WhiteSpacing;
    private const float OffsetInGroupOfThree = (4 * WhiteSpacing - 3 * BlackWidth) / 4 + BlackWidth / 2 - WhiteSpacing;

    private readonly byte _index;

    /// <summary>Makes a key from its MIDI number.</summary>
    /// <param name="midi">21 (A0) to 108 (C8).</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not that of a piano key.</exception>
    public PianoKey(int midi)
    {
        if (!IsOnPiano(midi))
        {
            throw new ArgumentOutOfRangeException(nameof(midi), midi, $"A piano has the MIDI notes {LowestMidi} to {HighestMidi}.");
        }

        _index = (byte)(midi - LowestMidi);
    }

    /// <summary>All keys from the bass to the treble.</summary>
    public static IReadOnlyList<PianoKey> All { get; } = [.. Enumerable.Range(LowestMidi, Count).Select(midi => new PianoKey(midi))];

    /// <summary>0 for A0 to 87 for C8.</summary>
    public int Index => _index;

    /// <summary>MIDI note number, 21 to 108.</summary>
    public int Midi => _index + LowestMidi;

    /// <summary>Semitones above C, 0 to 11.</summary>
    public int PitchClass => Midi % 12;

    /// <summary>True for the raised keys.</summary>
    public bool IsBlack => PitchClass is 1 or 3 or 6 or 8 or 10;

    /// <summary>Scientific pitch name, such as "C4" (MIDI 60) or "F#3".</summary>
    public string Name => $"{PitchClassNames[PitchClass]}{Midi / 12 - 1}";

    /// <summary>Centre of the key across the keyboard, metres.</summary>
    public float CenterX
    {
        get
        {
            // A0 is the sixth white key of octave 0, so white keys are counted from C0 and shifted by five.
            var white = Midi / 12 * 7 + WhiteIndexInOctave[PitchClass] - (LowestMidi / 12 * 7 + 5);
            var leftEdge = (white - WhiteKeys / 2f) * WhiteSpacing;
            return IsBlack ? leftEdge + WhiteSpacing + BlackOffset : leftEdge + WhiteSpacing / 2;
        }
    }

    /// <summary>Height of the resting key's top, metres.</summary>
    public float TopY => IsBlack ? BlackHeight : 0;

    /// <summary>The end of the key's top nearest the player, metres (z).</summary>
    public float FrontZ => IsBlack ? -BlackFront : 0;

    /// <summary>The far end of the key's top, metres (z).</summary>
    public const float BackZ = -WhiteLength;

    /// <summary>Width of the key's widest part, metres.</summary>
    public float Width => IsBlack ? BlackWidth : WhiteSpacing;

    private float BlackOffset => PitchClass switch
    {
        1 => OffsetInGroupOfTwo,
        3 => -OffsetInGroupOfTwo,
        6 => OffsetInGroupOfThree,
        10 => -OffsetInGroupOfThree,
        _ => 0,
    };

    /// <summary>Reads a key's name in scientific pitch notation, such as "C4", "f#3" or "Bb2", or its MIDI number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is one of the piano's 88 keys.</returns>
    public static bool TryParse(string? name, out PianoKey key)
    {
        key = default;
        if (string.IsNullOrEmpty(name)) return false;
        const NumberStyles Digits = NumberStyles.AllowLeadingSign;
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var midi))
        {
            var step = "c d ef g a b".IndexOf(char.ToLowerInvariant(name[0]), StringComparison.Ordinal);
            var accidental = name.Length < 2 ? 0 : name[1] switch { '#' => 1, 'b' => -1, _ => 0 };
            if (name[0] == ' ' || step < 0 || !int.TryParse(name.AsSpan(accidental == 0 ? 1 : 2), Digits, CultureInfo.InvariantCulture, out var octave) || octave is < -1 or > 9) return false;
            midi = 12 * (octave + 1) + step + accidental;
        }

        if (!IsOnPiano(midi)) return false;
        key = new(midi);
        return true;
    }

    /// <summary>Whether a MIDI number is that of a piano key.</summary>
    public static bool IsOnPiano(int midi) => midi is >= LowestMidi and <= HighestMidi;

    /// <summary>The key whose top lies under a point of the keyboard plane, or none beside the keyboard.</summary>
    public static PianoKey? Under(float x, float z)
    {
        if (z > 0 || z < -WhiteLength) return null;
        var white = (int)MathF.Floor(x / WhiteSpacing + WhiteKeys / 2f);
        if (white is < 0 or >= WhiteKeys) return null;

        // White key number → MIDI: count octaves from C0 again.
        var fromC = white + LowestMidi / 12 * 7 + 5;
        ReadOnlySpan<byte> semitones = [0, 2, 4, 5, 7, 9, 11];
        var midi = fromC / 7 * 12 + semitones[fromC % 7];
        foreach (var candidate in (ReadOnlySpan<int>)[midi - 1, midi + 1])
        {
            if (IsOnPiano(candidate) && new PianoKey(candidate) is { IsBlack: true } black && black.Covers(x, z)) return black;
        }

        return new PianoKey(midi);
    }

    /// <summary>Whether a point of the keyboard plane lies over this key's top.</summary>
    /// <param name="x">Metres along the keyboard.</param>
    /// <param name="z">Metres towards the player.</param>
    public bool Covers(float x, float z)
    {
        if (z > FrontZ || z < BackZ) return false;
        var (left, right) = ExtentX(z);
        return x >= left && x < right;
    }

    /// <summary>The key's left and right edge at a depth: a white key is narrower between the black ones.</summary>
    /// <param name="z">Metres towards the player, within the key.</param>
    public (float Left, float Right) ExtentX(float z)
    {
        var half = Width / 2;
        var (left, right) = (CenterX - half, CenterX + half);
        if (!IsBlack && z < -BlackFront)
        {
            if (IsOnPiano(Midi - 1) && new PianoKey(Midi - 1) is { IsBlack: true } below) left = below.CenterX + BlackWidth / 2;
            if (IsOnPiano(Midi + 1) && new PianoKey(Midi + 1) is { IsBlack: true } above) right = above.CenterX - BlackWidth / 2;
        }

        return (left, right);
    }

    /// <inheritdoc/>
    public int CompareTo(PianoKey other) => _index.CompareTo(other._index);

    /// <inheritdoc/>
    public override string ToString() => Name;

#pragma warning disable CS1591 // ordering by pitch
    public static bool operator <(PianoKey left, PianoKey right) => left._index < right._index;
    public static bool operator >(PianoKey left, PianoKey right) => left._index > right._index;
    public static bool operator <=(PianoKey left, PianoKey right) => left._index <= right._index;
    public static bool operator >=(PianoKey left, PianoKey right) => left._index >= right._index;
#pragma warning restore CS1591
}
