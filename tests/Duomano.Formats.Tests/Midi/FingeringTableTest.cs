using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Formats.Midi;

namespace Duomano.Formats.Tests.Midi;

public class FingeringTableTest
{
    private const string Header = "onset_sec\toffset_sec\tpitch\tvelocity\thand\tfinger\n";

    [Fact]
    public void WhatIsWritten_IsRead()
    {
        Note[] notes =
        [
            new(0, 0.5, new(60), 64) { Hand = HandSide.Right, Finger = Finger.Thumb },
            new(0.25, 0.75, new(48), 1) { Hand = HandSide.Left },
            new(0.5, 0.5, new(108), 127),
        ];
        using var stream = new MemoryStream();
        FingeringTable.Write(stream, notes);
        stream.Position = 0;
        var table = FingeringTable.Read(stream);
        Assert.Equal(notes, table.Notes);
        Assert.Equal([2, 3, 4], table.Lines);
    }

    [Fact]
    public void TablesOfHandsAlone_AndOtherLineEnds_AreRead()
    {
        var table = Read("onset_sec\toffset_sec\tpitch\tvelocity\thand\r\n\r\n1.5\t2\t60\t64\tL\r\n");
        var note = Assert.Single(table.Notes);
        Assert.Equal((HandSide.Left, null), (note.Hand, note.Finger));
        Assert.Equal(3, table.Lines[0]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("onset\toffset\n", "line 1")]
    [InlineData(Header + "0\t1\t60\t64\tR\n", "line 2: 5 columns, expected 6")]
    [InlineData(Header + "0\t1\t60\t64\tR\t1\nx\t1\t60\t64\tR\t1\n", "line 3: onset_sec is 'x'")]
    [InlineData(Header + "NaN\t1\t60\t64\tR\t1\n", "line 2: onset_sec is 'NaN'")]
    [InlineData(Header + "2\t1\t60\t64\tR\t1\n", "line 2: offset_sec is '1', expected a number from 2")]
    [InlineData(Header + "0\t1\t20\t64\tR\t1\n", "expected a whole number from 21 to 108")]
    [InlineData(Header + "0\t1\t60.5\t64\tR\t1\n", "pitch is '60.5'")]
    [InlineData(Header + "0\t1\t60\t0\tR\t1\n", "velocity is '0'")]
    [InlineData(Header + "0\t1\t60\t64\tright\t1\n", "the hand is 'right', expected R, L or ?")]
    [InlineData(Header + "0\t1\t60\t64\tR\t6\n", "finger is '6', expected a whole number from 0 to 5")]
    public void BrokenTables_AreRefusedWithTheirLine(string text, string part)
    {
        var message = Assert.Throws<UnreadableFileException>(() => Read(text)).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.StartsWith("given.tsv: ", message, StringComparison.Ordinal);
    }

    private static FingeringTable Read(string text) => FingeringTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "given.tsv");
}
