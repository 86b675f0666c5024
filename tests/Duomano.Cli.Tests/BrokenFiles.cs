using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Duomano.Cli.Tests;

/// <summary>Files that are broken in one way each, with what a reader should say of them.</summary>
internal static class BrokenFiles
{
    public static IReadOnlyDictionary<string, (string Name, byte[] Content)> All { get; } = Make().ToDictionary(broken => broken.What, broken => (broken.Name, broken.Content));

    private static IEnumerable<(string What, string Name, byte[] Content)> Make()
    {
        // MIDI
        var midi = GoodMidi();
        yield return ("empty MIDI", "x.mid", []);
        yield return ("MIDI header cut short", "x.mid", midi[..9]);
        yield return ("MIDI that is text", "x.mid", Encoding.ASCII.GetBytes("this is not music at all, only words"));
        yield return ("MIDI that is a picture", "x.mid", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13]);
        yield return ("MIDI header without tracks", "x.mid", midi[..14]);
        yield return ("MIDI track cut short", "x.mid", midi[..^7]);
        yield return ("MIDI header length that lies", "x.mid", With(midi, 4, [0xff, 0xff, 0xff, 0xf0]));
        yield return ("MIDI division zero", "x.mid", With(midi, 12, [0, 0]));
        yield return ("MIDI data byte where a status belongs", "x.mid", With(midi, 23, [0x10]));
        yield return ("MIDI time without end", "x.mid", With(midi, 22, [0xff, 0xff, 0xff, 0xff, 0xff]));
        yield return ("MIDI without notes", "x.mid", [.. midi[..18], 0, 0, 0, 4, 0, 0xff, 0x2f, 0]);

        // WAV
        var wav = GoodWav();
        yield return ("empty WAV", "x.wav", []);
        yield return ("WAV header cut short", "x.wav", wav[..20]);
        yield return ("WAV that is text", "x.wav", Encoding.ASCII.GetBytes("RIFFraff and other words that are no sound"));
        yield return ("WAV without data", "x.wav", wav[..36]);
        yield return ("WAV at rate zero", "x.wav", With(wav, 24, [0, 0, 0, 0]));
        yield return ("WAV with no channels", "x.wav", With(wav, 22, [0, 0]));
        yield return ("WAV with 65535 channels", "x.wav", With(wav, 22, [0xff, 0xff]));
        yield return ("WAV of 7 bits", "x.wav", With(wav, 34, [7, 0]));
        yield return ("WAV of an unknown coding", "x.wav", With(wav, 20, [0x55, 0xaa]));
        yield return ("WAV format chunk that lies", "x.wav", With(wav, 16, [0xff, 0xff, 0xff, 0x7f]));

        // NPZ
        yield return ("empty NPZ", "x.npz", []);
        yield return ("NPZ that is text", "x.npz", Encoding.ASCII.GetBytes("PK but not really a zip archive"));
        yield return ("NPZ without arrays", "x.npz", Zip());
        yield return ("NPZ lacking an array", "x.npz", Zip(("fps.npy", Npy("<f4", "()", new byte[4]))));
        yield return ("NPZ of strings", "x.npz", Zip(("fps.npy", Npy("<U4", "()", new byte[16]))));
        yield return ("NPZ array shorter than its shape", "x.npz", Zip(("fps.npy", Npy("<f4", "(1000000000,)", new byte[8]))));
        yield return ("NPZ header without end", "x.npz", Zip(("fps.npy", [0x93, .. "NUMPY"u8, 1, 0, 0xff, 0xff, (byte)'{'])));
        yield return ("NPZ of wrong sizes", "x.npz", Zip(
            ("fps.npy", Npy("<f4", "()", [0, 0, 0xf0, 0x41])),
            ("left_pose.npy", Npy("<f4", "(2, 48)", new byte[384])), ("right_pose.npy", Npy("<f4", "(3, 48)", new byte[576])),
            ("left_trans.npy", Npy("<f4", "(2, 3)", new byte[24])), ("right_trans.npy", Npy("<f4", "(3, 3)", new byte[36]))));

        // Annotation
        yield return ("empty JSON", "x.json", []);
        yield return ("JSON cut short", "x.json", "{\"left\": [[1, 2"u8.ToArray());
        yield return ("JSON lacking the hands", "x.json", "{\"fps\": 30}"u8.ToArray());
        yield return ("JSON rows of 3 numbers", "x.json", "{\"left\": [[1,2,3]], \"right\": [[1,2,3]], \"fps\": 30, \"adjust\": [0,0,0], \"start_frame\": 0}"u8.ToArray());
        yield return ("JSON of words", "x.json", "{\"left\": \"left\", \"right\": \"right\", \"fps\": \"fast\"}"u8.ToArray());

        // Weights
        yield return ("empty safetensors", "x.safetensors", []);
        yield return ("safetensors header that lies", "x.safetensors", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, (byte)'{', (byte)'}']);
        yield return ("safetensors offsets outside the file", "x.safetensors", SafetensorsFile("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", new byte[4]));
        yield return ("safetensors shape that does not fit", "x.safetensors", SafetensorsFile("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,16]}}", new byte[16]));
        yield return ("safetensors that is no JSON", "x.safetensors", SafetensorsFile("[not json", []));
        yield return ("empty checkpoint", "x.ckpt", []);
        yield return ("checkpoint that is text", "x.ckpt", "PK\u0003\u0004 and then words"u8.ToArray());
        yield return ("checkpoint without a pickle", "x.ckpt", Zip(("archive/data/0", new byte[4])));
        yield return ("checkpoint that wants to run a command", "x.ckpt", CheckpointThatRuns("echo"));
        yield return ("checkpoint with half a pickle", "x.ckpt", Zip(("archive/data.pkl", [0x80, 2, (byte)'}', (byte)'X', 0xff, 0xff, 0xff, 0x7f])));
    }

    /// <summary>A checkpoint whose pickle calls os.system.</summary>
    public static byte[] CheckpointThatRuns(string command)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(command));
        return Zip(("archive/data.pkl", [0x80, 2, .. "cposix\nsystem\nX"u8, .. length, .. Encoding.UTF8.GetBytes(command), 0x85, .. "R."u8]));
    }

    // One track: note on, note off, end.
    private static byte[] GoodMidi() =>
    [
        .. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, 1, 0xe0,
        .. "MTrk"u8, 0, 0, 0, 13, 0, 0x90, 60, 64, 0x83, 0x60, 0x80, 60, 0, 0, 0xff, 0x2f, 0,
    ];

    private static byte[] GoodWav()
    {
        var bytes = new byte[44 + 320];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), 16000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 32000);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 320);
        return bytes;
    }

    private static byte[] With(byte[] good, int at, byte[] bytes)
    {
        var changed = good.ToArray();
        bytes.CopyTo(changed, at);
        return changed;
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Npy(string type, string shape, byte[] data)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    private static byte[] SafetensorsFile(string header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }
}
