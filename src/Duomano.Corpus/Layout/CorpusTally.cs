namespace Duomano.Corpus.Layout;

/// <summary>Adds up a corpus piece by piece; the records themselves are not kept.</summary>
internal sealed class CorpusTally
{
    private readonly SortedDictionary<CorpusSplit, (List<string> Lines, double Seconds)> _splits = [];
    private readonly SortedDictionary<string, int> _soundFonts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _licences = new(StringComparer.Ordinal);
    private double _seconds;
    private double _withSound;
    private int _notes;
    private int _unplayed;

    /// <summary>Pieces added.</summary>
    public int Pieces { get; private set; }

    /// <summary>Adds a piece. Sums of seconds depend on the order in their last digits, so it should be a fixed one.</summary>
    public void Add(PieceRecord record)
    {
        Pieces++;
        // Of a video that nothing was taken from there is the record alone.
        if (record.Sequences == 0) return;
        var (lines, seconds) = _splits.TryGetValue(record.Split, out var split) ? split : ([], 0);
        lines.Add($"{record.Uploader} {record.Video}");
        _splits[record.Split] = (lines, seconds + record.Seconds);
        _seconds += record.Seconds;
        _notes += record.Notes;
        _unplayed += record.Unplayed;
        var licence = record.Licence.Length == 0 ? "unknown" : record.Licence;
        _licences[licence] = _licences.GetValueOrDefault(licence) + record.Seconds;
        if (record.Sound is not null || record.HasOwnSound) _withSound += record.Seconds;
        if (record.Sound is not { } sound) return;
        _soundFonts[sound.SoundFont] = _soundFonts.GetValueOrDefault(sound.SoundFont) + 1;
    }

    /// <summary>The list file's lines of a split, in the order in which they were added.</summary>
    public IReadOnlyList<string> Lines(CorpusSplit split) => _splits.TryGetValue(split, out var part) ? part.Lines : [];

    /// <summary>The description of the finished corpus.</summary>
    public CorpusDescription Complete(CorpusDescription begun)
    {
        static double Hours(double seconds) => Math.Round(seconds / 3600, 4);
        return begun with
        {
            Complete = true,
            Pieces = Pieces,
            Hours = Hours(_seconds),
            HoursWithSound = Hours(_withSound),
            Notes = _notes,
            UnplayedNotes = _unplayed,
            Splits = new SortedDictionary<string, CorpusDescription.SplitCount>(
                _splits.ToDictionary(split => split.Key.Name(), split => new CorpusDescription.SplitCount(split.Value.Lines.Count, Hours(split.Value.Seconds))), StringComparer.Ordinal),
            SoundFonts = _soundFonts,
            LicenceHours = new SortedDictionary<string, double>(_licences.ToDictionary(licence => licence.Key, licence => Hours(licence.Value)), StringComparer.Ordinal),
        };
    }
}
