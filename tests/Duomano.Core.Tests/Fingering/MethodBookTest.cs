using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Fingering;

/// <summary>What any method book prints.</summary>
public class MethodBookTest
{
    [Theory]
    [InlineData("C", 60, "123123412312345")]
    [InlineData("G", 55, "123123412312345")]
    [InlineData("D", 62, "123123412312345")]
    [InlineData("A", 57, "123123412312345")]
    [InlineData("E", 64, "123123412312345")]
    [InlineData("F", 53, "123412312341234")]
    public void RightHandScales_OfTwoOctaves(string key, int tonic, string fingers)
    {
        Assert.Equal((key, fingers + Back(fingers)), (key, Phrase.Fingers(Phrase.Line(HandSide.Right, 0.15, Phrase.MajorScale(tonic, 2)))));
    }

    [Theory]
    [InlineData("C", 36, "543213214321321")]
    [InlineData("G", 43, "543213214321321")]
    [InlineData("E", 40, "543213214321321")]
    public void LeftHandScales_OfTwoOctaves(string key, int tonic, string fingers)
    {
        Assert.Equal((key, fingers + Back(fingers)), (key, Phrase.Fingers(Phrase.Line(HandSide.Left, 0.15, Phrase.MajorScale(tonic, 2)))));
    }

    private static string Back(string fingers) => new([.. fingers.Reverse().Skip(1)]);
}
