using Duomano.Core.Fingering;
using Duomano.Core.Music;

namespace Duomano.Training.Fingering;

/// <summary>
/// Trains what tells fingers, on what people played and on what editions print: costs of whole fingerings, and a network that
/// reads a hand's notes.
/// </summary>
public sealed class FingerTraining
{
    private const int StretchLength = 96;

    private readonly FingerTrainingOptions _options;
    private readonly IReadOnlyList<FingeredPiece> _pieces;

    /// <summary>Prepares a training.</summary>
    /// <param name="pieces">Pieces with hands and, some of the notes, fingers.</param>
    /// <param name="options">How to train.</param>
    /// <exception cref="ArgumentException">A note has no hand, or no note has a finger.</exception>
    public FingerTraining(IReadOnlyList<FingeredPiece> pieces, FingerTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(options);
        if (pieces.Any(piece => piece.Notes.Any(note => note.Hand is null))) throw new ArgumentException("A note to learn from has no hand.", nameof(pieces));
        if (!pieces.Any(piece => piece.Notes.Any(note => note.Finger is not null))) throw new ArgumentException("No note has a finger to learn from.", nameof(pieces));
        _options = options;
        _pieces = pieces;
    }

    /// <summary>Trains, and writes the model.</summary>
    /// <param name="output">Where to write it to.</param>
    /// <param name="report">Told how it goes.</param>
    /// <param name="cancellation">Stops it; nothing is written then.</param>
    public void Run(Stream output, IProgress<NoteTrainingProgress>? report = null, CancellationToken cancellation = default) => Fit(report, cancellation).Write(output);

    /// <summary>
    /// How many fingers are told as people played them by a training that has not seen their songs: every song is held out
    /// once.
    /// </summary>
    /// <param name="folds">How many trainings.</param>
    /// <param name="report">Told how it goes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>For each training the fingers that agree, and all that were compared.</returns>
    public IEnumerable<(int Agreeing, int Compared)> CrossValidate(int folds, IProgress<NoteTrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        FingeredPiece[] people = [.. _pieces.Where(piece => !piece.Printed)];
        var dealt = SongFolds.Of([.. people.Select(piece => new Score(piece.Notes))], folds);
        for (var fold = 0; fold < folds; fold++)
        {
            FingeredPiece[] held = [.. people.Where((_, i) => dealt[i] == fold)];
            var model = new FingerTraining([.. _pieces.Except(held)], _options).Fit(report, cancellation);
            yield return Agreement(model, held, cancellation);
        }
    }

    internal FingerModel Fit(IProgress<NoteTrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        var costs = new FingerCostTraining(_pieces, _options).Fit(report, cancellation);

        // Costs of printed fingers alone, held to the start less firmly: both together tell more of either kind than one does.
        FingeredPiece[] printed = [.. _pieces.Where(piece => piece.Printed)];
        if (printed.Length is > 0 && printed.Length < _pieces.Count)
        {
            var alone = _options with { PatternPull = _options.PrintedPatternPull, Passes = _options.PrintedPasses, PrintedRepeats = 1, MethodBook = _options.PrintedMethodBook };
            costs = costs.Blend(new FingerCostTraining(printed, alone).Fit(report, cancellation), _options.PrintedShare);
        }

        var book = _options.MethodBook == 0 ? [] : MethodBook.Pieces().SelectMany(piece => new FingeredPiece[] { new(piece, true), new(piece, false) });
        var examples = new FingerExamples(_pieces.Select(piece => (piece, piece.Printed ? (double)_options.PrintedRepeats : 1)).Concat(book.Select(piece => (piece, 1.0))), StretchLength);
        var tagging = new TaggerOptions { Width = _options.ReaderWidth, Hidden = _options.ReaderHidden, Steps = _options.ReaderSteps, Batch = 24, Dropout = 0.35, Decay = 0.02, Seed = _options.Seed };
        return new(costs, new TaggerTraining(FingerFeatures.Count, Fingers.All.Count, tagging, examples.Next).Fit(report, cancellation));
    }

    private static (int Agreeing, int Compared) Agreement(FingerModel model, FingeredPiece[] pieces, CancellationToken cancellation)
    {
        int agreeing = 0, compared = 0;
        foreach (var piece in pieces)
        {
            var planned = FingeringPlanner.Plan([.. piece.Notes.Select(note => note with { Finger = null })], FingeringOptions.Default with { Fingers = model.Costs.Terms }, model, cancellation: cancellation).Notes;
            for (var i = 0; i < planned.Count; i++)
            {
                if (piece.Notes[i].Finger is not { } finger) continue;
                compared++;
                if (planned[i].Finger == finger) agreeing++;
            }
        }

        return (agreeing, compared);
    }
}
