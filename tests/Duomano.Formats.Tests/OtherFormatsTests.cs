using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.Scores;
using Duomano.Tests;

namespace Duomano.Formats.Tests;

/// <summary>Files in formats that are not read, and such as are read although something stands before them.</summary>
public sealed class OtherFormatsTests : IDisposable
{
    private const string Score = "<score-partwise><part-list><score-part id=\"P1\"><part-name>Piano</part-name></score-part></part-list><part id=\"P1\"><measure number=\"1\"><attributes><divisions>1</divisions></attributes><note><pitch><step>C</step><octave>4</octave></pitch><duration>4</duration></note></measure></part></score-partwise>";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("X:1\nT:Scale\nK:C\nCDEF|", "a score in ABC: export it as MusicXML or MIDI")]
    [InlineData("**kern\t**kern\n4c\t4e\n", "a score in Humdrum: export it as MusicXML or MIDI")]
    [InlineData("\\version \"2.24\" { c' }", "a score in LilyPond: export it as MusicXML or MIDI")]
    [InlineData("<?xml version=\"1.0\"?>\n<mei xmlns=\"http://www.music-encoding.org/ns/mei\"/>", "a score in MEI: export it as MusicXML or MIDI")]
    [InlineData("<?xml version=\"1.0\"?><museScore version=\"3.02\"/>", "a MuseScore score: export it as MusicXML or MIDI")]
    [InlineData("SMF2CLIP0123", "a MIDI 2.0 clip: export it as MusicXML or MIDI")]
    [InlineData("%PDF-1.7", "a PDF, which has pictures of notes: give the score as MusicXML or MIDI")]
    [InlineData("\u0018FICHIER GUITAR PRO v5.10 and more", "a Guitar Pro score: export it as MusicXML or MIDI")]
    [InlineData("RIFX\0\0\0\0WAVEfmt ", "a WAV file with its bytes in reverse order (RIFX): convert it to WAV or FLAC")]
    [InlineData("\u001f\u008b\u0008", "a file compressed with gzip: unpack it first")]
    [InlineData("\r\n<!doctype html><html>", "a web page instead of the file itself: download the file again")]
    public void A_format_that_is_not_read_is_named_and_what_helps(string head, string told)
    {
        var path = _folder.WithFile("song.mid", Encoding.Latin1.GetBytes(head));
        var error = Assert.Throws<UnreadableFileException>(() => ScoreFile.HasNotes(path));
        Assert.Equal($"{path}: {told}", error.Message);
    }

    [Theory]
    [InlineData("song.mscx", "a MuseScore score: export it as MusicXML or MIDI")]
    [InlineData("song.mid", "a ZIP archive: unpack it first")]
    public void Archives_are_told_apart_by_what_is_in_them(string entry, string told)
    {
        var path = _folder.PathOf("song.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var content = archive.CreateEntry(entry).Open();
            content.Write("MThd"u8);
        }

        Assert.Equal($"{path}: {told}", Assert.Throws<UnreadableFileException>(() => ScoreFile.Read(path)).Message);
    }

    [Fact]
    public void What_is_read_is_none_of_them()
    {
        Assert.Null(OtherFormats.Describe([]));
        Assert.Null(OtherFormats.Describe("MThd\0\0\0\u0006"u8));
        Assert.Null(OtherFormats.Describe("RIFF\0\0\0\0WAVEfmt "u8));
        Assert.Null(OtherFormats.Describe("{\"frames\": []}"u8));
        Assert.Null(OtherFormats.Describe(Encoding.UTF8.GetBytes(Score)));
        Assert.Null(OtherFormats.Describe("PK\u0003\u0004"u8));
    }

    [Theory]
    [InlineData(new byte[] { 0x0D, 0x0A, 0x0D, 0x0A })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF })]
    public void What_a_transfer_left_before_a_midi_file_is_passed_over(byte[] before)
    {
        using var stream = new MemoryStream();
        MidiFile.Write(stream, new Score([new(0, 1, new(60), 64)]));
        var path = _folder.WithFile("song", [.. before, .. stream.ToArray()]);
        Assert.True(ScoreFile.HasNotes(path));
        Assert.Equal(60, Assert.Single(ScoreFile.Read(path).Score.Notes).Key.Midi);
    }

    [Fact]
    public void Empty_lines_before_an_xml_declaration_are_passed_over_and_lines_keep_their_numbers()
    {
        var path = _folder.WithFile("song.xml", Encoding.UTF8.GetBytes("\n  <?xml version=\"1.0\"\nencoding=\"UTF-8\"?>\n" + Score));
        Assert.Single(ScoreFile.Read(path).Score.Notes);
        _folder.WithFile("song.xml", Encoding.UTF8.GetBytes("\n  <?xml version=\"1.0\"\nencoding=\"UTF-8\"?>\n" + Score.Replace("</note>", "", StringComparison.Ordinal)));
        Assert.StartsWith($"{path}: line 4: ", Assert.Throws<UnreadableFileException>(() => ScoreFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mpeg_audio_of_layer_two_is_heard()
    {
        Assert.SkipUnless(Capabilities.Ffmpeg, "ffmpeg is not installed");
        var (wav, mpeg) = (_folder.PathOf("sound.wav"), _folder.PathOf("sound.mp2"));
        WavFile.Write(wav, new AudioBuffer([.. Enumerable.Range(0, 48_000).Select(i => 0.3f * MathF.Sin(i * 0.06f))], 48_000));
        Assert.Equal(0, ProgramProcess.Run(new ProcessStartInfo("ffmpeg", ["-v", "error", "-i", wav, mpeg])).Code);
        var heard = AudioFile.ReadMono16k(mpeg, TestContext.Current.CancellationToken);
        Assert.InRange(heard.Length, 15_500, 17_500);
        Assert.InRange(heard.Max(), 0.25f, 0.35f);
    }
}
