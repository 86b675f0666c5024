using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Duomano.Core.Fingering;
using Duomano.Formats.MusicXml;
using Duomano.Tests;
using static Duomano.Formats.Tests.MusicXml.Xml;

namespace Duomano.Formats.Tests.MusicXml;

public sealed partial class FingeringInsertTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Written => Score(
        Note("C4", 4) + "<!-- </note> -->\r\n" + Note("D4", 4, notations: "<slur type=\"start\"/>") + Note("E4", 4, notations: "<technical/>")
        + Note("F4", 4, notations: "<technical><fingering>5</fingering></technical>"),
        "<note><pitch><step>G</step><octave>4</octave></pitch><duration>16</duration><lyric text='a>b'><text>é</text></lyric></note>");

    [Fact]
    public void Nothing_but_fingers_is_added()
    {
        var source = _folder.WithFile("in.musicxml", Encoding.UTF8.GetBytes(Written));
        var target = _folder.PathOf("out.musicxml");
        Assert.Equal(4, Finger(source, target));
        var text = File.ReadAllText(target);
        Assert.Equal(Written.Replace("<technical/>", "<technical></technical>", StringComparison.Ordinal), Added().Replace(text, ""));
        Assert.Equal([1, 2, 3, 5, 4], MusicXmlFile.Read(target).Score.Notes.Select(note => (int)note.Finger!));
        Assert.Contains("</notations><lyric text='a>b'>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_of_a_compressed_score_are_kept()
    {
        var source = _folder.PathOf("in.mxl");
        using (var zip = ZipFile.Open(source, ZipArchiveMode.Create))
        {
            Add(zip, "META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"music/s.xml\"/></rootfiles></container>");
            Add(zip, "picture.png", "not a picture");
            Add(zip, "music/s.xml", Written);
        }

        var target = _folder.PathOf("out.mxl");
        Finger(source, target);
        using var result = ZipFile.OpenRead(target);
        Assert.Equal(["META-INF/container.xml", "picture.png", "music/s.xml"], result.Entries.Select(entry => entry.FullName));
        using var picture = new StreamReader(result.GetEntry("picture.png")!.Open());
        Assert.Equal("not a picture", picture.ReadToEnd());
        Assert.All(MusicXmlFile.Read(target).Score.Notes, note => Assert.NotNull(note.Finger));
    }

    public void Dispose() => _folder.Dispose();

    private static int Finger(string source, string target)
    {
        var notes = MusicXmlFile.Read(source).Score.Notes;
        return MusicXmlFile.WriteFingering(source, target, [.. notes.Select((note, i) => note with { Finger = note.Finger ?? (Finger)Math.Min(i + 1, 4) })]);
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    [GeneratedRegex("<notations><technical><fingering>[14]</fingering></technical></notations>|<technical><fingering>2</fingering></technical>|(?<=<technical>)<fingering>3</fingering>")]
    private static partial Regex Added();
}
