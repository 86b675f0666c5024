using System.IO.Compression;
using CsCheck;
using Duomano.Core.Files;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Formats.Tests;

/// <summary>Damaged files are either read or refused with an <see cref="UnreadableFileException"/>; nothing else comes out.</summary>
public class FuzzTest
{
    private const int Tries = 3000;

    private static readonly byte[] Extremes = [0, 1, 0x7F, 0x80, 0xFF];

    [Fact]
    public void Midi() => AssertRefused(Written(stream => MidiFile.Write(stream, new Score(Clips.Notes(3), [new(0.5, 127), new(1, 0)], "Fuzz"))), stream => MidiFile.Read(stream));

    [Fact]
    public void Fingering_table() => AssertRefused(Written(stream => FingeringTable.Write(stream, Clips.Notes(3))), stream => FingeringTable.Read(stream));

    [Fact]
    public void Wav()
    {
        var audio = new AudioBuffer([Sine(300), Sine(300)], 44100);
        AssertRefused(Written(stream => WavFile.Write(stream, audio)), stream => WavFile.Read(stream));
        AssertRefused(Written(stream => WavFile.Write(stream, audio, WavEncoding.Float32)), stream => WavFile.Read(stream));
    }

    [Fact]
    public void Npz_as_it_is_written() => AssertRefused(Npz(), stream => NpzMotion.Read(stream));

    [Fact]
    public void Npz_stored_without_compression()
    {
        // Damage goes straight into the arrays' headers and numbers.
        using var packed = new ZipArchive(new MemoryStream(Npz()));
        var stored = Written(stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var entry in packed.Entries)
            {
                using var from = entry.Open();
                using var to = zip.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                from.CopyTo(to);
            }
        });
        AssertRefused(stored, stream => NpzMotion.Read(stream));
    }

    [Fact]
    public void Annotation_json() => AssertRefused(
        Written(stream => AnnotationJson.Write(stream, Annotation.FromClip(Clips.Smooth(frames: 3)) with { Video = "bv", Style = "dolce" })),
        stream => AnnotationJson.Read(stream).ToClip());

    private static void AssertRefused<T>(byte[] sound, Func<Stream, T> read)
    {
        Assert.NotNull(read(new MemoryStream(sound)));
        Damage(sound.Length).Sample(
            damage =>
            {
                try
                {
                    read(new MemoryStream(Apply(sound, damage)));
                }
                catch (UnreadableFileException error)
                {
                    Assert.DoesNotContain('\n', error.Message);
                }
            },
            iter: Tries,
            threads: 1);
    }

    // Places, and what happens there: a byte is replaced, put in or taken away, or the file ends. Heads are hit more often.
    private static Gen<(int Place, int Kind, byte Value)[]> Damage(int length) =>
        Gen.Select(
            Gen.OneOf(Gen.Int[0, length - 1], Gen.Int[0, Math.Min(length - 1, 100)]),
            Gen.Frequency((8, Gen.Const(0)), (2, Gen.Const(1)), (2, Gen.Const(2)), (1, Gen.Const(3))),
            Gen.OneOf(Gen.Byte, Gen.Int[0, Extremes.Length - 1].Select(i => Extremes[i]))).Array[1, 6];

    private static byte[] Apply(byte[] sound, (int Place, int Kind, byte Value)[] damage)
    {
        var bytes = new List<byte>(sound);
        foreach (var (place, kind, value) in damage)
        {
            if (bytes.Count == 0) break;
            var at = place % bytes.Count;
            switch (kind)
            {
                case 0: bytes[at] = value; break;
                case 1: bytes.Insert(at, value); break;
                case 2: bytes.RemoveAt(at); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Npz() => Written(stream => NpzMotion.Write(stream, Clips.Smooth(frames: 4)));

    private static float[] Sine(int length) => Audio.WavFileTest.Sine(440, 44100, length);

    private static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
