using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Fingering;

/// <summary>What any method book prints. A dot stands for a finger in which books differ: the first or last of a scale.</summary>
public class MethodBookTest
{
    [Theory]
    [InlineData("C", 60, "123123412312345")]
    [InlineData("G", 55, "123123412312345")]
    [InlineData("D", 62, "123123412312345")]
    [InlineData("A", 57, "123123412312345")]
    [InlineData("E", 64, "123123412312345")]
    [InlineData("B", 59, "123123412312345")]
    [InlineData("F", 53, "123412312341234")]
    [InlineData("B flat", 58, ".1231234123123.")]
    [InlineData("E flat", 63, ".12341231234123")]
    [InlineData("A flat", 56, "..12312341231..")]
    [InlineData("D flat", 61, "23123412312341.")]
    public void RightHandScales_OfTwoOctaves(string key, int tonic, string fingers) => AssertScale(HandSide.Right, key, tonic, fingers);

    [Theory]
    [InlineData("C", 36, "543213214321321")]
    [InlineData("G", 43, "543213214321321")]
    [InlineData("D", 38, "543213214321321")]
    [InlineData("A", 45, "543213214321321")]
    [InlineData("E", 40, "543213214321321")]
    [InlineData("F", 41, "543213214321321")]
    [InlineData("B", 47, ".32143213214321")]
    [InlineData("B flat", 46, "32143213214321.")]
    [InlineData("E flat", 39, "32143213214321.")]
    [InlineData("A flat", 44, "32143213214321.")]
    [InlineData("D flat", 37, "32143213214321.")]
    public void LeftHandScales_OfTwoOctaves(string key, int tonic, string fingers) => AssertScale(HandSide.Left, key, tonic, fingers);

    [Theory]
    [InlineData(HandSide.Right, 60, "1231235")]
    [InlineData(HandSide.Right, 62, "1231235")]
    [InlineData(HandSide.Right, 63, ".124124")]
    [InlineData(HandSide.Left, 48, "5421421")]
    [InlineData(HandSide.Left, 45, "5321321")]
    [InlineData(HandSide.Left, 39, "2142142")]
    public void BrokenChords_OfTwoOctaves(HandSide hand, int tonic, string fingers)
    {
        int[] keys = [.. new[] { 0, 4, 7, 12, 16, 19, 24 }.Select(step => tonic + step)];
        AssertFingers(fingers, Phrase.Fingers(Phrase.Line(hand, 0.2, [.. keys, .. keys.Reverse().Skip(1)])), "");
    }

    [Fact]
    public void FastRepetition_ChangesFingers()
    {
        var fingers = Phrase.Fingers(Phrase.Line(HandSide.Right, 0.1, Enumerable.Repeat(67, 12)));
        Assert.DoesNotContain(fingers.Zip(fingers.Skip(1)), pair => pair.First == pair.Second);
    }

    private static void AssertScale(HandSide hand, string key, int tonic, string fingers) =>
        AssertFingers(fingers, Phrase.Fingers(Phrase.Line(hand, 0.15, Phrase.MajorScale(tonic, 2))), key);

    // Up and down again.
    private static void AssertFingers(string expected, string found, string key)
    {
        expected += new string([.. expected.Reverse().Skip(1)]);
        var compared = string.Concat(found.Zip(expected, (finger, wanted) => wanted == '.' ? '.' : finger));
        Assert.Equal((key, expected), (key, compared));
    }
}
