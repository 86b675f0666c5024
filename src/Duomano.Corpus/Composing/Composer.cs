using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>
/// Writes exercises and small pieces by rule, hands marked, about half a minute to a minute and a half long. The same
/// random sequence gives the same piece.
/// </summary>
public static class Composer
{
    /// <summary>All kinds, in the order of <see cref="ExerciseKind"/>.</summary>
    public static IReadOnlyList<ExerciseKind> Kinds { get; } = Enum.GetValues<ExerciseKind>();

    /// <summary>Writes one piece.</summary>
    /// <param name="kind">What to write.</param>
    /// <param name="random">Decides everything else: key, figure, tempo, touch and unevenness.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static Score Compose(ExerciseKind kind, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var sketch = new Sketch();
        var how = kind switch
        {
            ExerciseKind.Scales => ScaleExercises.Scales(sketch, random),
            ExerciseKind.DoubleNotes => ScaleExercises.DoubleNotes(sketch, random),
            ExerciseKind.Octaves => ScaleExercises.Octaves(sketch, random),
            ExerciseKind.Chromatic => ScaleExercises.Chromatic(sketch, random),
            ExerciseKind.Arpeggios => FigureExercises.Arpeggios(sketch, random),
            ExerciseKind.BrokenChords => FigureExercises.BrokenChords(sketch, random),
            ExerciseKind.FiveFingers => FigureExercises.FiveFingers(sketch, random),
            ExerciseKind.Trills => TouchExercises.Trills(sketch, random),
            ExerciseKind.RepeatedNotes => TouchExercises.RepeatedNotes(sketch, random),
            ExerciseKind.Leaps => TouchExercises.Leaps(sketch, random),
            ExerciseKind.Wandering => TouchExercises.Wandering(sketch, random),
            ExerciseKind.Chords => ChordPieces.Chords(sketch, random),
            ExerciseKind.Chorale => ChordPieces.Chorale(sketch, random),
            ExerciseKind.Alberti => AccompaniedPieces.Alberti(sketch, random),
            ExerciseKind.Waltz => AccompaniedPieces.Waltz(sketch, random),
            ExerciseKind.Stride => AccompaniedPieces.Stride(sketch, random),
            ExerciseKind.Nocturne => AccompaniedPieces.Nocturne(sketch, random),
            ExerciseKind.Invention => TwoVoicePieces.Invention(sketch, random),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The composer has no such exercise."),
        };
        return sketch.Perform(how, random, $"{kind} exercise");
    }
}
