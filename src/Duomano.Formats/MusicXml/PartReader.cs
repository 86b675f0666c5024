using System.Xml.Linq;
using Duomano.Core.Files;

namespace Duomano.Formats.MusicXml;

/// <summary>Reads one part measure by measure: a place in the measure goes forth and back, as the format's backup and forward say.</summary>
internal sealed class PartReader(string path, WrittenFrame frame)
{
    // A measure of more than this many quarter notes is a mistake.
    private const double LongestMeasure = 100_000;

    private readonly WrittenPart _part = new();
    private readonly Dictionary<string, (int Measure, long Tick, int Direction)> _wedges = [];
    private readonly Dictionary<string, int> _wavyLines = [];
    private readonly int[] _key = new int[7];
    private readonly Dictionary<int, int> _transpositions = [];
    private double _divisions = 1;
    private long _nominal = 4 * WrittenFrame.Quarter;
    private SortedSet<int> _ending = [];

    private int _measure;
    private long _place;
    private WrittenChord? _chord;

    public static WrittenPart Read(IEnumerable<XElement> measures, string path, WrittenFrame frame)
    {
        var reader = new PartReader(path, frame);
        foreach (var measure in measures) reader.ReadMeasure(measure);
        return reader._part;
    }

    private void ReadMeasure(XElement measure)
    {
        var written = frame[_measure];
        (_place, _chord) = (0, null);
        foreach (var element in measure.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "attributes": ReadAttributes(element); break;
                case "note": ReadNote(element); break;
                case "backup": Move(-Ticks(element)); break;
                case "forward": Move(Ticks(element)); break;
                case "direction": ReadDirection(element, written); break;
                case "sound": ReadSound(element, written, _place); break;
                case "barline": ReadBarline(element, written); break;
            }
        }

