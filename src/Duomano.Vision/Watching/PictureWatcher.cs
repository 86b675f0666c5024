using System.Numerics;
using Duomano.Vision.Hands;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Watching;

/// <summary>What was seen in a picture.</summary>
/// <param name="Keyboard">The keyboard, or null.</param>
/// <param name="Hands">Hands, the likeliest first.</param>
public sealed record SeenPicture(KeyboardSighting? Keyboard, IReadOnlyList<HandLandmarks> Hands);

/// <summary>Looks for a keyboard and hands in single pictures. Not for several threads at once.</summary>
public sealed class PictureWatcher : IDisposable
{
    private readonly PalmDetector _palms;
    private readonly HandLandmarkNetwork _network;
    private readonly HandFinder _hands;
    private readonly KeyboardFinder _keyboards = new();

    /// <summary>Makes the networks ready.</summary>
    /// <param name="threads">Threads to compute with.</param>
    public PictureWatcher(int threads)
    {
        _palms = new(BundledNetworks.Palms(), threads);
        _network = new(BundledNetworks.Landmarks(), threads);
        _hands = new(_palms, _network);
    }

    /// <summary>Looks at a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="known">Where the keyboard is; null to look for it.</param>
    public SeenPicture Look(Picture picture, KeyboardSighting? known = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var keyboard = known ?? _keyboards.Find(picture);
        var hands = _hands.Find(picture, keyboard is null ? null : HandPlaces.Along(keyboard, picture.Width, picture.Height));
        // Hands may cover so much of the keys that they are only seen when it is known what is covered.
        keyboard ??= hands.Count == 0 ? null : _keyboards.Find(picture, new() { Covered = [.. hands.Select(hand => HandRegion.Covered(hand.Points))] });
        return new(keyboard, keyboard is null ? hands : [.. hands.Where(hand => IsAtKeys(keyboard, hand))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _palms.Dispose();
        _network.Dispose();
    }

    // Hands that play are near the keys; what is far from them is another hand, or none.
    private static bool IsAtKeys(KeyboardSighting keyboard, HandLandmarks hand)
    {
        const float Far = 0.45f, Before = 0.35f, Behind = -0.35f;
        return hand.Points.Any(point => keyboard.OnKeys(point) is var place && MathF.Abs(place.X) < 0.61f + Far && place.Y > Behind && place.Y < Before);
    }
}
