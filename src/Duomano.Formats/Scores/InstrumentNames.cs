using Duomano.Formats.Midi;

namespace Duomano.Formats.Scores;

/// <summary>What names and program numbers tell of instruments.</summary>
internal static class InstrumentNames
{
    // General MIDI's pianos, harpsichord and clavinet.
    private const int LastPiano = 7;

    // Four programs or eight share a family.
    private static readonly string[] Families =
    [
        "piano", "chromatic percussion", "organ", "guitar", "bass", "strings", "ensemble", "brass",
        "reed", "pipe", "synth lead", "synth pad", "synth effects", "ethnic", "percussive", "sound effects",
    ];

    private static readonly string[] PianoWords = ["piano", "pianoforte", "klavier", "flügel", "clavier", "keyboard", "pno", "fortepiano", "harpsichord", "cembalo", "рояль", "фортепиано", "ピアノ", "钢琴", "鋼琴", "피아노"];

    // Words of the usual other instruments; voices such as "alto" and "bass" name lines of piano music as well.
    private static readonly string[] OtherWords =
    [
        "violin", "violins", "violine", "violinen", "violon", "violons", "violino", "violini", "violín", "viola", "violas", "bratsche", "cello", "violoncello", "violoncelle", "celli", "contrabass", "kontrabass",
        "contrabasse", "contrabasso", "strings", "streicher", "cordes", "archi", "flute", "flutes", "flöte", "flûte", "flauto", "flauta", "piccolo", "oboe", "hautbois", "clarinet", "clarinets", "klarinette",
        "clarinette", "clarinetto", "bassoon", "fagott", "basson", "fagotto", "horn", "horns", "trumpet", "trumpets", "trompete", "trompette", "tromba", "trombone", "trombones", "posaune", "tuba",
        "saxophone", "sax", "guitar", "guitars", "gitarre", "guitare", "chitarra", "guitarra", "drums", "drum", "drumset", "schlagzeug", "batterie", "batería", "percussion", "timpani", "pauken",
        "choir", "chor", "choeur", "vocals", "vocal", "organ", "orgel", "harp", "harfe", "harpe", "celesta", "vibraphone", "marimba", "xylophone", "glockenspiel", "accordion", "ukulele", "banjo", "mandolin",
        "ヴァイオリン", "バイオリン", "フルート", "ギター", "ドラム", "小提琴", "大提琴", "长笛", "吉他",
    ];

    public static string Family(int program) => Families[Math.Clamp(program, 0, 127) / 8];

    public static bool SaysPiano(string? name) => HandRecognition.FromName(name) is not null || Has(name, PianoWords);

    public static bool SaysOther(string? name) => Has(name, OtherWords) && !Has(name, PianoWords);

    public static bool IsPianoProgram(int program) => program <= LastPiano;

    private static bool Has(string? name, string[] words)
    {
        var found = NameWords.Of(name);

        // Languages that write no spaces: the word may stand inside.
        return found.Any(word => words.Contains(word) || (word[0] > '\u2E80' && words.Any(known => known[0] > '\u2E80' && word.Contains(known, StringComparison.Ordinal))));
    }
}
