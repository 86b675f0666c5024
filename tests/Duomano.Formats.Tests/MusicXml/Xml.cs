using System.Text;
using Duomano.Formats.MusicXml;

namespace Duomano.Formats.Tests.MusicXml;

/// <summary>Writes small scores as text; a quarter note is 4 divisions, and there are 120 of them a minute.</summary>
internal static class Xml
{
    public static string Score(params string[] measures) => Parts((null, measures));

    public static string Parts(params (string? Name, string[] Measures)[] parts) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE score-partwise PUBLIC \"-//Recordare//DTD MusicXML 3.1 Partwise//EN\" \"http://www.musicxml.org/dtds/partwise.dtd\">\n<score-partwise version=\"3.1\">\n<part-list>"
        + string.Concat(parts.Select((part, i) => $"<score-part id=\"P{i}\"><part-name>{part.Name ?? "Piano"}</part-name></score-part>")) + "</part-list>\n"
        + string.Concat(parts.Select((part, i) => $"<part id=\"P{i}\">\n{string.Concat(part.Measures.Select((measure, number) => $"<measure number=\"{number + 1}\">{(number == 0 ? Attributes : "")}{measure}</measure>\n"))}</part>"))
        + "</score-partwise>\n";

    public const string Attributes = "<attributes><divisions>4</divisions><key><fifths>0</fifths></key><time><beats>4</beats><beat-type>4</beat-type></time></attributes>";

    public static string Note(string pitch, int duration, string more = "", string notations = "", int staff = 1, string before = "") =>
        $"<note>{before}<pitch><step>{pitch[0]}</step>{(pitch.Contains('#') ? "<alter>1</alter>" : "")}<octave>{pitch[^1]}</octave></pitch>{(duration > 0 ? $"<duration>{duration}</duration>" : "")}{more}<voice>{staff}</voice><staff>{staff}</staff>{(notations.Length > 0 ? $"<notations>{notations}</notations>" : "")}</note>";

    public static string Rest(int duration, int staff = 1) => $"<note><rest/><duration>{duration}</duration><voice>{staff}</voice><staff>{staff}</staff></note>";

    public static string Words(string words) => $"<direction><direction-type><words>{words}</words></direction-type></direction>";

    public static string Repeat(string direction, string ending = "") => $"<barline location=\"{(direction == "forward" ? "left" : "right")}\">{ending}<repeat direction=\"{direction}\"/></barline>";

    public static MusicXmlPiece Read(string xml) => MusicXmlFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "test.musicxml");

    /// <summary>"60@0.5" for each note: key and onset.</summary>
    public static string Strokes(string xml) => string.Join(' ', Read(xml).Score.Notes.Select(note => FormattableString.Invariant($"{note.Key.Midi}@{note.Onset:0.###}")));
}
