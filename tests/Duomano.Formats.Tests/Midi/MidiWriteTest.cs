using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Midi;

public class MidiWriteTest
{
    [Theory]
    [InlineData(120)]
    [InlineData(33.3)]
    [InlineData(4)]
    [InlineData(1000)]
    public void Everything_comes_back(double tempo)
    {
        var score = RandomScore(seed: 7, [HandSide.Left, HandSide.Right, null]);
        var piece = WriteAndRead(score, new() { BeatsPerMinute = tempo, TimeSignature = (6, 8) });

        Assert.Equal("Für zwei Hände", piece.Score.Title);
        Assert.Equal(HandSource.TrackNames, piece.HandSource);
        Assert.Equal(tempo, Assert.Single(piece.Tempos).BeatsPerMinute, 0.001);
        Assert.Equal((6, 8), (piece.TimeSignatures[0].Numerator, piece.TimeSignatures[0].Denominator));
        Assert.Equal(["Für zwei Hände", "right", "left", "piano"], piece.Tracks.Select(track => track.Name));
        AssertSame(score, piece.Score);
    }

    [Fact]
    public void Without_hands_there_is_one_playing_track()
    {
        var score = RandomScore(seed: 8, [null]);
        var piece = WriteAndRead(score);
        Assert.Equal(2, piece.Tracks.Count);
        AssertSame(score, piece.Score);
    }

    [Fact]
    public void An_empty_score_keeps_its_pedal()
    {
        var piece = WriteAndRead(new Score([], [new(0.5, 127), new(1, 0)]));
        Assert.Equal([0.5, 1.0], piece.Score.Pedal.Select(change => Math.Round(change.Time, 3)));
    }

    [Fact]
    public void A_repeated_note_is_struck_anew()
    {
        var key = new PianoKey(60);
        var score = new Score([new(0, 0.5, key, 50), new(0.5, 0.5, key, 60), new(0.502, 1, key, 70)]);
        var notes = WriteAndRead(score).Score.Notes;
        Assert.Equal([(0.0, 0.5, 50), (0.5, 0.5, 60), (0.5, 1.0, 70)], notes.Select(note => (Math.Round(note.Onset, 2), Math.Round(note.Offset, 2), note.Velocity)));
    }

    [Fact]
    public void A_failed_write_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var late = new Score([new(0, 1, new PianoKey(60), 64), new(1e9, 1e9, new PianoKey(60), 64)]);
        Assert.Throws<ArgumentException>(() => MidiFile.Write(folder.PathOf("late.mid"), late));
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData(3.9)]
    [InlineData(1001)]
    [InlineData(double.NaN)]
    public void Impossible_tempos_are_refused(double tempo) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MidiWriteOptions { BeatsPerMinute = tempo });

    private static MidiPiece WriteAndRead(Score score, MidiWriteOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("piece.mid");
        MidiFile.Write(path, score, options);
        return MidiFile.Read(path);
    }

    private static void AssertSame(Score expected, Score actual)
    {
        Assert.Equal(expected.Notes.Count, actual.Notes.Count);
        foreach (var (a, b) in Sorted(expected).Zip(Sorted(actual)))
        {
            Assert.Equal((a.Key, a.Velocity, a.Hand, a.Finger), (b.Key, b.Velocity, b.Hand, b.Finger));
            Assert.Equal(a.Onset, b.Onset, 0.001);
            Assert.Equal(a.Offset, b.Offset, 0.001);
        }

        Assert.Equal(expected.Pedal.Select(change => change.Value), actual.Pedal.Select(change => change.Value));
        Assert.All(expected.Pedal.Zip(actual.Pedal), pair => Assert.Equal(pair.First.Time, pair.Second.Time, 0.001));

        // Onsets may change their order by rounding; keys and the notes of a key keep theirs.
        static IEnumerable<Note> Sorted(Score score) => score.Notes.OrderBy(note => note.Key).ThenBy(note => note.Onset);
    }

    private static Score RandomScore(long seed, HandSide?[] hands)
    {
        var random = new SeededRandom(seed);
        var notes = new List<Note>();
        foreach (var key in PianoKey.All)
        {
            // Notes of one key do not overlap, as on a piano.
            for (var time = random.Uniform(0, 1); time < 20; time += random.Uniform(0.01, 3))
            {
                var end = time + random.Uniform(0.01, 2);
                notes.Add(new Note(time, end, key, 1 + random.Next(127))
                {
                    Hand = random.Choose(hands),
                    Finger = random.Next(2) == 0 ? random.Choose(Fingers.All) : null,
                });
                time = end;
            }
        }

        return new(notes, [new(0.25, 127), new(1.5, 20), new(3.333, 80)], "Für zwei Hände");
    }
}
