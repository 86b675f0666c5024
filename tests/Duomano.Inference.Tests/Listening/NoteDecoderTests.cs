using Duomano.Core.Keyboard;
using Duomano.Inference.Listening;
using Duomano.Networks.Listening;

namespace Duomano.Inference.Tests.Listening;

public class NoteDecoderTests
{
    private const double Frame = 0.02;
    private const int Frames = 50;
    private static readonly NoteDecoderOptions Options = new();

    [Fact]
    public void Peak_StartsANote_MovedByItsOnsetTime_UntilItsKeyIsNoLongerHeld()
    {
        var heard = new Activations(Frames);
        heard.Strike(60, 10, time: 0.4f, velocity: 100 / 127f);
        heard.Hold(60, 10, 20);
        var note = Assert.Single(heard.Decode());
        Assert.Equal(60, note.Key.Midi);
        Assert.Equal(10.4 * Frame, note.Onset, 6);
        Assert.Equal(100, note.Velocity);
        // Held falls from 0.9 in frame 19 to 0 in frame 20 and crosses 0.4 between them.
        Assert.Equal((19 + 0.5 / 0.9) * Frame, note.Offset, 6);
    }

    [Theory]
    [InlineData(17, 17)] // before the key no longer counts as held
    [InlineData(24, 24)] // behind it
    [InlineData(32, 19.5556)] // too far behind it to have to do with it
    public void ANote_EndsWhereItsKeyIsLikeliestToHaveComeUp(int release, double end)
    {
        var heard = new Activations(Frames);
        heard.Strike(60, 10);
        heard.Hold(60, 10, 20);
        heard.Set(ListeningNetwork.Release, 60, release, 0.6f);
        heard.Set(ListeningNetwork.Release, 60, release - 1, 0.3f);
        heard.Set(ListeningNetwork.Release, 60, release + 1, 0.3f);
        heard.Set(ListeningNetwork.Release, 61, 20, 0.9f);
        Assert.Equal(end * Frame, Assert.Single(heard.Decode()).Offset, 1e-5);

        var atOnce = NoteDecoder.Decode(heard.Values, Frames, Options with { ReleaseReach = 0 }, Frame);
        Assert.Equal(19.5556 * Frame, Assert.Single(atOnce).Offset, 1e-5);
    }

    [Fact]
    public void StruckAgainBeforeItsEndIsSettled_TheFirstNoteEndsByThen()
    {
        var heard = new Activations(Frames);
        heard.Strike(60, 10);
        heard.Hold(60, 10, 20);
        heard.Strike(60, 22);
        heard.Hold(60, 22, 30);
        heard.Set(ListeningNetwork.Release, 60, 24, 0.9f);
        var notes = heard.Decode();
        Assert.Equal(2, notes.Count);
        Assert.Equal(19.5556 * Frame, notes[0].Offset, 1e-5);
    }

    [Fact]
    public void BelowTheThreshold_ThereIsNoNote()
    {
        var heard = new Activations(Frames);
        heard.Strike(60, 10, strength: 0.49f);
        heard.Hold(60, 10, 20);
        Assert.Empty(heard.Decode());
    }

