using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Corpus.Sounding;

namespace Duomano.Tests.Corpus.Sounding;

public class HumanTouchTests
{
    private static readonly Score Exact = new(Enumerable.Range(0, 60).SelectMany(i => (Note[])
    [
        new(0.5 * i, 0.5 * i + 0.5, new PianoKey(40 + i / 4 % 5), 80), new(0.5 * i, 0.5 * i + 0.5, new PianoKey(64 + i % 7), 80),
    ]));

    [Fact]
    public void ThePlayersAreTheSeeds()
    {
        Assert.Equal(HumanTouch.Play(Exact, new(1)).Notes, HumanTouch.Play(Exact, new(1)).Notes);
        Assert.NotEqual(HumanTouch.Play(Exact, new(1)).Notes, HumanTouch.Play(Exact, new(2)).Notes);
    }

    [Fact]
    public void TheNotesStay_AboutWhereTheyWere()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var played = HumanTouch.Play(Exact, new(seed)).Notes;
            Assert.Equal(Exact.Notes.Select(note => note.Key.Midi).Order(), played.Select(note => note.Key.Midi).Order());
            foreach (var key in played.Select(note => note.Key).Distinct())
            {
                var (written, heard) = (Exact.Notes.Where(note => note.Key == key).ToList(), played.Where(note => note.Key == key).ToList());
                Assert.All(written.Zip(heard), pair => Assert.Equal(pair.First.Onset, pair.Second.Onset, 0.6));
                for (var i = 1; i < heard.Count; i++) Assert.True(heard[i - 1].Offset < heard[i].Onset);
            }
        }
    }

    [Fact]
    public void AnExactScore_GetsDynamics_AndOftenAPedal()
    {
        var players = Enumerable.Range(0, 40).Select(seed => HumanTouch.Play(Exact, new(seed))).ToList();
        Assert.All(players, played => Assert.True(played.Notes.Select(note => note.Velocity).Distinct().Count() > 5));
        Assert.InRange(players.Count(played => played.Pedal.Any(change => change.IsDown)), 15, 39);
        Assert.True(players.Max(played => played.Notes.Average(note => note.Velocity)) - players.Min(played => played.Notes.Average(note => note.Velocity)) > 30);
    }

    [Fact]
    public void PlayedQuietly_AScoreIsSoft_AndAlwaysHasAPedal()
    {
        var players = Enumerable.Range(0, 30).Select(seed => HumanTouch.Play(Exact, new(seed), isQuiet: true)).ToList();
        Assert.All(players, played => Assert.Contains(played.Pedal, change => change.IsDown));
        Assert.All(players, played => Assert.InRange(played.Notes.Average(note => note.Velocity), 8, 56));
    }

    [Fact]
    public void SomePianists_LiftThePedalHalfWay()
    {
        var lifts = Enumerable.Range(0, 30).SelectMany(seed => LegatoPedal.For(Exact.Notes, new(seed))).Where(change => !change.IsDown).Select(change => change.Value).ToList();
        Assert.InRange(lifts.Count(value => value > 0) / (double)lifts.Count, 0.03, 0.4);
    }

    [Fact]
    public void ThePedal_GoesUpAndDownByTurns_AndIsUpAtTheEnd()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var pedal = LegatoPedal.For(Exact.Notes, new(seed));
            Assert.False(pedal[^1].IsDown);
            for (var i = 1; i < pedal.Count; i++) Assert.True(pedal[i].Time > pedal[i - 1].Time);
        }
    }

    [Fact]
    public void ATimedPerformance_KeepsItsPedal()
    {
        var performance = new Score(Exact.Notes.Select((note, i) => new Note(note.Onset, note.Offset, note.Key, 30 + i * 7 % 70)), [new(1, 127), new(2, 0)]);
        var kept = Enumerable.Range(0, 30).Select(seed => HumanTouch.Play(performance, new(seed)).Pedal).ToList();
        Assert.InRange(kept.Count(pedal => pedal.Count == 2), 20, 30);
    }

    [Fact]
    public void NothingPlayed_IsNothing() => Assert.Empty(HumanTouch.Play(new Score([]), new(1)).Notes);

    [Fact]
    public void Octaves_DoubleOuterNotes_AndNeverAKeyThatSounds()
    {
        var added = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var doubled = OctaveDoubling.Add(Exact, new(seed)).Notes;
            added += doubled.Count - Exact.Notes.Count;
            foreach (var note in doubled.Except(Exact.Notes))
            {
                Assert.Contains(Exact.Notes, other => other.Onset == note.Onset && Math.Abs(other.Key.Midi - note.Key.Midi) == 12);
                Assert.DoesNotContain(doubled, other => other != note && other.Key == note.Key && other.Onset < note.Offset && other.Offset > note.Onset);
            }
        }

        Assert.True(added > 200);
    }
}
