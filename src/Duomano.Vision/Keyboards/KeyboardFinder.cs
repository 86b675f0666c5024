using System.Numerics;
using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>
/// Finds a piano keyboard in a picture, turned and seen from anywhere above: lines through the picture are searched for dark runs with the distances
/// of black keys (groups of two and of three); the lines beside the best one tell the plane; where black and white keys end tells the player's side,
/// and so which way the treble is; then all keys' middles and ends make the homography exact. Mirrored pictures are not known as such.
/// </summary>
public sealed class KeyboardFinder
{
    // Pixels of the longer side in which lines are searched, and in which keys are measured.
    private const int SearchSize = 960, MeasureSize = 1920;

    // Candidates beyond one as good as this, with as many black keys, are not looked at.
    private const float GoodScore = 0.8f;
    private const int ManyKeys = 20;

    // A lens's distortion is told when the score gains this by it.
    private const float LeastGain = 0.01f;

    private const int MostCandidates = 8, Rounds = 3;

    /// <summary>The least score of a keyboard that is told, 0 to 1; see <see cref="KeyboardSighting.Score"/>.</summary>
    public float LeastScore { get; init; } = 0.6f;

    /// <summary>Finds it in one picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="hints">What is known; null for nothing.</param>
    /// <returns>The keyboard, or null when none is seen well enough; of two, the one seen better.</returns>
    public KeyboardSighting? Find(Picture picture, KeyboardHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        hints ??= KeyboardHints.None;
        var coarse = Lightness.Of(picture, SearchSize, hints.Covered);
        var fine = Lightness.Of(picture, MeasureSize, hints.Covered);
        List<(KeyBand Band, Vector2 Step)> tried = [];
        KeyboardSighting? best = null;
        foreach (var candidate in PatternSearch.Find(coarse))
        {
            var step = Vector2.Normalize(candidate.Line.Step);
            var middle = candidate.Line.At((candidate.Pattern.Keys[0].At + candidate.Pattern.Keys[^1].At) / 2);
            if (tried.Any(one => Vector2.Dot(one.Step, step) > 0.995f && one.Band.ToBand.Apply(middle).Y is var depth && depth > one.Band.DepthFrom - 0.01 && depth < one.Band.DepthTo + 0.01)) continue;
            if (tried.Count >= MostCandidates) break;
            if (KeyBand.Grow(coarse, candidate) is not { } band) continue;
            tried.Add((band, step));
            if (Sight(fine, band, hints) is not { } sighting || sighting.Score < LeastScore) continue;
            if (best is null || Merit(sighting) > Merit(best)) best = sighting;
            if (sighting.Score > GoodScore && candidate.Pattern.Keys.Count > ManyKeys) break;
        }

        return best;
    }

    /// <summary>
    /// Finds it in a video of a camera that does not move: in the median of frames, which hands and falling notes that move between them are not in.
    /// </summary>
    /// <param name="pictures">Frames of the same size, spread over the video; about nine are enough.</param>
    /// <param name="hints">What is known; null for nothing.</param>
    /// <exception cref="ArgumentException">There is no frame, or they differ in size.</exception>
    public KeyboardSighting? Find(IReadOnlyList<Picture> pictures, KeyboardHints? hints = null) => Find(PictureMedian.Of(pictures), hints);

    // Many keys seen fairly well are worth more than few seen well.
    private static float Merit(KeyboardSighting sighting) => (sighting.Score - 0.4f) * (sighting.Highest.Index - sighting.Lowest.Index);

    private static KeyboardSighting? Sight(Lightness picture, KeyBand band, KeyboardHints hints)
    {
        if (KeyDepths.Find(picture, band) is not { } found) return null;
        var (toKeys, first, last) = (found.Map, found.First, found.Last);
        for (var round = 0; round < Rounds; round++)
        {
            // The keys in sight may be more than those of the first line; these tell more exactly where more are.
            (toKeys, first, last) = KeyRefiner.Refine(picture, toKeys, first, last);
            if (KeyDepths.Find(picture, new(toKeys, first, last, PianoKey.BackZ + 0.01, -PianoKey.BlackFront)) is not { } better || better.First != first) return null;
            toKeys = better.Map;
        }

        (toKeys, first, last) = KeyRefiner.Refine(picture, toKeys, first, last);
        var seen = KeyEvidence.Of(picture, toKeys, first, last);
        LensDistortion? lens = null;
        if (KeyRefiner.FitLens(picture, toKeys, first, last) is { } bent)
        {
            // What is straight now tells where keys end, and then where they are; it has to be worth it.
            var straight = picture.Through(bent.Lens);
            if (KeyDepths.Find(straight, new(bent.Map, first, last, PianoKey.BackZ + 0.01, -PianoKey.BlackFront)) is { } better && better.First == first)
            {
                var (map, low, high) = KeyRefiner.Refine(straight, better.Map, first, last);
                var seenStraight = KeyEvidence.Of(straight, map, low, high);
                if (seenStraight.Score > seen.Score + LeastGain) (toKeys, seen, lens) = (map, seenStraight, bent.Lens);
            }
        }

        if (KeyOctave.Choose(seen, hints.LowestKey) is not var (lowest, highest, octaves, isKnown)) return null;
        return new(KeyboardSighting.Higher(toKeys, octaves), lowest, highest, isKnown, seen.Score) { Lens = lens };
    }
}
