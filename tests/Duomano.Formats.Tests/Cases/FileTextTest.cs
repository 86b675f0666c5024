using System.Text;
using Duomano.Core.Hands;
using Duomano.Formats.Midi;
using Duomano.Formats.Scores;

namespace Duomano.Formats.Tests.Cases;

public class FileTextTest
{
    [Theory]
    [InlineData("utf-8", "小犬のワルツ")]
    [InlineData("shift_jis", "小犬のワルツ")]
    [InlineData("shift_jis", "右手")]
    [InlineData("shift_jis", "左手 (ピアノ)")]
    [InlineData("iso-8859-1", "Für Elise")]
    [InlineData("iso-8859-1", "Prélude à l'après-midi")]
    [InlineData("iso-8859-1", "Café")]
    [InlineData("windows-1252", "Chopin’s Étude")]
    [InlineData("utf-8", "Ноктюрн")]
    [InlineData("us-ascii", "Minuet in G")]
    public void The_encoding_is_found(string encoding, string text)
    {
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes(text);
        Assert.Equal(text, FileText.Decode(bytes));
    }

    [Fact]
    public void A_mark_tells_UTF_16()
    {
        Assert.Equal("Étude 右手", FileText.Decode([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Étude 右手")]));
        Assert.Equal("Étude 右手", FileText.Decode([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Étude 右手")]));
    }

    [Theory]
    [InlineData("Right hand", HandSide.Right)]
    [InlineData("RightHand", HandSide.Right)]
    [InlineData("Piano L.H.", HandSide.Left)]
    [InlineData("rechte Hand", HandSide.Right)]
    [InlineData("Main gauche", HandSide.Left)]
    [InlineData("mano destra", HandSide.Right)]
    [InlineData("Mano izquierda", HandSide.Left)]
    [InlineData("右手", HandSide.Right)]
    [InlineData("ピアノ左", HandSide.Left)]
    [InlineData("правая рука", HandSide.Right)]
    [InlineData("Ｌ．Ｈ．", HandSide.Left)]
    public void Hands_are_named_in_many_languages(string name, HandSide hand) => Assert.Equal((hand, true), HandRecognition.FromName(name));

    [Theory]
    [InlineData("Upper staff", HandSide.Right)]
    [InlineData("Bass", HandSide.Left)]
    [InlineData("Piano R", HandSide.Right)]
    [InlineData("ヘ音記号", HandSide.Left)]
    public void Staves_tell_hands_less_surely(string name, HandSide hand) => Assert.Equal((hand, false), HandRecognition.FromName(name));

    [Theory]
    [InlineData("Piano")]
    [InlineData("Violin")]
    [InlineData("left right")]
    public void Other_names_tell_none(string name) => Assert.Null(HandRecognition.FromName(name));
}
