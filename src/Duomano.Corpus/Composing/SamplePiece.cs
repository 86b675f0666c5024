using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>
/// The piece in the samples folder: the Minuet in G major (BWV Anh. 114, attributed to Christian Petzold) from the
/// 1725 Notebook for Anna Magdalena Bach, without repeats. The composition is in the public domain; notes, touch and
/// dynamics are entered here.
/// </summary>
public static class SamplePiece
{
    private const int BeatsPerBar = 3;

    // A bar a string: pitch and length in fractions of a whole note ("D5/4" a quarter, "2." a dotted half), "r" a rest,
    // "+" joins a chord, "~" before a length asks for a mordent, "&" starts the bar's second voice.
    private static readonly string[] RightHand =
    [
        "D5/4 G4/8 A4/8 B4/8 C5/8", "D5/4 G4/4 G4/4", "E5/4 C5/8 D5/8 E5/8 F#5/8", "G5/4 G4/4 G4/4",
        "C5~/4 D5/8 C5/8 B4/8 A4/8", "B4/4 C5/8 B4/8 A4/8 G4/8", "F#4/4 G4/8 A4/8 B4/8 G4/8", "B4/8 A4/8 A4/2",
        "D5/4 G4/8 A4/8 B4/8 C5/8", "D5/4 G4/4 G4/4", "E5/4 C5/8 D5/8 E5/8 F#5/8", "G5/4 G4/4 G4/4",
        "C5~/4 D5/8 C5/8 B4/8 A4/8", "B4/4 C5/8 B4/8 A4/8 G4/8", "A4/4 B4/8 A4/8 G4/8 F#4/8", "G4/2.",
        "B5/4 G5/8 A5/8 B5/8 G5/8", "A5/4 D5/8 E5/8 F#5/8 D5/8", "G5/4 E5/8 F#5/8 G5/8 D5/8", "C#5/4 B4/8 C#5/8 A4/4",
        "A4/8 B4/8 C#5/8 D5/8 E5/8 F#5/8", "G5/4 F#5/4 E5/4", "F#5/4 A4/4 C#5/4", "D5/2.",
        "D5/4 G4/8 F#4/8 G4/4", "E5/4 G4/8 F#4/8 G4/4", "D5/4 C5/4 B4/4", "A4/8 G4/8 F#4/8 G4/8 A4/4",
        "D4/8 E4/8 F#4/8 G4/8 A4/8 B4/8", "C5/4 B4~/4 A4/4", "B4/8 D5/8 G4/4 F#4/4", "B3+D4+G4/2.",
    ];

    private static readonly string[] LeftHand =
    [
        "G3+B3+D4/2 A3/4", "B3/2.", "C4/2.", "B3/2.",
        "A3/2.", "G3/2.", "D4/4 B3/4 G3/4", "D4/4 D3/8 C4/8 B3/8 A3/8",
        "B3/2 A3/4", "G3/4 B3/4 G3/4", "C4/2.", "B3/4 C4/8 B3/8 A3/8 G3/8",
        "A3/2 F#3/4", "G3/2 B3/4", "C4/4 D4/4 D3/4", "G3/2 G2/4",
        "G3/2.", "F#3/2.", "E3/4 G3/4 E3/4", "A3/2 A2/4",
        "A3/2.", "B3/4 D4/4 C#4/4", "D4/4 F#3/4 A3/4", "D4/4 D3/4 C4/4",
        "B3/2 B3/4 & r/4 D4/2", "C4/2 C4/4 & r/4 E4/2", "B3/4 A3/4 G3/4", "D4/2 r/4",
        "D3/2. & r/2 F#3/4", "E3/4 G3/4 F#3/4", "G3/4 B2/4 D3/4", "G3/4 D3/4 G2/4",
    ];

    // Loudness bar by bar: the second phrase starts as an echo, the second half opens out and closes calmly.
    private static readonly double[] Loudness =
    [
        0.4, 0.5, 0.8, 0.9, 0.6, 0.4, 0.2, 0.1, -0.9, -0.8, -0.4, -0.2, 0.1, 0.3, 0.5, 0.1,
        1.0, 0.8, 0.9, 0.6, 0.4, 0.9, 0.7, 0.3, -0.5, -0.3, -0.3, -0.5, -0.1, 0.4, 0.5, 0.2,
    ];

    private static readonly int[] PedalledBars = [15, 23, 31];

    /// <summary>File name of the sample without its extension.</summary>
    public const string FileName = "minuet-in-g";

    /// <summary>Plays the piece; every call gives the same score.</summary>
    public static Score Create()
    {
        var sketch = new Sketch();
        var voices = new PerHand<string[]>(LeftHand, RightHand);
        foreach (var hand in HandSides.Both)
        {
            for (var bar = 0; bar < voices[hand].Length; bar++) WriteBar(sketch, hand, bar, voices[hand][bar]);
        }

        foreach (var bar in PedalledBars) sketch.Pedal(bar * BeatsPerBar, BeatsPerBar - 0.2);
        var how = new Interpretation
        {
            Tempo = 124,
            Velocity = 66,
            Swell = 8,
            AccentVelocity = 12,
            PhraseBeats = 8 * BeatsPerBar,
            Rubato = 0.05,
            FinalSlowing = 0.22,
            Hold = new(0.88, 0.93),
            Unevenness = 0.005,
            VelocitySpread = 2.5,
            LeftSofter = 9,
        };
        return sketch.Perform(how, new SeededRandom(1725), "Minuet in G major, BWV Anh. 114");
    }

    private static void WriteBar(Sketch sketch, HandSide hand, int bar, string text)
    {
        foreach (var voice in text.Split('&'))
        {
            double beat = bar * BeatsPerBar;
            foreach (var token in voice.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var (pitches, value) = (token[..token.IndexOf('/')], token[(token.IndexOf('/') + 1)..]);
                var beats = value.EndsWith('.') ? 6.0 / int.Parse(value[..^1]) : 4.0 / int.Parse(value);
                var accent = Loudness[bar] + (beat % BeatsPerBar == 0 ? 0.5 : 0);
                // Quarters are a little apart, as minuets are danced.
                var held = beats == 1 ? 0.85 : beats;
                if (pitches.EndsWith('~')) PlayMordent(sketch, hand, beat, held, Midi(pitches[..^1]), accent);
                else if (pitches != "r") sketch.PlayChord(hand, beat, held, pitches.Split('+').Select(Midi), accent);
                beat += beats;
            }
        }
    }

    // The main note, its lower neighbour in G major, and the main note again.
    private static void PlayMordent(Sketch sketch, HandSide hand, double beat, double beats, int midi, double accent)
    {
        const double quick = 0.16;
        var key = Tonality.Major(7);
        var lower = key.Midi(key.DegreeNear(midi) - 1, 4);
        sketch.Play(hand, beat, quick, midi, accent);
        sketch.Play(hand, beat + quick, quick, lower, accent - 0.6);
        sketch.Play(hand, beat + 2 * quick, beats - 2 * quick, midi, accent - 0.2);
    }

    private static int Midi(string name)
    {
        var pitchClass = "C D EF G A B".IndexOf(name[0]) + (name[1] == '#' ? 1 : 0);
        return 12 * (name[^1] - '0' + 1) + pitchClass;
    }
}
