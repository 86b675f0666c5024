using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Formats.Motion;

namespace Duomano.Corpus.Layout;

/// <summary>Recorded people as pieces of a corpus, an episode each; all episodes of a song are in one split.</summary>
internal static class RecordedPieces
{
    /// <summary>The folder that they stand in.</summary>
    public const string Uploader = "people";

    /// <summary>The name of an episode.</summary>
    /// <param name="index">Its place in the file.</param>
    public static string VideoOf(int index) => $"episode-{index:D4}";

    /// <summary>The place of an episode in the file; null for a name that no episode has.</summary>
    public static int? IndexOf(string video) => video.StartsWith("episode-", StringComparison.Ordinal) && int.TryParse(video["episode-".Length..], out var index) ? index : null;

    /// <summary>The episodes of a file. The fold of songs that is held out from whatever learns from people is the test split.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Seed, shares of the splits and what is known of the performer.</param>
    public static IEnumerable<PlannedPiece> Of(string path, CorpusOptions options)
    {
        var episodes = RecordedPeopleFile.Read(path);
        Score[] scores = [.. episodes.Select(episode => episode.Score)];
        var (groups, folds) = (SongGroups.Of(scores), SongFolds.Of(scores));
        var file = Path.GetFileName(path);
        for (var i = 0; i < episodes.Count; i++)
        {
            var (episode, work) = (episodes[i], $"people/song-{groups[i]:D3}");
            var valid = new SeededRandom(options.Seed, $"split/{work}").NextDouble() < options.ValidShare;
            yield return new()
            {
                Uploader = Uploader,
                Video = VideoOf(i),
                Work = work,
                Source = $"{file}, recording {episode.Source}",
                Licence = options.PeopleLicence,
                Seconds = episode.FrameCount / episode.Fps,
                Split = folds[i] == SongFolds.HeldOut ? CorpusSplit.Test : valid ? CorpusSplit.Valid : CorpusSplit.Train,
                Episode = episode,
                Performer = options.Performer ?? Path.GetFileNameWithoutExtension(path),
                Load = () => episode.Score,
            };
        }
    }
}
