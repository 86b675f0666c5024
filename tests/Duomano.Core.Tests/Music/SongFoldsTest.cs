using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Core.Tests.Music;

public class SongFoldsTest
{
    [Fact]
    public void PartsOfASongStayTogether_AndFoldsAreOfAboutEqualSize()
    {
        // Thirty songs, every third of them recorded twice, a fifth higher.
        Score[] pieces = [.. Enumerable.Range(0, 30).SelectMany(song => song % 3 == 0 ? (Score[])[Song(song, 0), Song(song, 7)] : [Song(song, 0)])];
        var folds = SongFolds.Of(pieces);
        var groups = SongGroups.Of(pieces);
        Assert.Equal(40, folds.Length);
        foreach (var group in Enumerable.Range(0, 40).GroupBy(i => groups[i])) Assert.Single(group.Select(i => folds[i]).Distinct());
        Assert.All(Enumerable.Range(0, SongFolds.UsualCount), fold => Assert.InRange(folds.Count(one => one == fold), 7, 9));
        Assert.Equal(folds, SongFolds.Of(pieces));
    }

    [Fact]
    public void NoFoldIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => SongFolds.Of([], 0));

    private static Score Song(int seed, int higher)
    {
        var random = new SeededRandom(seed);
        return new(Enumerable.Range(0, 24).Select(i => new Note(i * 0.25, i * 0.25 + 0.2, new(50 + random.Next(20) + higher), 70)));
    }
}
