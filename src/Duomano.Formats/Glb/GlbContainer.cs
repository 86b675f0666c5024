using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Duomano.Formats.Glb;

/// <summary>The container of binary glTF files: a header, a JSON chunk and what comes behind it.</summary>
internal static class GlbContainer
{
    private const int Header = 12, ChunkHeader = 8;

    /// <summary>The same file with changed JSON.</summary>
    /// <param name="file">A whole file.</param>
    /// <param name="change">Changes the JSON in place.</param>
    public static byte[] WithJson(ReadOnlySpan<byte> file, Action<JsonObject> change)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[Header..]);
        var root = JsonNode.Parse(file.Slice(Header + ChunkHeader, length))!.AsObject();
        change(root);
        var json = Encoding.UTF8.GetBytes(root.ToJsonString());
        // Chunks end at multiples of four bytes; JSON is filled up with blanks.
        var padded = (json.Length + 3) / 4 * 4;
        var behind = file[(Header + ChunkHeader + length)..];
        var result = new byte[Header + ChunkHeader + padded + behind.Length];
        file[..(Header + ChunkHeader)].CopyTo(result);
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(8), result.Length);
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(Header), padded);
        result.AsSpan(Header + ChunkHeader, padded).Fill((byte)' ');
        json.CopyTo(result, Header + ChunkHeader);
        behind.CopyTo(result.AsSpan(Header + ChunkHeader + padded));
        return result;
    }
}
