using Duomano.Core.Files;

namespace Duomano.Core.Tests.Files;

public class FileWordsTest
{
    [Theory]
    [InlineData("Für Elise", "Für Elise")]
    [InlineData("  two\tlines\r\nof it ", "two lines of it")]
    [InlineData("bell\u0007 and escape\u001b[31m", "bell and escape[31m")]
    [InlineData("turned \u202eround\u202c \u2066here\u2069\u200f", "turned round here")]
    [InlineData("zero\u200bwidth\ufeff", "zerowidth")]
    [InlineData("a\u2028b\u2029c", "a b c")]
    [InlineData("half \ud83c of a note", "half of a note")]
    [InlineData("whole \ud83c\udfb9 one", "whole \ud83c\udfb9 one")]
    [InlineData("エリーゼのために", "エリーゼのために")]
    [InlineData("\u202e\u0000", "")]
    [InlineData("", "")]
    public void A_line_shows_as_it_is_written(string words, string line) => Assert.Equal(line, FileWords.Line(words));

    [Fact]
    public void A_long_line_is_cut_between_letters()
    {
        Assert.Equal(new string('x', 100), FileWords.Line(new string('x', 100)));
        Assert.Equal(new string('x', 99) + "…", FileWords.Line(new string('x', 5_000_000)));
        Assert.Equal("ab…", FileWords.Line("ab\ud83c\udfb9cd", 3));
        Assert.Equal("a\u0301b\u0301…", FileWords.Line("a\u0301b\u0301c\u0301d\u0301", 3));
    }

    [Fact]
    public void A_quote_turns_no_direction() => Assert.Equal("'a?b?c?'", FileWords.Quote("a\u202eb\nc\ud83c"));
}
