namespace Duomano.Formats.MusicXml;

/// <summary>One instrument's music as it is written; times are ticks from the beginning of a measure.</summary>
internal sealed class WrittenPart
{
    public List<WrittenChord> Chords { get; } = [];

    public List<(int Measure, long Tick, double Level)> Dynamics { get; } = [];

    /// <summary>Where a hairpin or "cresc." begins, its direction, and where it ends.</summary>
    public List<(int Measure, long Tick, int Direction, int EndMeasure, long EndTick)> Hairpins { get; } = [];

    public List<(int Measure, long Tick, int Value)> Pedal { get; } = [];

    /// <summary>Most staves that the part has.</summary>
    public int Staves { get; set; } = 1;

    /// <summary>Notes that no piano has, such as percussion.</summary>
    public int Unpitched { get; set; }
}

/// <summary>What holds for all parts, measure by measure.</summary>
internal sealed class WrittenFrame
{
    /// <summary>Ticks a quarter note: divisible by 1 to 16, so that all usual divisions and tuplets are whole numbers.</summary>
    public const long Quarter = 720_720;

    public List<WrittenMeasure> Measures { get; } = [];

    /// <summary>Quarter notes a minute, since when; whether it is printed elsewhere, and whether only a word says it.</summary>
    public List<(int Measure, long Tick, double QuartersPerMinute, bool IsDisplaced, bool IsWord)> Tempos { get; } = [];

    /// <summary>Whether any tempo is given as a number.</summary>
    public bool HasTempoNumber { get; set; }

    public List<(int Measure, int Beats, int BeatType)> Times { get; } = [];

    public WrittenMeasure this[int measure]
    {
        get
        {
            while (Measures.Count <= measure) Measures.Add(new());
            return Measures[measure];
        }
    }
}

/// <summary>A measure's length and the signs that say what is played next.</summary>
internal sealed class WrittenMeasure
{
    /// <summary>Ticks that its longest part fills.</summary>
    public long Length { get; set; }

    /// <summary>Ticks that the time signature gives it.</summary>
    public long Nominal { get; set; }

    public bool RepeatStarts { get; set; }

    /// <summary>How often the section that ends here is played; 0 where none ends.</summary>
    public int RepeatTimes { get; set; }

    /// <summary>Numbers of the ending that it belongs to.</summary>
    public SortedSet<int> Endings { get; } = [];

    public bool EndingStarts { get; set; }

    public bool EndingStops { get; set; }

    public bool Segno { get; set; }

    public bool Coda { get; set; }

    public bool ToCoda { get; set; }

    public bool Fine { get; set; }

    public bool DaCapo { get; set; }

    public bool DalSegno { get; set; }
}
