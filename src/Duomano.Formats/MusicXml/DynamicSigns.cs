namespace Duomano.Formats.MusicXml;

/// <summary>Loudness as velocity.</summary>
internal static class DynamicSigns
{
    /// <summary>Where nothing is printed: between mezzo-forte and forte.</summary>
    public const double Usual = 80;

    public static double? Level(string sign) => sign switch
    {
        "pppppp" or "ppppp" or "pppp" => 10,
        "ppp" => 16,
        "pp" => 33,
        "p" => 49,
        "mp" => 64,
        "mf" => 80,
        "f" or "fp" or "pf" => 96,
        "ff" => 112,
        "fff" or "ffff" or "fffff" or "ffffff" => 126,
        "sf" or "fz" or "sfz" or "sfp" or "rf" or "rfz" => 112,
        "sffz" or "sfzp" or "sfpp" => 120,
        "n" => 1,
        _ => null,
    };
}
