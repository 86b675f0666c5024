using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Inference.Features;

/// <summary>
/// What the networks are told about the music: for every frame and finger, which key it holds or plays next and when.
/// The same numbers come from a MIDI file and from notes heard in a recording, since both are notes with a hand and a
/// finger by the time they arrive here. Each hand's part is written in that hand's own mirrored coordinates, so that
/// both networks see a right hand; a network gets its own hand's part first, then the other's.
/// </summary>
public static class PlayingFeatures
{
    /// <summary>Numbers a frame of one hand's part.</summary>
    public const int HandWidth = Fingers * PerFinger + PerHandOnly;

    /// <summary>Numbers a frame of both hands: own part, other part, hand size, and 1 for a person's manner or 0 for the kinematic pianist's.</summary>
    public const int Width = 2 * HandWidth + 2;

    /// <summary>Numbers a frame without the other hand's part.</summary>
    public const int OwnWidth = HandWidth + 2;

    /// <summary>Fingers of a hand.</summary>
    public const int Fingers = 5;

    private const int PerFinger = 5;
    private const int PerHandOnly = 6;

    // Unit of positions: half a keyboard is about one. Times fade within about a second.
    private const float XUnit = 0.6f;
    private const float SizeUnit = 5;
    private const double Horizon = 2.0;
    private const double TimeUnit = 1.0;
    private const double Soon = 0.06;

