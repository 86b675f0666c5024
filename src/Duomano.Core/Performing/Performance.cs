using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;

namespace Duomano.Core.Performing;

/// <summary>What the kinematic pianist made of some notes.</summary>
/// <param name="Clip">Both hands' motion, with the notes that are played.</param>
/// <param name="Unplayed">Notes that two hands cannot play.</param>
public sealed record Performance(TwoHandClip Clip, IReadOnlyList<UnplayedNote> Unplayed)
{
    /// <summary>What each hand's fingers do, in the frame of a right hand.</summary>
    internal PerHand<List<Stroke>> Strokes { get; init; }
}
