using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Vision.Watching;

namespace Duomano.Vision.Tests.Watching;

public class SeenKeyboardTests
{
    private static readonly Vector2[] Corners = [new(100, 200), new(1180, 190), new(1190, 350), new(90, 360)];

    [Fact]
    public void Given_corners_are_those_of_the_keys()
    {
        var keyboard = SeenKeyboard.FromCorners(Corners, new(36), new(84));
        var left = new PianoKey(36).CenterX - PianoKey.WhiteSpacing / 2;
        Assert.True(Vector2.Distance(new(left, -0.15f), keyboard.OnKeys(Corners[0])) < 1e-4f);
        Assert.All(keyboard.Corners.Zip(Corners), pair => Assert.True(Vector2.Distance(pair.First, pair.Second) < 0.05f));
    }

    [Fact]
    public void Octaves_higher_all_keys_are()
    {
        var keyboard = new SeenKeyboard([SeenKeyboard.FromCorners(Corners, new(36), new(84))]);
        Assert.True(keyboard.IsStill);
        var higher = keyboard.Shifted(2)!.At(5);
        Assert.Equal((60, 108), (higher.Lowest.Midi, higher.Highest.Midi));
        Assert.All(higher.Corners.Zip(Corners), pair => Assert.True(Vector2.Distance(pair.First, pair.Second) < 0.05f));
        Assert.Null(keyboard.Shifted(3));
    }

    [Fact]
    public void Corners_in_another_order_and_too_few_keys_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SeenKeyboard.FromCorners([Corners[1], Corners[0], Corners[3], Corners[2]], new(21), new(108)));
        Assert.Throws<ArgumentException>(() => SeenKeyboard.FromCorners([Corners[0], Corners[0], Corners[2], Corners[3]], new(21), new(108)));
        Assert.Throws<ArgumentException>(() => SeenKeyboard.FromCorners(Corners[..3], new(21), new(108)));
        Assert.Throws<ArgumentException>(() => SeenKeyboard.FromCorners(Corners, new(60), new(66)));
        // Turned round, as a camera on the other side of the piano sees them, they are as good.
        SeenKeyboard.FromCorners([Corners[2], Corners[3], Corners[0], Corners[1]], new(21), new(108));
    }
}
