using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;
using Duomano.Networks.Tests.Checkpoints;
using Duomano.Tests;

namespace Duomano.Fuzz;

/// <summary>Small whole files of every kind, to be damaged. Those in seeds/ are a sine that ffmpeg 5 encoded; the others are written here or lie in the tests.</summary>
public static class Seeds
{
    private static readonly Lazy<byte[]> WholeMano = new(() => ManoPickle.Write(SyntheticMano.Arrays()));

    /// <summary>MIDI files: our own, and odd ones.</summary>
    public static IReadOnlyList<byte[]> Midi { get; } =
    [
        Written(stream => MidiFile.Write(stream, new Score(Clips.Notes(3), [new(0.5, 127), new(1, 0)], "Fuzz"))),
        .. Embedded("m").Where(file => file.Length < 2000),
    ];

    /// <summary>Scores with about everything in them that is read.</summary>
    public static IReadOnlyList<byte[]> MusicXml { get; } = [Scores.Partwise, Scores.Repeats, Scores.Timewise];

    /// <summary>The same, compressed.</summary>
    public static IReadOnlyList<byte[]> Mxl { get; } = [.. MusicXml.Select(score => Zip(("mimetype", "application/vnd.recordare.musicxml"u8.ToArray()), ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"score.xml\"/></rootfiles></container>"u8.ToArray()), ("score.xml", score)))];

    /// <summary>WAV files: integers, floating point, extensible, RF64.</summary>
    public static IReadOnlyList<byte[]> Wav { get; } = MakeWav();

    /// <summary>Rigs as Mixamo and VRM 1.0 have them, as JSON and binary.</summary>
    public static IReadOnlyList<byte[]> Rigs { get; } =
    [
        TestRig.Mixamo(),
        TestRig.Vrm(bone => bone, (side, finger, joint) => $"{side}{finger}{joint}"),
        Binary(TestRig.Gltf(_ => "", (_, _, _) => "")),
    ];

    /// <summary>MPEG audio, layers II and III.</summary>
    public static IReadOnlyList<byte[]> Mpeg { get; } = [.. Embedded("", ".mp3")];

    /// <summary>Ogg Vorbis.</summary>
    public static IReadOnlyList<byte[]> Ogg { get; } = [.. Embedded("", ".ogg")];

    /// <summary>Motion as arrays.</summary>
    public static IReadOnlyList<byte[]> Npz { get; } = [Written(stream => NpzMotion.Write(stream, Clips.Smooth(frames: 4).WithPedal([new(0.1, 64), new(0.2, 0)])))];

    /// <summary>Recorded pianists as arrays.</summary>
    public static IReadOnlyList<byte[]> People { get; } =
    [
        Zip(("fps.npy", Npy(new([], [30]))), ("points.npy", Npy(new([4, 2, 6, 2], [.. Enumerable.Range(0, 96).Select(i => i * 10f)]))), ("episode_ends.npy", Npy(new([2], [2, 4]))),
            ("notes.npy", Npy(new([2, 6], [0, 0.01f, 0.05f, 60, 1, 1, 1, 0.01f, 0.04f, 50, 0, 3]))), ("source.npy", Npy(new([2], [0, 1])))),
    ];

    /// <summary>Motion as an annotation.</summary>
    public static IReadOnlyList<byte[]> Annotations { get; } =
    [
        Written(stream => AnnotationJson.Write(stream, Annotation.FromClip(Clips.Smooth(frames: 3).WithPedal([new(0.1, 64)])) with { Video = "bv", Style = "dolce" })),
    ];

    /// <summary>The header of <see cref="Safetensors"/>, which is text.</summary>
    public static byte[] SafetensorsHeader { get; } =
        """{"__metadata__":{"made":"here"},"a.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"F16","shape":[4],"data_offsets":[16,24]},"c":{"dtype":"I64","shape":[],"data_offsets":[24,32]}}"""u8.ToArray();

    /// <summary>Weights.</summary>
    public static IReadOnlyList<byte[]> Safetensors { get; } = [[.. Length(SafetensorsHeader.Length), .. SafetensorsHeader, .. new byte[32]]];

    /// <summary>Weights of PyTorch.</summary>
    public static IReadOnlyList<byte[]> Checkpoints { get; } = MakeCheckpoints();

    /// <summary>A whole hand of random numbers in MANO's form.</summary>
    public static IReadOnlyList<byte[]> Mano => [WholeMano.Value];

    /// <summary>Pickles of the same kinds of arrays, a few numbers each.</summary>
    public static IReadOnlyList<byte[]> SmallMano { get; } = [.. Embedded("protocol")];

    /// <summary>Fingering tables.</summary>
    public static IReadOnlyList<byte[]> Fingerings { get; } = [Written(stream => FingeringTable.Write(stream, Clips.Notes(3)))];

    /// <summary>A safetensors file of another header, whose length is right or nearly so.</summary>
    public static byte[] WithHeaderLength(byte[] header, SeededRandom random) => [.. Length(header.Length + (random.Next(10) == 0 ? random.Next(5) - 2 : 0)), .. header, .. new byte[random.Next(10) == 0 ? random.Next(64) : 32]];

    private static IReadOnlyList<byte[]> MakeWav()
    {
        float[] sine = [.. Enumerable.Range(0, 200).Select(i => (float)(0.5 * Math.Sin(i / 10.0)))];
        var plain = Written(stream => WavFile.Write(stream, new AudioBuffer([sine, sine], 44100)));
        var floats = Written(stream => WavFile.Write(stream, new AudioBuffer(sine, 16000), WavEncoding.Float32));

        // The plain file's samples behind an extensible format, and behind 64-bit lengths.
        byte[] guid = [1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        byte[] extensible = [.. "RIFF"u8, 0xFF, 0, 0, 0, .. "WAVEfmt "u8, 40, 0, 0, 0, 0xFE, 0xFF, .. plain.AsSpan(22, 14), 22, 0, 16, 0, 3, 0, 0, 0, .. guid, .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. plain.AsSpan(36)];
        byte[] sizes = [.. Length(plain.Length), .. Length(800), .. Length(200), 0, 0, 0, 0];
        byte[] long64 = [.. "RF64"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "WAVEds64"u8, (byte)sizes.Length, 0, 0, 0, .. sizes, .. plain.AsSpan(12, 28), 0xFF, 0xFF, 0xFF, 0xFF, .. plain.AsSpan(44)];
        return [plain, floats, extensible, long64];
    }

    private static IReadOnlyList<byte[]> MakeCheckpoints()
    {
        var tensors = new StateDict { ["a.weight"] = new([1, 2, 3, 4, 5, 6], 2, 3), ["b"] = new([7], 1) };
        var pickle = new PickleWriter().Op("}(").Text("state_dict").Global("collections", "OrderedDict").Op(")R(")
            .Text("transposed").Tensor("FloatStorage", "0", 6, 1, [2, 2], [1, 2]).Text("a.bias").Tensor("LongStorage", "1", 1, 0, [], [])
            .Op("u}").Text("_metadata").Op("}sb").Text("hyper_parameters").Global("argparse", "Namespace").Op(")").Raw(0x81).Op("}(")
            .Text("unet_dim").Int(8).Text("lr").Float(1e-5).Text("tiny").Raw(0x89).Text("up_list").Op("](").Text("66685747").Op("e").Op("ubu").Stop();
        return [PickleWriter.Checkpoint(tensors), PickleWriter.Archive(pickle, ("0", PickleWriter.Floats(1, 2, 3, 4, 5, 6)), ("1", BitConverter.GetBytes(41L)))];
    }

    private static byte[] Npy(NpyArray array) => Written(stream => array.Write(stream));

    private static byte[] Length(long length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries) => PickleWriter.Zip(CompressionLevel.NoCompression, entries);

    private static IEnumerable<byte[]> Embedded(string start, string end = "")
    {
        var assembly = typeof(Seeds).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            yield return memory.ToArray();
        }
    }

    // A binary glTF file of its JSON alone.
    private static byte[] Binary(byte[] json)
    {
        byte[] padded = [.. json, .. Enumerable.Repeat((byte)' ', (4 - json.Length % 4) % 4)];
        var head = new byte[20];
        "glTF"u8.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), 2);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), head.Length + padded.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), padded.Length);
        "JSON"u8.CopyTo(head.AsSpan(16));
        return [.. head, .. padded];
    }

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
