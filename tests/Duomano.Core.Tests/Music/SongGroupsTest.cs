using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Core.Tests.Music;

public class SongGroupsTest
{
    [Fact]
    public void Pieces_that_share_a_passage_in_any_key_are_one_song()
    {
        var (first, second) = (Melody(1, 40), Melody(2, 40));
        Score[] pieces =
        [
            first,
            second,
            new(first.Notes.Skip(20).Select(note => Moved(note, 3, 12.35)).Concat(Melody(3, 20).Notes)),
            new(Melody(4, 30).Notes),
        ];
        Assert.Equal([0, 1, 0, 2], SongGroups.Of(pieces));
    }

    [Fact]
    public void Songs_are_joined_through_a_third_piece()
    {
        var (first, second) = (Melody(5, 20), Melody(6, 20));
        Score medley = new(first.Notes.Concat(second.Notes.Select(note => Moved(note, 0, 60))));
        Assert.Equal([0, 0, 0], SongGroups.Of([first, second, medley]));
    }

    [Fact]
    public void A_commonplace_is_no_song()
    {
        var (first, second) = (Melody(7, 30), Melody(8, 30));
        var chord = Enumerable.Range(0, 9).Select(i => new Note(100 + i * 0.2, 100.1 + i * 0.2, new PianoKey(40 + 4 * (i % 3)), 64)).ToArray();
        Assert.Equal([0, 1], SongGroups.Of([new(first.Notes.Concat(chord)), new(second.Notes.Concat(chord))]));
    }

    private static Score Melody(long seed, int length)
    {
        var random = new SeededRandom(seed, "melody");
        var time = 0.0;
        return new(Enumerable.Range(0, length).Select(_ =>
        {
            time += 0.1 * (1 + random.Next(5));
            return new Note(time, time + 0.1, new PianoKey(50 + random.Next(24)), 64);
        }));
    }

    private static Note Moved(Note note, int semitones, double later) => new(note.Onset + later, note.Offset + later, new PianoKey(note.Key.Midi + semitones), 64);
}
