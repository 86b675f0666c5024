using System.Xml.Linq;
using Duomano.Core.Files;
using Duomano.Core.Files.Pickles;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Formats.Audio;
using Duomano.Formats.Avatars;
using Duomano.Formats.Hands;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Formats.MusicXml;
using Duomano.Networks.Checkpoints;

namespace Duomano.Fuzz;

/// <summary>A reader with the damaged files for it.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Make">Makes an input of random numbers.</param>
/// <param name="Read">Reads it; whether it was accepted. Refusing is false or an <see cref="UnreadableFileException"/>.</param>
public sealed record FuzzReader(string Name, Func<SeededRandom, byte[]> Make, Func<byte[], bool> Read)
{
    /// <summary>The input of a number.</summary>
    public byte[] Input(long seed) => Make(new SeededRandom(seed, Name));
}

/// <summary>Every reader of files that people may hand over.</summary>
public static class Readers
{
    private const string File = "file";

    private static readonly Lazy<XDocument[]> Trees = new(() => [.. Seeds.MusicXml.Select(bytes => XDocument.Load(new MemoryStream(bytes)))]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzReader> All { get; } =
    [
        new("midi", random => Damage.Bytes(Seeds.Midi, random), bytes => Done(MidiFile.Read(new MemoryStream(bytes), File))),
        new("musicxml", random => random.Next(4) switch
        {
            0 => Damage.Bytes(Seeds.MusicXml, random),
            1 => Damage.Text(Seeds.MusicXml, random),
            _ => XmlDamage.Apply(Trees.Value, random),
        }, bytes => Done(MusicXmlFile.Read(new MemoryStream(bytes), File))),
        new("mxl", random => random.Next(2) == 0 ? Damage.Bytes(Seeds.Mxl, random) : Damage.InsideZip(Seeds.Mxl, random, _ => true), bytes => Done(MusicXmlFile.Read(new MemoryStream(bytes), File))),
        new("wav", random => Damage.Bytes(Seeds.Wav, random), ReadWav),
        new("mp3", random => Damage.Bytes(Seeds.Mpeg, random), bytes =>
        {
            using var reader = MpegReader.Open(new MemoryStream(bytes), File);
            return reader is not null && ReadSound(reader);
        }),
        new("ogg", random => random.Next(8) == 0 ? Damage.Bytes(Seeds.Ogg, random) : OggChecksums.Mend(Damage.Bytes(Seeds.Ogg, random)), bytes =>
        {
            using var reader = VorbisSound.Open(new MemoryStream(bytes), File);
            return reader is not null && ReadSound(reader);
        }),
        new("npz", random => random.Next(3) == 0 ? Damage.Bytes(Seeds.Npz, random) : Damage.InsideZip(Seeds.Npz, random, _ => random.Next(2) == 0), bytes => Done(NpzMotion.Read(new MemoryStream(bytes), File))),
        new("people", random => random.Next(3) == 0 ? Damage.Bytes(Seeds.People, random) : Damage.InsideZip(Seeds.People, random, _ => random.Next(2) == 0), bytes => Done(RecordedPeopleFile.Read(new MemoryStream(bytes), File))),
        new("json", random => random.Next(2) == 0 ? Damage.Bytes(Seeds.Annotations, random) : Damage.Text(Seeds.Annotations, random), bytes => Done(AnnotationJson.Read(new MemoryStream(bytes), File).ToClip())),
        new("safetensors", random => random.Next(2) == 0 ? Damage.Bytes(Seeds.Safetensors, random) : Seeds.WithHeaderLength(Damage.Text([Seeds.SafetensorsHeader], random), random), bytes => Done(Safetensors.Read(new MemoryStream(bytes), File))),
        new("pytorch", random => random.Next(3) == 0 ? Damage.Bytes(Seeds.Checkpoints, random) : Damage.InsideZip(Seeds.Checkpoints, random, _ => false), bytes => Done(PyTorchCheckpoint.Read(new MemoryStream(bytes), File))),
        new("mano", random => Damage.Bytes(random.Next(50) == 0 ? Seeds.Mano : Seeds.SmallMano, random), ReadMano),
        new("rig", random => random.Next(2) == 0 ? Damage.Bytes(Seeds.Rigs, random) : Damage.Text(Seeds.Rigs, random), bytes => Done(RigFile.Read(new MemoryStream(bytes), File).Missing().ToArray())),
        new("fingering", random => random.Next(2) == 0 ? Damage.Bytes(Seeds.Fingerings, random) : Damage.Text(Seeds.Fingerings, random), bytes => Done(FingeringTable.Read(new MemoryStream(bytes), File))),
    ];

    private static bool Done(object value) => value is not null;

    private static bool ReadWav(byte[] bytes)
    {
        // What a name and a declared type are not trusted for.
        MusicKinds.Recognise(bytes.AsSpan(0, Math.Min(bytes.Length, MusicKinds.HeadLength)));
        return Done(WavFile.Read(new MemoryStream(bytes), File));
    }

    private static bool ReadSound(SoundReader reader)
    {
        _ = reader.SecondsLeft;
        var block = new float[4096 * reader.ChannelCount];
        while (reader.Read(block) > 0)
        {
        }

        return true;
    }

    private static bool ReadMano(byte[] bytes)
    {
        // Small pickles hold no whole hand, so each array is asked for; what is none is refused for itself.
        foreach (var read in ManoFile.Entries(bytes, File).Values)
        {
            try
            {
                read();
            }
            catch (PickleRefusedException)
            {
            }
        }

        ManoFile.Read(new MemoryStream(bytes), File);
        return true;
    }
}
