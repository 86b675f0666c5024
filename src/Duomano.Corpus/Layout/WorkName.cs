using System.Text.RegularExpressions;

namespace Duomano.Corpus.Layout;

/// <summary>
/// Names the work a file belongs to, so that movements, editions and takes of one work never fall into different
/// splits. Rather too much is taken together than too little. Where a name tells a composer and a catalogue's number,
/// the work is the same in every collection; all else is told apart by folder and name. A manifest's column "work"
/// goes before both.
/// </summary>
internal static partial class WorkName
{
    // Composers of piano music and how collections shorten their names.
    private static readonly (string Name, string[] Short)[] Composers =
    [
        ("albeniz", ["alb"]), ("bach", []), ("bartok", []), ("beethoven", ["beet"]), ("borodin", ["bor"]), ("brahms", ["br"]),
        ("burgmuller", ["burg", "burgmueller"]), ("chopin", ["chpn", "chp"]), ("clementi", []), ("czerny", []), ("debussy", ["deb"]),
        ("granados", ["gra"]), ("grieg", []), ("handel", ["haendel"]), ("haydn", ["hay"]), ("joplin", []), ("liszt", ["liz"]),
        ("mendelssohn", ["mendel"]), ("moszkowski", ["mos"]), ("mozart", ["mz"]), ("mussorgsky", ["muss", "moussorgsky"]),
        ("prokofiev", []), ("rachmaninoff", ["rac", "rachmaninov"]), ("ravel", ["rav"]), ("satie", []), ("scarlatti", []),
        ("schubert", ["schub", "schu"]), ("schumann", ["scn", "schum"]), ("scriabin", ["skrjabin"]), ("tchaikovsky", ["ty", "tschaikowsky"]),
    ];

    /// <summary>The work of a file that no manifest tells of.</summary>
    /// <param name="relativePath">Path below the music folder, with '/'.</param>
    public static string Of(string relativePath)
    {
        var withoutExtension = Path.ChangeExtension(relativePath, null);
        var folder = Path.GetDirectoryName(withoutExtension)?.Replace('\\', '/') ?? "";
        var stem = Path.GetFileName(withoutExtension);
        if (Catalogued(stem) is { } known) return known;
        // "Composer__Opus__…__file", as collections flatten their folders: composer and opus make the work.
        var parts = stem.Split("__", StringSplitOptions.RemoveEmptyEntries);
        var work = parts.Length >= 3 ? $"{parts[0]}__{parts[1]}" : Movement().Replace(stem, "");
        return $"{folder}/{(work.Length == 0 ? stem : work)}".TrimStart('/').ToLowerInvariant();
    }

    // "bachjs 847": what begins with a composer and has an opus or another catalogue's number.
    private static string? Catalogued(string stem)
    {
        var name = stem.ToLowerInvariant();
        var first = FirstWord().Match(name).Value;
        var composer = Composers.FirstOrDefault(known => known.Short.Contains(first) || first.StartsWith(known.Name, StringComparison.Ordinal)).Name;
        if (composer is null) return null;
        var rest = name[first.Length..];
        var number = Catalogue().Match(rest) is { Success: true } catalogue ? catalogue : LargeNumber().Match(rest);
        return number.Success ? $"{composer} {number.Groups[1].Value.TrimStart('0')}" : null;
    }

    // A movement's or piece's number at the end: "_1", "-no3", "p12b".
    [GeneratedRegex(@"[-_ .]*(no|nr)?[-_ .]*\d+[a-z]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Movement();

    [GeneratedRegex("^[a-z]+")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"(?<![a-z])(?:opus|op|o|bwv|hwv|kv|k|d|woo|hob|rv|s)[-_ .]*(\d{1,4})(?!\d)")]
    private static partial Regex Catalogue();

    // Without a catalogue's name only a number that no movement has.
    [GeneratedRegex(@"(?<!\d)(\d{3,4})(?!\d)")]
    private static partial Regex LargeNumber();
}
