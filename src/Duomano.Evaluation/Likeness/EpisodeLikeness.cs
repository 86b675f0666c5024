using Duomano.Core.Motion;

namespace Duomano.Evaluation.Likeness;

/// <summary>One motion beside the person who played the same notes.</summary>
/// <param name="Difference">How far the hands are apart.</param>
/// <param name="Wrists">How both wrists go together.</param>
/// <param name="Fingers">Notes with the person's hand and finger.</param>
/// <param name="Early">How early fingers are at their keys.</param>
/// <param name="PersonDepth">How far in the person's fingertips meet their keys.</param>
/// <param name="Depth">How far in the motion's do.</param>
/// <param name="PersonLone">The person's frames with a lone finger.</param>
/// <param name="Lone">The motion's frames with a lone finger.</param>
/// <param name="PersonShapes">The person's hand shapes.</param>
/// <param name="Shapes">The motion's hand shapes.</param>
public sealed record EpisodeLikeness(
    PlaceDifference Difference, BothWrists Wrists, SameFingers Fingers, EarlyReach Early, KeyDepth PersonDepth, KeyDepth Depth,
    AgreementCount PersonLone, AgreementCount Lone, HandShapes PersonShapes, HandShapes Shapes)
{
    /// <summary>Compares a motion with the person.</summary>
    /// <param name="person">The person.</param>
    /// <param name="motion">The motion, seen from above.</param>
    /// <param name="lone">Who judges lone fingers, learned from other songs.</param>
    public static EpisodeLikeness Measure(RecordedEpisode person, RecordedEpisode motion, LoneFingers lone)
    {
        ArgumentNullException.ThrowIfNull(lone);
        var (personShapes, shapes) = (new HandShapes(), new HandShapes());
        personShapes.Add(person, person);
        shapes.Add(person, motion);
        return new(
            PlaceDifference.Measure(person, motion), BothWrists.Measure(person, motion), SameFingers.Measure(person, motion), EarlyReach.Measure(person, motion),
            KeyDepth.OfPerson(person), KeyDepth.OfMotion(person, motion), lone.Measure(person, person), lone.Measure(person, motion), personShapes, shapes);
    }

    /// <summary>Several motions together.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static EpisodeLikeness Combine(IReadOnlyList<EpisodeLikeness> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("There is nothing to combine.", nameof(parts));
        var (personShapes, shapes) = (new HandShapes(), new HandShapes());
        foreach (var part in parts)
        {
            personShapes.Add(part.PersonShapes);
            shapes.Add(part.Shapes);
        }

        return new(
            Sum(part => part.Difference, (a, b) => a + b), Sum(part => part.Wrists, (a, b) => a + b), Sum(part => part.Fingers, (a, b) => a + b), EarlyReach.Combine([.. parts.Select(part => part.Early)]),
            Sum(part => part.PersonDepth, (a, b) => a + b), Sum(part => part.Depth, (a, b) => a + b),
            Sum(part => part.PersonLone, (a, b) => a + b), Sum(part => part.Lone, (a, b) => a + b), personShapes, shapes);

        T Sum<T>(Func<EpisodeLikeness, T> value, Func<T, T, T> add) => parts.Select(value).Aggregate(add);
    }
}
