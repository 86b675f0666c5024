using System.Buffers.Binary;
using System.Text;
using Duomano.Training.Running;

namespace Duomano.Training.Tests.Running;

/// <summary>Event files read back as TensorBoard does: lengths, checksums and messages.</summary>
public class EventLogTests
{
    [Fact]
    public void Checksum_IsTheMaskedOneOfTheStandardVector()
    {
        // CRC-32C of "123456789" is e3069283 (RFC 3720's polynomial); masked by rotation and a constant.
        const uint Plain = 0xe3069283;
        Assert.Equal(unchecked(((Plain >> 15) | (Plain << 17)) + 0xa282ead8), EventLog.MaskedChecksum("123456789"u8));
    }

    [Fact]
    public void ScalarsAndPictures_AreReadBack()
    {
        using var folder = new TemporaryFolder();
        using (var log = new EventLog(folder.PathOf("")))
        {
            log.Scalars(7, [new("train/loss", 0.5), new("train/left", -2)]);
            log.Picture(8, "motion/predicted", [1, 2, 3, 200], 640, 480);
        }

        var events = Records(Assert.Single(Directory.GetFiles(folder.PathOf("")))).Select(Fields).ToArray();
        Assert.Equal(3, events.Length);
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString((byte[])events[0].Single(field => field.Number == 3).Value));
        Assert.Equal(7UL, events[1].Single(field => field.Number == 2).Value);
        var values = Fields((byte[])events[1].Single(field => field.Number == 5).Value).Select(value => Fields((byte[])value.Value)).ToArray();
        Assert.Equal(["train/loss", "train/left"], values.Select(value => Encoding.UTF8.GetString((byte[])value[0].Value)));
        Assert.Equal([0.5f, -2f], values.Select(value => (float)value[1].Value));
        var image = Fields((byte[])Fields((byte[])Fields((byte[])events[2].Single(field => field.Number == 5).Value)[0].Value).Single(field => field.Number == 4).Value);
        Assert.Equal([480UL, 640UL, 3UL], image.Take(3).Select(field => (ulong)field.Value));
        Assert.Equal([1, 2, 3, 200], (byte[])image[3].Value);
    }

    [Fact]
    public void SessionThatGoesOn_SaysWhichStepsComeAgain()
    {
        using var folder = new TemporaryFolder();
        foreach (var last in (int?[])[null, 40])
        {
            using var log = new EventLog(folder.PathOf(""));
            log.CutBack(last ?? 0);
            log.Scalars(41, [new("a", 1)]);
        }

        var files = Directory.GetFiles(folder.PathOf("")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(2, files.Length);
        Assert.Equal(2, Records(files[0]).Count);
        var mark = Fields(Records(files[1])[1]);
        Assert.Equal(41UL, mark.Single(field => field.Number == 2).Value);
        Assert.Equal(1UL, Fields((byte[])mark.Single(field => field.Number == 7).Value).Single().Value);
    }

    private static List<byte[]> Records(string path)
    {
        var (bytes, records) = (File.ReadAllBytes(path), new List<byte[]>());
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(EventLog.MaskedChecksum(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            records.Add(bytes[(at + 12)..(at + 12 + length)]);
            Assert.Equal(EventLog.MaskedChecksum(records[^1]), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            at += 16 + length;
        }

        return records;
    }

    private static List<(int Number, object Value)> Fields(byte[] message)
    {
        var (fields, at) = (new List<(int, object)>(), 0);
        while (at < message.Length)
        {
            var tag = (int)Varint();
            switch (tag & 7)
            {
                case 0: fields.Add((tag >> 3, Varint())); break;
                case 1: fields.Add((tag >> 3, BinaryPrimitives.ReadDoubleLittleEndian(message.AsSpan(at)))); at += 8; break;
                case 5: fields.Add((tag >> 3, BinaryPrimitives.ReadSingleLittleEndian(message.AsSpan(at)))); at += 4; break;
                default:
                    var length = (int)Varint();
                    fields.Add((tag >> 3, message[at..(at + length)]));
                    at += length;
                    break;
            }
        }

        return fields;

        ulong Varint()
        {
            var (value, shift) = (0UL, 0);
            for (; message[at] >= 0x80; shift += 7) value |= (ulong)(message[at++] & 0x7f) << shift;
            return value | ((ulong)message[at++] << shift);
        }
    }
}
