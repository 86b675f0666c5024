using System.Xml.Linq;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Formats.Scores;

namespace Duomano.Formats.MusicXml;

/// <summary>Reads a parsed score and plays it.</summary>
internal static class MusicXmlReader
{
    private const double LongestPiece = 24 * 3600;
    private const double ShortestNote = 0.03;

    // Repeats and ornaments make many notes of few.
    private const int MostNotes = 2_000_000;

    public static MusicXmlPiece Read(XDocument document, string path, IReadOnlyCollection<string>? tracks)
    {
        var root = document.Root!;
        if (root.Name.LocalName is not ("score-partwise" or "score-timewise"))
        {
            throw new UnreadableFileException(path, "", $"the XML is {FileWords.Quote($"<{root.Name.LocalName}>")}, expected a MusicXML score (<score-partwise> or <score-timewise>)");
        }

        var frame = new WrittenFrame();
        var named = PartList.Read(root);
        var parts = PartList.Measures(root).Select(part => (Info: named.GetValueOrDefault(part.Id) ?? new(null, null, false), Written: PartReader.Read(part.Measures, path, frame))).ToArray();
        frame.Tempos.RemoveAll(tempo => (tempo.IsWord && frame.HasTempoNumber) || (tempo.IsDisplaced && tempo.Tick >= frame[tempo.Measure].Length));
        var time = new ScoreTime(frame);
        var order = PlayOrder.Of(frame.Measures, path);
        var length = order.Sum(time.LengthOf);
        if (length > LongestPiece) throw new UnreadableFileException(path, "", $"lasts {length / 3600:F0} hours, expected a piece of at most {LongestPiece / 3600:F0} hours");

        Instrument[] found = [.. parts.Select((part, i) => new Instrument
        {
            Number = i + 1,
            Name = part.Info.Name,
            Program = part.Info.Program,
            IsPercussion = part.Info.IsPercussion || (part.Written.Unpitched > 0 && part.Written.Chords.All(chord => chord.Notes.Count == 0)),
            NoteCount = part.Written.Chords.Sum(chord => chord.Notes.Count(note => PianoKey.IsOnPiano(note.Midi))),
        })];
        var (sounding, message) = InstrumentChoice.Choose([.. found.Where(instrument => instrument.NoteCount > 0)], tracks, path);
        var played = sounding.Where(instrument => instrument.IsPlayed).Select(instrument => instrument.Number - 1).ToArray();
        var hands = ScoreHands.Of(played.Select(i => (found[i].Name, parts[i].Written)).ToArray());
        var notes = new List<(Note, XElement)>();
        var pedal = new List<PedalChange>();
        var offPiano = 0;
        for (var i = 0; i < played.Length; i++)
        {
            var (strokes, moves) = PartPlayer.Play(parts[played[i]].Written, time, order, hands[i]);
            if (notes.Count + strokes.Count > MostNotes) throw new UnreadableFileException(path, "", $"has more than {MostNotes} notes with all repeats");
            foreach (var stroke in strokes)
            {
                if (PianoKey.IsOnPiano(stroke.Midi)) notes.Add((Note(stroke), stroke.Source.Element));
                else offPiano++;
            }

            pedal.AddRange(moves.Select(move => new PedalChange(Math.Max(0, move.Time), move.Value)));
        }

        var joined = Unisons.Join(notes);
        return new()
        {
            Score = new(joined.Select(entry => entry.Note), pedal, ScoreTitles.Title(root)) { Credits = ScoreTitles.Credits(root) },
            Sources = [.. joined.Select(entry => entry.Source)],
            Parts = [.. found.Select(part => part with { IsPlayed = played.Contains(part.Number - 1) })],
            Version = root.Value("version"),
            MeasureCount = frame.Measures.Count,
            PlayedMeasureCount = order.Count,
            Tempos = [.. time.Tempos.Select(tempo => new TempoChange(time.Seconds(tempo.Tick), tempo.QuartersPerMinute))],
            NotesOffPiano = offPiano,
            Warnings = message is null ? [] : [message],
        };
    }

    private static Note Note(PlayedNote stroke)
    {
        var onset = Math.Max(0, stroke.Onset);
        return new Note(onset, Math.Max(stroke.Offset, onset + ShortestNote), new PianoKey(stroke.Midi), (int)Math.Round(stroke.Velocity))
        {
            Hand = stroke.Hand,
            Finger = stroke.TakesFinger ? stroke.Source.Finger : null,
        };
    }
}
