using System.Globalization;
using System.Text.Json.Nodes;
using Duomano.Cli.Commands;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Evaluation;
using Duomano.Evaluation.Likeness;
using Duomano.Formats.Motion;
using Duomano.Inference;

namespace Duomano.Cli;

/// <summary>Lets recorded people's notes be played and measures how like theirs the motion is.</summary>
internal sealed class LikenessEvaluation
{
    private readonly string _path;
    private readonly bool _givenFingers;
    private readonly int _threads;
    private readonly IReadOnlyList<RecordedEpisode> _people;
    private readonly int[] _folds;
    private readonly int[] _chosen;
    private readonly Lazy<LoneFingers>[] _lone;
    private readonly List<Compared> _compared = [];

    /// <summary>Reads the people.</summary>
    /// <param name="path">Their file.</param>
    /// <param name="songs">Whose notes are played.</param>
    /// <param name="givenFingers">Whether with the person's fingers; hands are always given.</param>
    /// <param name="threads">How many recordings are worked on at once.</param>
    public LikenessEvaluation(string path, SongChoice songs, bool givenFingers, int threads)
    {
        (_path, _givenFingers, _threads) = (path, givenFingers, threads);
        _people = RecordedPeopleFile.Read(path);
        _folds = SongFolds.Of([.. _people.Select(person => person.Score)]);
        _chosen = [.. Enumerable.Range(0, _people.Count).Where(i => songs == SongChoice.All || _folds[i] == SongFolds.HeldOut == (songs == SongChoice.HeldOut))];
        if (_chosen.Length == 0) throw new UnreadableFileException(path, "", $"has too few songs to choose from ({_people.Count} recordings); --songs all takes every one");

        // A song is judged by what was learned from the songs of the other parts.
        _lone = [.. Enumerable.Range(0, SongFolds.UsualCount).Select(fold => new Lazy<LoneFingers>(() => Learn(fold)))];
    }

    /// <summary>Measures the kinematic pianist.</summary>
    public void MeasurePerformer(PerformanceStyle style, CancellationToken cancellation) => Measure(_chosen, _threads, i =>
    {
        var person = _people[i];
        var plan = FingeringPlanner.Plan(Notes(person), new() { HandSize = style.HandSize }, cancellation: cancellation);
        return KinematicPianist.Perform(plan.Notes, style, Duration(person), cancellation: cancellation).Clip;
    }, cancellation);

    /// <summary>Measures a model.</summary>
    public void MeasureModel(string folder, GenerationOptions options, InferencePrecision precision, CancellationToken cancellation)
    {
        using var generator = MotionGenerator.Load(folder, _threads, precision);
        if (generator.TakesSound) throw new ArgumentException($"{folder}: the model listens to sound, and recorded people come as notes.");
        Measure(_chosen, 1, i => generator.Generate(new Score(Notes(_people[i])), Duration(_people[i]), options, cancellation: cancellation).Clip, cancellation);
    }

    /// <summary>Measures a folder of motions.</summary>
    public void MeasureFolder(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        int[] there = [.. _chosen.Where(i => File.Exists(MotionPath(folder, i)))];
        if (there.Length == 0) throw new UnreadableFileException(folder, "", $"holds no motion of the chosen recordings, such as {Path.GetFileName(MotionPath(folder, _chosen[0]))}");
        Measure(there, _threads, i => MotionFile.Read(MotionPath(folder, i)), cancellation);
    }

    /// <summary>The figures as text.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{_compared.Count} recordings, {_compared.Sum(one => one.Seconds):0} s\n{Report().ToText()}\n{Motions().ToText()}");

    /// <summary>The figures for programs.</summary>
    public JsonObject ToJson() => new()
    {
        ["recordings"] = _compared.Count,
        ["seconds"] = _compared.Sum(one => one.Seconds),
        ["likeness"] = Report().ToJson(),
        ["report"] = JsonNode.Parse(Motions().ToJson()),
    };

    private static string MotionPath(string folder, int recording) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"e{recording:00}.npz"));

    private static double Duration(RecordedEpisode person) => person.FrameCount / person.Fps;

    private Note[] Notes(RecordedEpisode person) => [.. person.Score.Notes.Select(note => _givenFingers ? note : note with { Finger = null })];

    private LoneFingers Learn(int fold)
    {
        RecordedEpisode[] others = [.. _people.Where((_, i) => _folds[i] != fold)];
        return others.Length > 0 ? LoneFingers.Learn(others) : throw new UnreadableFileException(_path, "", "has a single song; what is usual for fingers cannot be learned from others");
    }

    private void Measure(IReadOnlyList<int> recordings, int threads, Func<int, TwoHandClip> play, CancellationToken cancellation)
    {
        var done = 0;
        CommandHost.WithProgress("playing", progress =>
        {
            InOrder.Run(recordings, threads, i =>
            {
                var (person, clip) = (_people[i], play(i));
                var seen = SeenFromAbove.Of(clip, person);
                return new Compared(i, Duration(person), EpisodeLikeness.Measure(person, seen, _lone[_folds[i]].Value), MotionReport.Measure(clip));
            }, one =>
            {
                _compared.Add(one);
                progress.Report((double)++done / recordings.Count);
            }, cancellation);
            return true;
        });
    }

    private LikenessReport Report() => LikenessReport.Of(_people, [.. _compared.Select(one => one.Recording)], [.. _compared.Select(one => one.Likeness)]);

    private MotionReport Motions() => MotionReport.Combine([.. _compared.Select(one => one.Motion)]);

    private sealed record Compared(int Recording, double Seconds, EpisodeLikeness Likeness, MotionReport Motion);
}
