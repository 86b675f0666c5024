using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Corpus.Composing;
using Duomano.Formats.Midi;

namespace Duomano.Corpus.Layout;

/// <summary>Decides, before anything is made, which pieces a corpus will have. One thread, the same answer every time.</summary>
internal sealed class CorpusPlanner(CorpusOptions options)
{
    private const double SecondsPerHour = 3600;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Files that cannot be used, with the reason.</summary>
    public List<string> LeftOut { get; } = [];

    /// <summary>All pieces, given ones first, until the hours are filled.</summary>
    public List<PlannedPiece> Plan(CancellationToken cancellation)
    {
        var wanted = options.Hours * SecondsPerHour;
        var pieces = new List<PlannedPiece>();
        var planned = 0.0;
        foreach (var film in options.Videos)
        {
            if (options.Hours > 0 && planned >= wanted) break;
            pieces.Add(Filmed(film));
            planned += film.Seconds;
        }

        if (options.PeopleFile is { } people)
        {
            foreach (var piece in RecordedPieces.Of(people, options))
            {
                if (options.Hours > 0 && planned >= wanted) break;
                _names.Add(piece.Video);
                pieces.Add(piece);
                planned += piece.Seconds;
            }
        }

        var recorded = planned;
        if (options.MidiFolder is not null)
        {
            foreach (var piece in GivenPieces(options.MidiFolder, cancellation))
            {
                if (planned >= wanted - Math.Max(0, wanted - recorded) * options.ComposedShare) break;
                pieces.Add(piece);
                planned += piece.Seconds;
            }
        }

        for (var i = 0; planned < wanted; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var piece = Exercise(i);
            pieces.Add(piece);
            planned += piece.Seconds;
        }

        return pieces;
    }

    // Every file's first take before any file's second, in an order drawn from the seed.
    private IEnumerable<PlannedPiece> GivenPieces(string folder, CancellationToken cancellation)
    {
        var files = MidiFolder.Files(folder).ToList();
        var manifest = MusicManifest.Read(folder);
        new SeededRandom(options.Seed, "order").Shuffle(files);
        for (var take = 0; take < options.Takes; take++)
        {
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Given(folder, file, take, manifest.Of(file)) is { } piece) yield return piece;
            }
        }
    }

    private PlannedPiece? Given(string folder, string file, int take, MusicManifest.Entry known)
    {
        var path = Path.Combine(folder, file);
        Score Read() => MidiFile.Read(path).Score;
        Score original;
        try
        {
            original = Read();
        }
        catch (UnreadableFileException error)
        {
            if (take == 0) LeftOut.Add(error.Message.Replace(path, file, StringComparison.Ordinal));
            return null;
        }

        if (original.Notes.Count == 0)
        {
            if (take == 0) LeftOut.Add($"{file}: has no piano notes.");
            return null;
        }

        var random = new SeededRandom(options.Seed, $"take/{take}/{file}");
        var transposition = take == 0 || options.Transposition == 0 ? 0 : random.Between(-options.Transposition, options.Transposition);
        var tempo = take == 0 ? 1 : Math.Round(1 + options.TempoChange * random.Uniform(-1, 1), 3);
        Score Adapt(Score score) => ScoreAdaptation.Adapt(score, transposition, tempo, options.LongestPiece);
        var slash = file.IndexOf('/');
        return new()
        {
            Uploader = Plain(slash < 0 ? "midi" : file[..slash]),
            Video = Unique($"{Plain(Path.ChangeExtension(slash < 0 ? file : file[(slash + 1)..], null))}{(take == 0 ? "" : $"-take{take + 1}")}"),
            Work = known.Work.Length > 0 ? known.Work : WorkName.Of(file),
            Source = file,
            Licence = known.Licence,
            Transposition = transposition,
            TempoFactor = tempo,
            Seconds = Adapt(original).Duration,
            Load = () => Adapt(Read()),
        };
    }

    private PlannedPiece Filmed(FilmedPiece film)
    {
        var name = Path.ChangeExtension(film.Source, null);
        return new()
        {
            Uploader = "videos",
            Video = Unique(Plain(name.Replace('/', '-'))),
            Work = $"videos/{name}",
            Source = film.Source,
            Licence = options.PeopleLicence,
            Seconds = film.Seconds,
            Film = film,
            Performer = options.Performer ?? Path.GetFileName(name),
            Load = () => new Score([]),
        };
    }

    private PlannedPiece Exercise(int number)
    {
        var kind = Composer.Kinds[number % Composer.Kinds.Count];
        var name = $"{kind.ToString().ToLowerInvariant()}-{number / Composer.Kinds.Count + 1:D4}";
        Score Compose() => ScoreAdaptation.Adapt(Composer.Compose(kind, new SeededRandom(options.Seed, $"exercise/{name}")), 0, 1, options.LongestPiece);
        return new()
        {
            Uploader = "composed",
            Video = Unique(name),
            Work = $"composed/{name}",
            Source = $"{kind} exercise",
            Licence = "made by this program",
            Seconds = Compose().Duration,
            Load = Compose,
        };
    }

    // List files separate by blanks and folders by slashes, so names keep to letters, digits and a few marks.
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var character in name) plain.Append(char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_');
        var text = plain.ToString().Trim('.');
        return text.Length == 0 ? "_" : text;
    }

    private string Unique(string name)
    {
        var unique = name;
        for (var i = 2; !_names.Add(unique); i++) unique = $"{name}-{i}";
        return unique;
    }
}
