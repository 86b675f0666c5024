using Duomano.Core.Files;

namespace Duomano.Formats;

/// <summary>Reads whole files that are small by nature without trusting that they are.</summary>
internal static class BoundedBytes
{
    public static byte[] ReadAll(Stream stream, string name, int limit)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and var count)
        {
            if (memory.Length + count > limit) throw new UnreadableFileException(name, "", $"the file is longer than {limit >> 20} MiB, the most that is read");
            memory.Write(buffer, 0, count);
        }

        return memory.ToArray();
    }
}
