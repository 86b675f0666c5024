using Duomano.Core.Hands;
using Duomano.Corpus.Composing;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;

namespace Duomano.Tests.Corpus.Composing;

public sealed class SamplePieceTests
{
    private static readonly string MidiPath = Repository.PathOf("samples", $"{SamplePiece.FileName}.mid");

    [Fact]
    public void TheCommittedMidiFileIsWhatTheCodeMakes()
    {
        using var made = new MemoryStream();
        MidiFile.Write(made, SamplePiece.Create(), SampleMaker.Layout);
        Assert.Equal(made.ToArray(), File.ReadAllBytes(MidiPath));
    }

    [Fact]
    public void TheCommittedSoundIsSmallAndBelongsToTheNotes()
    {
        var path = Repository.PathOf("samples", $"{SamplePiece.FileName}.wav");
        Assert.InRange(new FileInfo(path).Length, 1, 2_000_000);
        var sound = WavFile.Read(path);
        Assert.Equal(16000, sound.SampleRate);
        Assert.Single(sound.Channels);
        var score = SamplePiece.Create();
        Assert.Equal(score.Duration + SampleMaker.Tail, sound.Duration, 3);
        // Before the first note there is silence; a tenth of a second into it there is none.
        var first = score.Notes[0].Onset;
        Assert.True(Loudest(sound.Channels[0], 0, first - 0.02) < 0.002);
        Assert.True(Loudest(sound.Channels[0], first, first + 0.1) > 0.05);
    }

    [Fact]
    public void ItIsThirtyTwoBarsForTwoHands()
    {
        var score = MidiFile.Read(MidiPath).Score;
        Assert.InRange(score.Duration, 45, 60);
        Assert.Equal(136, score.Notes.Count(note => note.Hand == HandSide.Right));
        Assert.Equal(75, score.Notes.Count(note => note.Hand == HandSide.Left));
    }

    [Fact]
    public void OnlyNotesOfGMajorAndTheLeadingNotesOfDMajorOccur()
    {
        // C sharp belongs to the modulation before the middle cadence (bars 20 to 23) and appears nowhere else.
        var byClass = SamplePiece.Create().Notes.ToLookup(note => note.Key.PitchClass);
        foreach (var foreign in (int[])[3, 5, 8, 10]) Assert.Empty(byClass[foreign]);
        var total = SamplePiece.Create().Duration;
        Assert.All(byClass[1], note => Assert.InRange(note.Onset / total, 18.5 / 32, 23.5 / 32));
        Assert.NotEmpty(byClass[1]);
    }

    private static float Loudest(float[] samples, double from, double to) => samples[(int)(from * 16000)..(int)(to * 16000)].Max(Math.Abs);
}
