using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Duomano.Core.Numerics;

namespace Duomano.Cli.Tests;

/// <summary>A file of recorded people who play five white keys, each episode a song of its own.</summary>
internal static class WhitePeople
{
    public const int Episodes = 6;
    public const int Frames = 80;
    public const double Fps = 20;

    private static readonly float[] Pitches = [60, 62, 64, 65, 67];

    // The right hand's five fingers over random white keys, the left hand still.
    public static byte[] File()
    {
        var (points, notes) = (new List<float>(), new List<float>());
        for (var episode = 0; episode < Episodes; episode++)
        {
            var random = new SeededRandom(episode);
            for (var i = 0; i < 12; i++)
            {
                var finger = random.Next(5);
                notes.AddRange([episode, 0.25f + 0.25f * i, 0.45f + 0.25f * i, Pitches[finger], 1, finger + 1]);
            }

            for (var frame = 0; frame < Frames; frame++)
            {
                for (var point = 0; point < 12; point++)
                {
                    points.Add((point < 6 ? -3000 : 150) + 235 * (point % 6) + random.Next(60));
                    points.Add((point % 6 == 0 ? 1000 : -350) + random.Next(60));
                }
            }
        }

        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "fps", "", [(float)Fps]);
            Add(zip, "points", $"{Episodes * Frames}, 2, 6, 2", points);
            Add(zip, "episode_ends", $"{Episodes},", [.. Enumerable.Range(1, Episodes).Select(i => (float)(i * Frames))]);
            Add(zip, "notes", $"{notes.Count / 6}, 6", notes);
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string shape, List<float> values)
    {
        using var entry = zip.CreateEntry($"{name}.npy").Open();
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n";
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
        entry.Write(Encoding.ASCII.GetBytes(header));
        var bytes = new byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            entry.Write(bytes);
        }
    }
}
