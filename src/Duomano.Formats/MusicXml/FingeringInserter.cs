using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Duomano.Core.Music;

namespace Duomano.Formats.MusicXml;

/// <summary>Puts fingers into the text of a score without touching any other letter of it.</summary>
internal static class FingeringInserter
{
    // Children of a note that stand behind its notations.
    private static readonly string[] Behind = ["lyric", "play", "listen"];

    /// <summary>Inserts a finger at each written note that has none, as it is played for the first time.</summary>
    /// <param name="xml">The text that the elements were read from.</param>
    /// <param name="sources">The written note of each note.</param>
    /// <param name="notes">The notes with fingers.</param>
    /// <returns>The new bytes, and how many fingers were inserted.</returns>
    public static (byte[] Score, int Count) Insert(XmlText xml, IReadOnlyList<XElement> sources, IReadOnlyList<Note> notes)
    {
        var places = new XmlPlaces(xml.Text);
        var edits = new List<(int At, int Removed, string Text)>();
        var done = new HashSet<XElement>();
        for (var i = 0; i < notes.Count; i++)
        {
            if (notes[i].Finger is not { } finger || !done.Add(sources[i]) || NotePitch.PrintedFingers(sources[i]).Any()) continue;
            edits.Add(Edit(places, sources[i], $"<fingering>{((int)finger).ToString(CultureInfo.InvariantCulture)}</fingering>"));
        }

        var text = new StringBuilder(xml.Text.Length + edits.Sum(edit => edit.Text.Length));
        var from = 0;
        foreach (var (at, removed, inserted) in edits.OrderBy(edit => edit.At))
        {
            text.Append(xml.Text, from, at - from).Append(inserted);
            from = at + removed;
        }

        text.Append(xml.Text, from, xml.Text.Length - from);
        return (xml.Encode(text.ToString()), edits.Count);
    }

    private static (int At, int Removed, string Text) Edit(XmlPlaces places, XElement note, string fingering)
    {
        if (note.Child("notations") is not { } notations)
        {
            var before = note.Elements().FirstOrDefault(child => Behind.Contains(child.Name.LocalName));
            var at = before is not null ? places.Start(before) : places.EndTag(note);
            return (at, 0, $"<notations><technical>{fingering}</technical></notations>");
        }

        if (notations.Child("technical") is { } technical) return places.Inside(technical, fingering);
        return places.Inside(notations, $"<technical>{fingering}</technical>");
    }
}