    [Fact]
    public void StruckAgainWhileHeld_IsTwoNotes()
    {
        var heard = new Activations(Frames);
        heard.Strike(60, 10);
        heard.Strike(60, 20);
        heard.Hold(60, 10, 30);
        var notes = heard.Decode();
        Assert.Equal([10 * Frame, 20 * Frame], notes.Select(note => note.Onset), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(notes[1].Onset, notes[0].Offset, 9);
    }

    [Fact]
    public void DoublePeakWithinTheShortestRepetition_IsOneNote()
    {
        var heard = new Activations(Frames);
        heard.Strike(60, 10);
        heard.Set(ListeningNetwork.Onset, 60, 11, 0.6f);
        heard.Set(ListeningNetwork.Onset, 60, 12, 0.8f);
        heard.Hold(60, 10, 20);
        Assert.Single(heard.Decode());
    }

    [Fact]
    public void Plateau_IsOneNote()
    {
        var heard = new Activations(Frames);
        heard.Set(ListeningNetwork.Onset, 60, 10, 0.9f);
        heard.Set(ListeningNetwork.Onset, 60, 11, 0.9f);
        heard.Hold(60, 10, 20);
        Assert.Single(heard.Decode());
    }

    [Fact]
    public void StrikeThatIsNeverHeld_IsAShortNote()
    {
        var heard = new Activations(Frames);
        heard.Strike(60, 10);
        var note = Assert.Single(heard.Decode());
        Assert.Equal(Options.ShortestNote, note.Duration, 9);
    }

    [Fact]
    public void KeyHeldALittleLate_IsOneLongNote()
    {
        var heard = new Activations(Frames);
        heard.Strike(60, 10);
        heard.Hold(60, 13, 30);
        Assert.True(Assert.Single(heard.Decode()).Duration > 0.35);
    }

    [Fact]
    public void LastFrame_CanBeAStrike_AndHeldNotesEndWithTheSound()
    {
        var heard = new Activations(Frames);
        heard.Strike(60, Frames - 1);
        heard.Strike(62, 30);
        heard.Hold(62, 30, Frames);
        var notes = heard.Decode();
        Assert.Equal([62, 60], notes.Select(note => note.Key.Midi));
        Assert.Equal(Frames * Frame, notes[0].Offset, Frame);
    }

    [Fact]
    public void FramesInPieces_GiveTheSameNotes()
    {
        var heard = new Activations(Frames);
        var random = new Random(3);
        for (var i = 0; i < heard.Values.Length; i++) heard.Values[i] = (float)Math.Pow(random.NextDouble(), 3);
        var whole = heard.Decode();
        Assert.NotEmpty(whole);
        foreach (var size in new[] { 1, 7, 49 })
        {
            var decoder = new NoteDecoder(Options, Frame);
            for (var first = 0; first < Frames; first += size)
            {
                var count = Math.Min(size, Frames - first);
                decoder.Push(heard.Part(first, count), count, count);
            }

            Assert.Equal(whole, decoder.Finish().Notes);
        }
    }

    [Fact]
    public void Pedal_MovesWhereItsProbabilityIsClear_AndIsUpAtTheEnd()
    {
        float[] probabilities = [0, 0.55f, 0.6f, 0.7f, 0.9f, 0.5f, 0.4f, 0.3f, 0.2f, 0.6f, 0.9f, 0.9f];
        var decoder = new NoteDecoder(Options, Frame);
        foreach (var probability in probabilities)
        {
            var outputs = new float[ListeningNetwork.Outputs * PianoKey.Count];
            outputs.AsSpan(ListeningNetwork.Pedal * PianoKey.Count, PianoKey.Count).Fill(probability);
            decoder.Push(outputs, 1, 1);
        }

        var pedal = decoder.Finish().Pedal;
        Assert.Equal([true, false, true, false], pedal.Select(change => change.IsDown));
        Assert.Equal([3, 7, 10, 12], pedal.Select(change => (int)Math.Round(change.Time / Frame)));
    }

    [Fact]
    public void WrongSize_IsRefused()
    {
        var decoder = new NoteDecoder(Options, Frame);
        Assert.Throws<ArgumentException>(() => decoder.Push(new float[100], 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Push(new float[ListeningNetwork.Outputs * 88], 1, 2));
    }

    /// <summary>Constructed network outputs.</summary>
    private sealed class Activations(int frames)
    {
        public float[] Values { get; } = new float[ListeningNetwork.Outputs * frames * PianoKey.Count];

        public void Set(int output, int midi, int frame, float value) => Values[At(output, frame) + midi - PianoKey.LowestMidi] = value;

        public void Strike(int midi, int frame, float strength = 0.95f, float time = 0, float velocity = 0.5f)
        {
            Set(ListeningNetwork.Onset, midi, frame, strength);
            Set(ListeningNetwork.OnsetTime, midi, frame, time);
            Set(ListeningNetwork.Velocity, midi, frame, velocity);
            if (frame > 0) Set(ListeningNetwork.Onset, midi, frame - 1, strength / 2);
            if (frame + 1 < frames) Set(ListeningNetwork.Onset, midi, frame + 1, strength / 2);
        }

        public void Hold(int midi, int first, int end)
        {
            for (var frame = first; frame < end; frame++) Set(ListeningNetwork.Held, midi, frame, 0.9f);
        }

        public float[] Part(int first, int count) =>
            [.. Enumerable.Range(0, ListeningNetwork.Outputs).SelectMany(output => Values.AsSpan(At(output, first), count * PianoKey.Count).ToArray())];

        public IReadOnlyList<Core.Music.Note> Decode() => NoteDecoder.Decode(Values, frames, Options, Frame);

        private int At(int output, int frame) => (output * frames + frame) * PianoKey.Count;
    }
}