        written.Nominal = Math.Max(written.Nominal, _nominal);
        written.Endings.UnionWith(_ending);
        if (written.EndingStops) _ending = [];
        _measure++;
    }

    private long Ticks(XElement element) =>
        (long)Math.Round(element.Needed("duration", 0, LongestMeasure * _divisions, path) * WrittenFrame.Quarter / _divisions);

    private void Move(long ticks)
    {
        // A backup beyond the barline can only mean its beginning.
        _place = Math.Max(0, _place + ticks);
        if (_place > LongestMeasure * WrittenFrame.Quarter) throw new UnreadableFileException(path, $"measure {_measure + 1}", $"is longer than {LongestMeasure} quarter notes");
        frame[_measure].Length = Math.Max(frame[_measure].Length, _place);
        _chord = null;
    }

    private void ReadAttributes(XElement attributes)
    {
        foreach (var element in attributes.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "divisions":
                    _divisions = attributes.Needed("divisions", 1e-3, 1e7, path);
                    break;
                case "key" when XmlElements.Number(element.Text("fifths")) is { } fifths:
                    SetKey((int)Math.Clamp(fifths, -14, 14));
                    break;
                case "time" when XmlElements.Numbers(element.Text("beats")).Sum() is > 0 and var beats && XmlElements.Number(element.Text("beat-type")) is >= 1 and <= 256 and var type:
                    _nominal = (long)(beats * 4 * WrittenFrame.Quarter / type);
                    frame.Times.Add((_measure, beats, (int)type));
                    break;
                case "staves" when XmlElements.Number(element.Value) is >= 1 and <= 16 and var staves:
                    _part.Staves = Math.Max(_part.Staves, (int)staves);
                    break;
                case "transpose":
                    var semitones = (XmlElements.Number(element.Text("chromatic")) ?? 0) + 12 * (XmlElements.Number(element.Text("octave-change")) ?? 0);
                    _transpositions[(int)(XmlElements.Number(element.Value("number")) ?? 0)] = (int)Math.Clamp(semitones, -60, 60);
                    break;
            }
        }
    }

    private void SetKey(int fifths)
    {
        ReadOnlySpan<int> sharps = [3, 0, 4, 1, 5, 2, 6];
        Array.Clear(_key);
        for (var i = 0; i < Math.Abs(fifths); i++) _key[fifths > 0 ? sharps[i % 7] : sharps[6 - i % 7]] += Math.Sign(fifths);
    }

    private void ReadNote(XElement element)
    {
        var grace = element.Child("grace");
        var isChord = element.Has("chord") && _chord is not null;
        var duration = grace is not null ? 0 : element.Has("duration") ? Ticks(element) : NoteValues.Ticks(element);
        if (!isChord)
        {
            var chord = new WrittenChord
            {
                Measure = _measure,
                Start = _place,
                Duration = duration,
                NominalDuration = NoteValues.Ticks(element),
                Dots = element.Children("dot").Count(),
                Voice = element.Text("voice") ?? $"staff {element.Text("staff")}",
                Grace = grace is null ? GraceKind.None
                    : grace.Attribute("steal-time-previous") is not null ? GraceKind.After
                    : grace.Says("slash", "yes") ? GraceKind.Acciaccatura : GraceKind.Appoggiatura,
                KeyAlterations = [.. _key],
            };
            Move(duration);
            _chord = chord;
            if (element.Has("rest")) return;
            _part.Chords.Add(chord);
        }

        if (element.Has("unpitched")) _part.Unpitched++;
        var staff = (int)Math.Clamp(XmlElements.Number(element.Text("staff")) ?? 1, 1, 16);
        _part.Staves = Math.Max(_part.Staves, staff);
        if (element.Child("pitch") is not { } pitch || _chord is null) return;
        _chord.Notes.Add(NotePitch.Read(element, pitch, staff, _transpositions.TryGetValue(staff, out var own) ? own : _transpositions.GetValueOrDefault(0), path));
        foreach (var notations in element.Children("notations"))
        {
            Notations.Read(notations, _chord);
            foreach (var dynamics in notations.Children("dynamics")) AddDynamics(dynamics, _chord.Start);
            foreach (var line in notations.Children("ornaments").SelectMany(ornaments => ornaments.Children("wavy-line"))) ReadWavyLine(line);
        }
    }

    // Under a wavy line all chords of its voice are trills.
    private void ReadWavyLine(XElement line)
    {
        if (line.Says("type", "start")) _wavyLines[_chord!.Voice] = _part.Chords.Count - 1;

        // A start whose end was left out must not make trills of all that follows.
        if (!line.Says("type", "stop") || !_wavyLines.Remove(_chord!.Voice, out var first) || _part.Chords[first].Measure < _measure - 1) return;
        foreach (var chord in _part.Chords.Skip(first).Where(chord => chord.Voice == _chord.Voice && chord.Ornament == Ornament.None)) chord.Ornament = Ornament.Trill;
    }

    private void ReadDirection(XElement direction, WrittenMeasure written)
    {
        // An offset is for the eye alone unless it says otherwise. What is displaced from a barline belongs neither before nor behind it.
        var place = _place;
        var isDisplaced = XmlElements.Number(direction.Text("offset")) is { } offset && offset != 0 && Math.Abs(offset) < LongestMeasure * _divisions;
        if (isDisplaced && direction.Child("offset")!.Says("sound", "yes"))
        {
            place = Math.Max(0, place + (long)Math.Round(XmlElements.Number(direction.Text("offset"))!.Value * WrittenFrame.Quarter / _divisions));
            isDisplaced = false;
        }

        var sound = direction.Child("sound");
        foreach (var type in direction.Children("direction-type").SelectMany(type => type.Elements()))
        {
            switch (type.Name.LocalName)
            {
                case "dynamics" when sound?.Attribute("dynamics") is null: AddDynamics(type, place); break;
                case "wedge": ReadWedge(type, place); break;
                case "pedal" when sound?.Attribute("damper-pedal") is null: ReadPedal(type.Value("type"), place); break;
                case "segno" when sound?.Attribute("segno") is null && sound?.Attribute("dalsegno") is null: written.Segno = true; break;
                case "coda" when sound?.Attribute("coda") is null && sound?.Attribute("tocoda") is null: PlayOrder.MarkCoda(frame, _measure); break;
                case "metronome" when sound?.Attribute("tempo") is null && TempoMarks.OfMetronome(type) is { } tempo: AddTempo(place, tempo, isDisplaced); break;
            }
        }

        var words = string.Join(' ', direction.Children("direction-type").SelectMany(type => type.Children("words")).Select(word => word.Value)).Trim();
        if (words.Length > 0 && !RepeatWords.Mark(words, sound, written)
            && sound?.Attribute("tempo") is null && _measure == 0 && place == 0 && TempoMarks.OfWords(words) is { } meant)
        {
            frame.Tempos.Add((0, 0, meant, false, true));
        }

        if (sound is not null) ReadSound(sound, written, place, isDisplaced);
    }

    private void ReadSound(XElement sound, WrittenMeasure written, long place, bool isDisplaced = false)
    {
        if (XmlElements.Number(sound.Value("tempo")) is { } tempo and > 0 and < 10_000) AddTempo(place, tempo, isDisplaced);
        if (XmlElements.Number(sound.Value("dynamics")) is { } level and >= 0 and < 1000) _part.Dynamics.Add((_measure, place, Math.Clamp(level * 0.9, 1, 127)));
        if (sound.Value("damper-pedal") is { } damper)
        {
            var value = damper.ToUpperInvariant() switch { "YES" => 127, "NO" => 0, _ => (int)Math.Clamp((XmlElements.Number(damper) ?? 0) * 1.27, 0, 127) };
            _part.Pedal.Add((_measure, place, value));
        }

        RepeatWords.MarkSound(sound, written);
    }

    private void AddTempo(long place, double quartersPerMinute, bool isDisplaced)
    {
        frame.HasTempoNumber = true;
        frame.Tempos.Add((_measure, place, Math.Clamp(quartersPerMinute, TempoMarks.Slowest, TempoMarks.Fastest), isDisplaced, false));
    }

    private void AddDynamics(XElement dynamics, long place)
    {
        foreach (var sign in dynamics.Elements())
        {
            if (DynamicSigns.Level(sign.Name.LocalName == "other-dynamics" ? sign.Value.Trim() : sign.Name.LocalName) is { } level) _part.Dynamics.Add((_measure, place, level));
        }
    }

    private void ReadWedge(XElement wedge, long place)
    {
        var number = wedge.Value("number") ?? "1";
        switch (wedge.Value("type"))
        {
            case "crescendo": _wedges[number] = (_measure, place, 1); break;
            case "diminuendo": _wedges[number] = (_measure, place, -1); break;
            case "stop" when _wedges.Remove(number, out var from): _part.Hairpins.Add((from.Measure, from.Tick, from.Direction, _measure, place)); break;
        }
    }

    private void ReadPedal(string? type, long place)
    {
        // Without a moment of release a change would not be one.
        switch (type)
        {
            case "start" or "resume": _part.Pedal.Add((_measure, place, 127)); break;
            case "stop": _part.Pedal.Add((_measure, place, 0)); break;
            case "change":
                _part.Pedal.Add((_measure, place, 0));
                _part.Pedal.Add((_measure, place + WrittenFrame.Quarter / 16, 127));
                break;
        }
    }

    private void ReadBarline(XElement barline, WrittenMeasure written)
    {
        if (barline.Has("segno")) written.Segno = true;
        if (barline.Has("coda")) PlayOrder.MarkCoda(frame, _measure);
        if (barline.Child("ending") is { } ending)
        {
            if (ending.Says("type", "start"))
            {
                written.EndingStarts = true;
                _ending = [.. XmlElements.Numbers(ending.Value("number") ?? ending.Value).Distinct()];
            }
            else
            {
                written.EndingStops = true;
            }
        }

        if (barline.Child("repeat") is not { } repeat) return;
        if (repeat.Says("direction", "forward")) written.RepeatStarts = true;
        else if (repeat.Says("direction", "backward")) written.RepeatTimes = (int)Math.Clamp(XmlElements.Number(repeat.Value("times")) ?? 2, 2, 32);
    }
}
