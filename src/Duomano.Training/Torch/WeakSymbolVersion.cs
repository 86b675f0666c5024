using System.Buffers.Binary;
using System.Text;

namespace Duomano.Training.Torch;

/// <summary>
/// Marks a required symbol version of a 64-bit little-endian ELF library as weak, so that the loader no longer refuses the
/// library where a system lacks that version (System V ABI, GNU symbol versioning: .gnu.version_r).
/// </summary>
internal static class WeakSymbolVersion
{
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2; // VER_FLG_WEAK

    /// <summary>Changes the library in place.</summary>
    /// <returns>Whether the library requires that version.</returns>
    public static bool Mark(Span<byte> library, string version)
    {
        if (library.Length < 64 || !library[..6].SequenceEqual("\u007fELF\u0002\u0001"u8)) return false;
        var found = false;
        var sections = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(library[0x28..]));
        var (size, count) = (BinaryPrimitives.ReadUInt16LittleEndian(library[0x3a..]), BinaryPrimitives.ReadUInt16LittleEndian(library[0x3c..]));
        for (var i = 0; i < count; i++)
        {
            var section = library.Slice(sections + i * size, size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) != VersionNeeds) continue;
            var names = library.Slice(sections + (int)BinaryPrimitives.ReadUInt32LittleEndian(section[0x28..]) * size, size);
            found |= MarkIn(library, Offset(section), Offset(names), version);
        }

        return found;
    }

    private static int Offset(ReadOnlySpan<byte> section) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(section[0x18..]));

    private static bool MarkIn(Span<byte> library, int need, int names, string version)
    {
        var found = false;
        for (int step = 1, file = need; step != 0; file += step)
        {
            var entries = BinaryPrimitives.ReadUInt16LittleEndian(library[(file + 2)..]);
            var entry = file + (int)BinaryPrimitives.ReadUInt32LittleEndian(library[(file + 8)..]);
            for (var i = 0; i < entries; i++)
            {
                var name = library[(names + (int)BinaryPrimitives.ReadUInt32LittleEndian(library[(entry + 8)..]))..];
                if (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == version)
                {
                    var flags = library[(entry + 4)..];
                    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | Weak));
                    found = true;
                }

                entry += (int)BinaryPrimitives.ReadUInt32LittleEndian(library[(entry + 12)..]);
            }

            step = (int)BinaryPrimitives.ReadUInt32LittleEndian(library[(file + 12)..]);
        }

        return found;
    }
}