    /// <summary>Computes both networks' features.</summary>
    /// <param name="score">Notes with hand and finger; notes without either are left out, as nobody plays them.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="fps">Frames a second; row i is the moment (firstFrame + i) / fps.</param>
    /// <param name="handSize">Size of the hands, 1 for an average adult.</param>
    /// <param name="firstFrame">Where in the piece the rows begin.</param>
    /// <param name="person">Whether the motion is, or is to be, a person's and not the kinematic pianist's.</param>
    /// <returns>For each hand [frames, <see cref="Width"/>], row-major.</returns>
    public static PerHand<float[]> Compute(Score score, int frames, double fps, float handSize, int firstFrame = 0, bool person = true)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        ArgumentOutOfRangeException.ThrowIfNegative(firstFrame);
        var times = new double[frames];
        for (var frame = 0; frame < frames; frame++) times[frame] = (firstFrame + frame) / fps;
        var parts = PerHand.Create(side => HandPart(score, side, times));
        return parts.MapWithOther((own, other) =>
        {
            var rows = new float[frames * Width];
            for (var frame = 0; frame < frames; frame++)
            {
                var row = rows.AsSpan(frame * Width, Width);
                own.AsSpan(frame * HandWidth, HandWidth).CopyTo(row);
                other.AsSpan(frame * HandWidth, HandWidth).CopyTo(row[HandWidth..]);
                row[^2] = (handSize - 1) * SizeUnit;
                row[^1] = person ? 1 : 0;
            }

            return rows;
        });
    }

    /// <summary>The rows without the other hand's part.</summary>
    /// <param name="rows">[frames, <see cref="Width"/>].</param>
    /// <returns>[frames, <see cref="OwnWidth"/>].</returns>
    public static float[] Own(float[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var own = new float[rows.Length / Width * OwnWidth];
        for (var frame = 0; frame * Width < rows.Length; frame++)
        {
            var row = rows.AsSpan(frame * Width, Width);
            var kept = own.AsSpan(frame * OwnWidth, OwnWidth);
            row[..HandWidth].CopyTo(kept);
            row[(2 * HandWidth)..].CopyTo(kept[HandWidth..]);
        }

        return own;
    }

    /// <summary>The rows as a network of a width is told them: whole, or without the other hand's part; with the style, or without.</summary>
    /// <param name="rows">[windows × frames, <see cref="Width"/>].</param>
    /// <param name="width"><see cref="Width"/> or <see cref="OwnWidth"/>, and <see cref="StyleFeatures.Width"/> more with the style.</param>
    /// <param name="styles">[windows, <see cref="StyleFeatures.ToldWidth"/>].</param>
    public static float[] Told(float[] rows, int width, float[] styles)
    {
        if (!TakesStyle(width)) return width == OwnWidth ? Own(rows) : rows;
        width -= StyleFeatures.Width;
        return StyleFeatures.Append(width == OwnWidth ? Own(rows) : rows, width, styles, player: width - 1);
    }

    /// <summary>Whether a network can be told rows so wide.</summary>
    public static bool IsWidth(int width) => width is Width or OwnWidth || TakesStyle(width);

    /// <summary>Whether rows so wide have a style.</summary>
    public static bool TakesStyle(int width) => width - StyleFeatures.Width is Width or OwnWidth;

    /// <summary>Whether a row tells that a finger of the own hand holds a key, or will within 60 ms.</summary>
    /// <param name="row">A row, <see cref="Width"/> numbers.</param>
    /// <param name="finger">0 for the thumb.</param>
    public static bool PlaysIn(ReadOnlySpan<float> row, int finger) => FingerIn(row, finger) is var plays && (plays.Held > 0 || plays.NextOnset > Nearness(Soon));

    /// <summary>The hand size that a row tells.</summary>
    internal static float HandSizeIn(ReadOnlySpan<float> row) => row[^2] / SizeUnit + 1;

    /// <summary>What a row tells of a finger of the own hand.</summary>
    /// <param name="row">A row, <see cref="Width"/> numbers.</param>
    /// <param name="finger">0 for the thumb.</param>
    internal static FingerFeatures FingerIn(ReadOnlySpan<float> row, int finger)
    {
        var part = row.Slice(finger * PerFinger, PerFinger);
        var hasKey = MathF.Max(part[3], part[4]) >= Nearness(Horizon) * 0.999f;
        return new(part[0], part[3], part[4], hasKey ? new(part[1] * XUnit, part[2] > 0.5f) : null);
    }

    /// <summary>The middles of the chords that the own hand plays next and played last, metres, mirrored for the left hand.</summary>
    internal static (float Next, float Last) ChordsIn(ReadOnlySpan<float> row) => (row[Fingers * PerFinger] * XUnit, row[Fingers * PerFinger + 1] * XUnit);

    private static float[] HandPart(Score score, HandSide side, double[] times)
    {
        var rows = new float[times.Length * HandWidth];
        var notes = score.Notes.Where(note => note.Hand == side && note.Finger is not null).ToArray();
        foreach (var finger in Core.Fingering.Fingers.All)
        {
            FillFinger(rows, (int)finger - 1, [.. notes.Where(note => note.Finger == finger)], side, times);
        }

        FillHand(rows, notes, side, times);
        return rows;
    }

    // held, x, on a black key, nearness of the next onset, nearness of the last release
    private static void FillFinger(float[] rows, int finger, Note[] notes, HandSide side, double[] times)
    {
        var next = 0; // first note that is not over yet
        for (var frame = 0; frame < times.Length; frame++)
        {
            var time = times[frame];
            while (next < notes.Length && notes[next].Offset <= time) next++;
            var row = rows.AsSpan(frame * HandWidth + finger * PerFinger, PerFinger);
            var ahead = next < notes.Length ? notes[next].Onset - time : double.PositiveInfinity;
            var behind = next > 0 ? time - notes[next - 1].Offset : double.PositiveInfinity;
            row[0] = ahead <= 0 ? 1 : 0;
            row[3] = Nearness(Math.Max(ahead, 0));
            row[4] = Nearness(behind);
            if (Math.Min(ahead, behind) > Horizon) continue;

            // A finger belongs to the key it holds or will play soon, else to the one it just left.
            var note = ahead <= Horizon ? notes[next] : notes[next - 1];
            row[1] = OwnX(note, side);
            row[2] = note.Key.IsBlack ? 1 : 0;
        }
    }

    // centre of the keys held or played next, centre of those before, nearness of next and last onset, loudness, width
    private static void FillHand(float[] rows, Note[] notes, HandSide side, double[] times)
    {
        var groups = ChordsOf(notes);
        var next = 0; // first chord that starts after this frame
        for (var frame = 0; frame < times.Length; frame++)
        {
            var time = times[frame];
            while (next < groups.Count && groups[next].Onset <= time) next++;
            var row = rows.AsSpan(frame * HandWidth + Fingers * PerFinger, PerHandOnly);
            var last = next > 0 ? groups[next - 1] : (Chord?)null;
            var coming = next < groups.Count ? groups[next] : (Chord?)null;
            row[0] = coming?.X(side) ?? last?.X(side) ?? 0;
            row[1] = last?.X(side) ?? coming?.X(side) ?? 0;
            row[2] = coming is null ? 0 : Nearness(coming.Value.Onset - time);
            row[3] = last is null ? 0 : Nearness(time - last.Value.Onset);
            row[4] = (last ?? coming)?.Velocity / 127f ?? 0;
            row[5] = (coming ?? last)?.Spread ?? 0;
        }
    }

    private static List<Chord> ChordsOf(Note[] notes)
    {
        const double together = 0.04;
        var chords = new List<Chord>();
        for (var first = 0; first < notes.Length;)
        {
            var end = first + 1;
            while (end < notes.Length && notes[end].Onset - notes[first].Onset <= together) end++;
            var members = notes.AsSpan(first, end - first);
            float low = float.MaxValue, high = float.MinValue;
            var velocity = 0;
            foreach (var note in members)
            {
                low = MathF.Min(low, note.Key.CenterX);
                high = MathF.Max(high, note.Key.CenterX);
                velocity = Math.Max(velocity, note.Velocity);
            }

            chords.Add(new(notes[first].Onset, low, high, velocity));
            first = end;
        }

        return chords;
    }

    /// <summary>In how many seconds that is which a nearness tells; none of 0 are told apart.</summary>
    internal static float SecondsOf(float nearness) => (float)(-Math.Log(Math.Max(nearness, 1e-6f)) * TimeUnit / 3);

    private static float Nearness(double seconds) => (float)Math.Exp(-seconds / TimeUnit * 3);

    private static float OwnX(Note note, HandSide side) => Own(note.Key.CenterX, side);

    private static float Own(float x, HandSide side) => (side == HandSide.Left ? -x : x) / XUnit;

    private readonly record struct Chord(double Onset, float Low, float High, int Velocity)
    {
        public float Spread => (High - Low) / XUnit;

        public float X(HandSide side) => Own((Low + High) / 2, side);
    }
}

/// <summary>What features tell of a finger in a frame.</summary>
/// <param name="Held">1 while it holds a key, otherwise 0.</param>
/// <param name="NextOnset">Nearness of its next onset, 0 to 1.</param>
/// <param name="LastRelease">Nearness of its last release, 0 to 1.</param>
/// <param name="Key">The key it holds, plays next or has just left; null for none near.</param>
internal readonly record struct FingerFeatures(float Held, float NextOnset, float LastRelease, FeatureKey? Key);

/// <summary>A key as features tell it.</summary>
/// <param name="X">Its middle, metres, mirrored for the left hand.</param>
/// <param name="IsBlack">Whether it is black.</param>
internal readonly record struct FeatureKey(float X, bool IsBlack)
{
    /// <summary>Height of its top, metres.</summary>
    public float TopY => IsBlack ? PianoKey.BlackHeight : 0;
}
