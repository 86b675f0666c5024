using System.Text;
using Duomano.Core.Music;
using Duomano.Formats.Glb;
using Duomano.Formats.Midi;
using Duomano.Tests;
using SharpGLTF.Schema2;

namespace Duomano.Formats.Tests.Midi;

public class MidiCreditsTest
{
    [Theory]
    [InlineData("Ludwig van Beethoven", "Copyright 2004", "Ludwig van Beethoven", "Copyright 2004")]
    [InlineData("P. I. Tchaikovsky", null, "P. I. Tchaikovsky", null)]
    [InlineData("creator: ", " Public Domain\n", "Public Domain", null)]
    [InlineData("Sequencer 2.14", " ", null, null)]
    [InlineData("fingering R3 60", null, null, null)]
    [InlineData(null, null, null, null)]
    public void Composer_and_copyright_are_told(string? text, string? copyright, string? first, string? second)
    {
        var score = MidiFile.Read(new MemoryStream(File(text, copyright))).Score;
        Assert.Equal(new[] { first, second }.OfType<string>(), score.Credits);
        Assert.Equal(score.Credits, score.WithNotes([]).Credits);
        Assert.Equal(score.Credits, score.Crop(0, 1).Credits);
    }

    [Fact]
    public void Titles_and_credits_are_short_and_show_as_they_are_written()
    {
        var turned = "Sonata \u202egnol " + new string('x', 3000);
        var track = MidiBytes.Track(MidiBytes.Name(turned), MidiBytes.Meta(0, 2, Encoding.UTF8.GetBytes(turned)), MidiBytes.End());
        var piece = MidiBytes.Read(MidiBytes.File(1, 96, track, MidiBytes.Track(MidiBytes.Name(turned), MidiBytes.On(0, 60), MidiBytes.Off(96, 60), MidiBytes.End())));
        foreach (var shown in (string?[])[piece.Score.Title, Assert.Single(piece.Score.Credits), piece.Tracks[1].Name])
        {
            Assert.StartsWith("Sonata gnol xxx", shown, StringComparison.Ordinal);
            Assert.Equal(100, shown!.Length);
        }
    }

    [Fact]
    public void Exports_tell_them_and_the_program()
    {
        using var stream = new MemoryStream();
        GlbMotion.Write(stream, Clips.Smooth(frames: 3), new("A title", ["A Composer"]));
        stream.Position = 0;
        var extras = ModelRoot.ReadGLB(stream).Extras!;
        Assert.Equal("A title", extras["title"]!.ToString());
        Assert.Equal("A Composer", Assert.Single(extras["credits"]!.AsArray())!.ToString());
        Assert.Matches(@"^made with Duomano \d+\.\d+\.\d+$", extras["generator"]!.ToString());
    }

    private static byte[] File(string? text, string? copyright)
    {
        byte[] track = [.. Meta(1, text), .. Meta(2, copyright), 0, 0x90, 60, 80, 96, 0x80, 60, 0, 0, 0xff, 0x2f, 0];
        return [.. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, .. "MTrk"u8, 0, 0, 0, (byte)track.Length, .. track];
    }

    private static byte[] Meta(byte type, string? text) => text is null ? [] : [0, 0xff, type, (byte)text.Length, .. Encoding.Latin1.GetBytes(text)];
}
