using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Duomano.Core.Numerics;

namespace Duomano.Fuzz;

/// <summary>Damages files as disks, networks and programs do, and worse; a pure function of the random numbers.</summary>
public static class Damage
{
    // The beginning holds the sizes and types that a reader believes.
    private const int HeadLength = 100;
    private const int MostChanges = 6;

    private static readonly byte[] InterestingBytes = [0, 1, 0x7F, 0x80, 0xFE, 0xFF];
    private static readonly uint[] InterestingLengths = [0, 1, 2, 3, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFF_FFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF];
    private static readonly string[] InterestingNumbers = ["0", "-0", "-1", "1", "2", "127", "128", "255", "65536", "2147483647", "2147483648", "-2147483648", "4294967296", "9223372036854775807", "1e308", "1e-308", "1e999", "-1e999", "NaN", "0.5", "", "00000000000000000000001"];

    /// <summary>Changes bytes: flips, replacements, insertions, deletions, copies from elsewhere, length fields, and the end cut off.</summary>
    /// <param name="seeds">Whole files; one is damaged, and another may be spliced into it.</param>
    /// <param name="random">Decides everything.</param>
    public static byte[] Bytes(IReadOnlyList<byte[]> seeds, SeededRandom random)
    {
        var bytes = new List<byte>(random.Choose(seeds));
        for (var change = random.Next(1 + random.Next(MostChanges)); change >= 0 && bytes.Count > 0; change--) Change(bytes, seeds, random);
        return [.. bytes];
    }

    /// <summary>Changes text where it means something: numbers, whole lines and cells, and some bytes.</summary>
    public static byte[] Text(IReadOnlyList<byte[]> seeds, SeededRandom random)
    {
        var text = Encoding.UTF8.GetString(random.Choose(seeds));
        for (var change = random.Next(1 + random.Next(MostChanges)); change >= 0; change--) text = ChangeText(text, random);
        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(4) == 0 ? Bytes([bytes], random) : bytes;
    }

    /// <summary>Damages one file inside a ZIP archive and packs it again, so that the damage reaches its reader.</summary>
    /// <param name="seeds">Archives.</param>
    /// <param name="random">Decides everything.</param>
    /// <param name="isText">Whether the file of a name is text.</param>
    public static byte[] InsideZip(IReadOnlyList<byte[]> seeds, SeededRandom random, Func<string, bool> isText)
    {
        using var source = new ZipArchive(new MemoryStream(random.Choose(seeds)), ZipArchiveMode.Read);
        var target = new MemoryStream();
        var hit = random.Next(source.Entries.Count);
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < source.Entries.Count; i++)
            {
                var entry = source.Entries[i];
                using var content = entry.Open();
                var memory = new MemoryStream();
                content.CopyTo(memory);
                var bytes = memory.ToArray();
                if (i == hit && random.Next(20) == 0) continue; // the file is missing
                if (i == hit) bytes = isText(entry.FullName) ? Text([bytes], random) : Bytes([bytes], random);
                using var to = zip.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                to.Write(bytes);
            }
        }

        return target.ToArray();
    }

    private static void Change(List<byte> bytes, IReadOnlyList<byte[]> seeds, SeededRandom random)
    {
        var at = random.Next(random.Next(2) == 0 ? bytes.Count : Math.Min(bytes.Count, HeadLength));
        switch (random.Next(10))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes[at] = random.Choose(InterestingBytes);
                break;
            case 3:
                bytes[at] = (byte)random.Next(256);
                break;
            case 4 or 5:
                WriteLength(bytes, at, random);
                break;
            case 6:
                bytes.InsertRange(at, Enumerable.Repeat(random.Choose(InterestingBytes), 1 + random.Next(16)));
                break;
            case 7:
                bytes.RemoveRange(at, Math.Min(1 + random.Next(random.Next(4) == 0 ? 200 : 8), bytes.Count - at));
                break;
            case 8:
                // A piece of this or another file over or into this one.
                var other = random.Choose(seeds);
                if (other.Length == 0) break;
                var from = random.Next(other.Length);
                var piece = other.AsSpan(from, Math.Min(other.Length - from, 1 + random.Next(200))).ToArray();
                if (random.Next(2) == 0) bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
                bytes.InsertRange(at, piece);
                break;
            default:
                if (random.Next(3) == 0) bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    // A number of two or four bytes in either order, as sizes are.
    private static void WriteLength(List<byte> bytes, int at, SeededRandom random)
    {
        var value = random.Next(4) == 0 ? (uint)random.NextUInt64() : random.Choose(InterestingLengths);
        Span<byte> number = stackalloc byte[4];
        if (random.Next(2) == 0) BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        else BinaryPrimitives.WriteUInt32BigEndian(number, value);
        var width = random.Next(3) == 0 ? 2 : 4;
        for (var i = 0; i < width && at + i < bytes.Count; i++) bytes[at + i] = number[value <= 0xFFFF && number[0] == 0 ? i + 4 - width : i];
    }

    private static string ChangeText(string text, SeededRandom random)
    {
        if (text.Length == 0) return text;
        var at = random.Next(text.Length);
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                // The next number becomes another one.
                var start = text.AsSpan(at).IndexOfAnyInRange('0', '9');
                if (start < 0) return text;
                start += at;
                var end = start;
                while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or 'e')) end++;
                return text[..start] + random.Choose(InterestingNumbers) + text[end..];
            case 3:
                return Piece(text, at, random, keep: false);
            case 4:
                return Piece(text, at, random, keep: true);
            case 5:
                return text[..at] + (char)random.Choose((ushort[])[0, 9, 10, 13, 32, '"', '\'', '<', '>', '&', '[', ']', '{', '}', ',', ':', '\\', '/', 0x7F, 0xFEFF, 0x2028, 0x202E, 0xFFFF]) + text[at..];
            case 6:
                return text.Remove(at, Math.Min(text.Length - at, 1 + random.Next(20)));
            default:
                return random.Next(10) == 0 ? text[..at] : text;
        }
    }

    // From one sign of the kind that divides text to a later one: taken away, or written once more.
    private static string Piece(string text, int at, SeededRandom random, bool keep)
    {
        var divider = random.Choose("<\n\t,[{".ToCharArray());
        var start = text.IndexOf(divider, at);
        if (start < 0) return text;
        var end = start;
        for (var i = random.Next(4); i >= 0 && end >= 0; i--) end = text.IndexOf(divider, Math.Min(end + 1, text.Length));
        if (end < 0) end = text.Length;
        return keep ? text.Insert(end, string.Concat(Enumerable.Repeat(text[start..end], 1 + random.Next(3)))) : text.Remove(start, end - start);
    }
}
