using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Music in beats, hand by hand, before anybody plays it.</summary>
internal sealed class Sketch
{
    private readonly List<Entry> _entries = [];
    private readonly List<(double Beat, bool Down)> _pedal = [];

    private readonly record struct Entry(HandSide Hand, double Beat, double Beats, int Midi, double Accent);

    /// <summary>Where the last note ends, beats.</summary>
    public double EndBeat { get; private set; }

    /// <summary>Adds a note; one that lies beyond the keyboard is left out, as composers had to.</summary>
    /// <param name="hand">Who plays it.</param>
    /// <param name="beat">When it starts.</param>
    /// <param name="beats">Its written length.</param>
    /// <param name="midi">Which key.</param>
    /// <param name="accent">−2 much softer … 2 much louder than its surroundings.</param>
    public void Play(HandSide hand, double beat, double beats, int midi, double accent = 0)
    {
        if (!PianoKey.IsOnPiano(midi)) return;
        _entries.Add(new(hand, beat, beats, midi, accent));
        EndBeat = Math.Max(EndBeat, beat + beats);
    }

    /// <summary>Adds several notes at once.</summary>
    public void PlayChord(HandSide hand, double beat, double beats, IEnumerable<int> midis, double accent = 0)
    {
        foreach (var midi in midis) Play(hand, beat, beats, midi, accent);
    }

    /// <summary>Takes fresh pedal at a beat and holds it for some beats.</summary>
    public void Pedal(double beat, double beats)
    {
        _pedal.Add((beat, true));
        _pedal.Add((beat + beats, false));
    }

    /// <summary>Plays the sketch.</summary>
    public Score Perform(Interpretation how, SeededRandom random, string title)
    {
        var clock = new BeatClock(how, EndBeat);
        const double lead = 0.5; // silence before the first note
        var notes = new List<Note>(_entries.Count);
        foreach (var entry in _entries.OrderBy(e => e.Beat).ThenBy(e => e.Hand).ThenBy(e => e.Midi))
        {
            var start = lead + clock.Seconds(entry.Beat);
            var held = (clock.Seconds(entry.Beat + entry.Beats) - clock.Seconds(entry.Beat)) * how.Hold[entry.Hand];
            var onset = Math.Max(0, start + how.Unevenness * random.NextGaussian());
            var phrase = Math.Sin(Math.PI * (entry.Beat % how.PhraseBeats) / how.PhraseBeats);
            var velocity = how.Velocity + how.Swell * (phrase - 0.5) + how.AccentVelocity * entry.Accent
                + how.VelocitySpread * random.NextGaussian() - (entry.Hand == HandSide.Left ? how.LeftSofter : 0);
            notes.Add(new(onset, onset + Math.Max(held, 0.04), new PianoKey(entry.Midi), (int)Math.Clamp(Math.Round(velocity), 12, 120))
            {
                Hand = entry.Hand,
            });
        }

        return new(Playability.Enforce(notes), PedalChanges(clock, lead), title);
    }

    private IEnumerable<PedalChange> PedalChanges(BeatClock clock, double lead)
    {
        // The foot follows the hands: down a little after the chord, up with the next one.
        foreach (var (beat, down) in _pedal) yield return new(lead + clock.Seconds(beat) + (down ? 0.08 : 0), down ? 127 : 0);
    }
}
