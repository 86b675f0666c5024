using System.Numerics;
using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>A piano keyboard in a picture.</summary>
/// <param name="ToKeys">From pixels, straightened by <see cref="Lens"/> if there is one, to the plane of the white keys: x and z of the piano frame, metres.</param>
/// <param name="Lowest">The lowest key in sight.</param>
/// <param name="Highest">The highest key in sight.</param>
/// <param name="IsOctaveKnown">
/// Whether no other octave is possible: both ends of all 88 keys are in sight, or one that only such a keyboard has, or the caller knew. Otherwise
/// the keys in sight are taken for those nearest to the keyboard's middle, and <see cref="Shifted"/> corrects that.
/// </param>
/// <param name="Score">How well the picture shows black keys where they belong and none elsewhere, 0 to 1; what hands cover counts against it.</param>
public sealed record KeyboardSighting(Homography ToKeys, PianoKey Lowest, PianoKey Highest, bool IsOctaveKnown, float Score)
{
    /// <summary>The lens's distortion; null where straight lines look straight.</summary>
    public LensDistortion? Lens { get; init; }

    /// <summary>Where a pixel is on the plane of the white keys: x and z of the piano frame, metres.</summary>
    public Vector2 OnKeys(Vector2 pixel) => ToKeys.Apply(Lens?.Straighten(pixel) ?? pixel);

    /// <summary>The pixel at which a place of the plane of the white keys is seen.</summary>
    public Vector2 InPicture(Vector2 place)
    {
        var straight = ToKeys.Inverted().Apply(place);
        return Lens?.Bend(straight) ?? straight;
    }

    /// <summary>
    /// Corners of the key area in sight, pixels: far left, far right, near right and near left as the player sees it. They are outside of the picture
    /// where it cuts keys off.
    /// </summary>
    public IReadOnlyList<Vector2> Corners
    {
        get
        {
            var (left, right) = (Lowest.ExtentX(0).Left, Highest.ExtentX(0).Right);
            return [.. new Vector2[] { new(left, PianoKey.BackZ), new(right, PianoKey.BackZ), new(right, 0), new(left, 0) }.Select(InPicture)];
        }
    }

    /// <summary>The same sighting taken for keys some octaves higher.</summary>
    /// <param name="octaves">How many; negative for lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key in sight would not be on the piano.</exception>
    public KeyboardSighting Shifted(int octaves)
    {
        if (!PianoKey.IsOnPiano(Lowest.Midi + 12 * octaves) || !PianoKey.IsOnPiano(Highest.Midi + 12 * octaves))
        {
            throw new ArgumentOutOfRangeException(nameof(octaves), octaves, $"Keys {Lowest} to {Highest} cannot be {octaves} octaves higher on a piano.");
        }

        return this with { ToKeys = Higher(ToKeys, octaves), Lowest = new(Lowest.Midi + 12 * octaves), Highest = new(Highest.Midi + 12 * octaves) };
    }

    /// <summary>Moves the keys of a homography by octaves.</summary>
    internal static Homography Higher(Homography toKeys, int octaves) => Homography.FromMatrix([1, 0, octaves * KeyPattern.Octave, 0, 1, 0, 0, 0, 1]).After(toKeys);
}
