using System.Text;
using CsCheck;
using Duomano.Core.Files;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Tests.Checkpoints;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"duomano-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void WrittenTensors_ComeBackInOrder()
    {
        Gen.Select(Gen.Single[-1e4f, 1e4f].Array[6], Gen.Single.Array[0, 5], Gen.String).Sample((matrix, vector, text) =>
        {
            var tensors = new StateDict { ["z"] = new(matrix, 2, 3), ["a \"é\""] = new(vector, vector.Length), ["s"] = new([1.5f]) };
            Safetensors.Write(_path, tensors, new Dictionary<string, string> { ["note"] = text });
            var read = Safetensors.Read(_path);
            Assert.Equal(new[] { "z", "a \"é\"", "s" }, read.Tensors.Names);
            Assert.Equal(matrix, read.Tensors["z"].Values);
            Assert.Equal([2, 3], read.Tensors["z"].Shape);
            Assert.Equal(vector, read.Tensors["a \"é\""].Values);
            Assert.Empty(read.Tensors["s"].Shape);
            Assert.Equal(WellFormed(text), read.Metadata["note"]);
        }, iter: 30, threads: 1);
    }

    [Fact]
    public void Float16_RoundsAndRefusesWhatDoesNotFit()
    {
        Safetensors.Write(_path, new StateDict { ["x"] = new([0.1f, -65504, 0, float.NegativeInfinity], 4) }, precision: SafetensorsPrecision.Float16);
        var values = Safetensors.Read(_path).Tensors["x"].Values;
        Assert.Equal(0.1f, values[0], 1e-4f);
        Assert.Equal([-65504, 0, float.NegativeInfinity], values[1..]);
        var before = File.ReadAllBytes(_path);
        Assert.Throws<ArgumentException>(() => Safetensors.Write(_path, new StateDict { ["x"] = new([7e4f], 1) }, precision: SafetensorsPrecision.Float16));
        Assert.Equal(before, File.ReadAllBytes(_path));
    }

    [Fact]
    public void LayoutIsTheFormats()
    {
        Safetensors.Write(_path, new StateDict { ["x"] = new([1, 2], 2) });
        var bytes = File.ReadAllBytes(_path);
        var length = (int)BitConverter.ToUInt64(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Encoding.UTF8.GetString(bytes, 8, length).TrimEnd());
        Assert.Equal(1f, BitConverter.ToSingle(bytes, 8 + length));
        Assert.Equal(8 + length + 8, bytes.Length);
    }

    [Fact]
    public void OtherTypesAndAnyHeaderOrder_AreRead()
    {
        var read = Read("""{"b":{"dtype":"I64","shape":[1],"data_offsets":[4,12]},"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""",
            [0xc0, 0x3f, 0x80, 0xbe, .. BitConverter.GetBytes(-9L)]);
        Assert.Equal(new[] { "a", "b" }, read.Tensors.Names);
        Assert.Equal([1.5f, -0.25f], read.Tensors["a"].Values);
        Assert.Equal([-9], read.Tensors["b"].Values);
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "within 7")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 bytes after")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 12 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "expected from 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", 8, "[begin, end]")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 8, "[begin, end]")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2000000000,2000000000,2000000000,2000000000],"data_offsets":[0,4]}}""", 4, "takes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3000000000,0],"data_offsets":[0,0]}}""", 0, "too large")]
    [InlineData("""{"x":{"dtype":"F8","shape":[1],"data_offsets":[0,4]}}""", 4, "'F8'")]
    [InlineData("""{"x":{"shape":[1],"data_offsets":[0,4]}}""", 4, "no dtype")]
    [InlineData("""{"x":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "no shape")]
    [InlineData("""{"x":1}""", 0, "no JSON object")]
    [InlineData("""[]""", 0, "no JSON object")]
    [InlineData("""{"x":""", 0, "not JSON")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not text")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "named twice")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "named twice")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "expected from 4")]
    public void WrongHeaders_AreRefused(string header, int bytes, string problem) =>
        Assert.Contains(problem, Assert.Throws<UnreadableFileException>(() => Read(header, new byte[bytes])).Message);

    [Fact]
    public void HeaderLengthBeyondTheFile_IsRefused()
    {
        Assert.Contains("18446744073709551615", Assert.Throws<UnreadableFileException>(() => ReadBytes([.. BitConverter.GetBytes(ulong.MaxValue), 1, 2])).Message);
        Assert.Throws<UnreadableFileException>(() => ReadBytes([1, 2]));
    }

    [Fact]
    public void AnyDamage_IsEitherHarmlessOrReported()
    {
        Safetensors.Write(_path, new StateDict { ["one"] = new([1, 2], 2), ["two"] = new([3], 1) }, new Dictionary<string, string> { ["k"] = "v" });
        var good = File.ReadAllBytes(_path);
        for (var length = 0; length < good.Length; length++) Assert.Throws<UnreadableFileException>(() => ReadBytes(good[..length]));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[1, 3].Sample(changes =>
        {
            var bytes = good.ToArray();
            foreach (var (index, value) in changes) bytes[index] = value;
            try
            {
                ReadBytes(bytes);
            }
            catch (UnreadableFileException refused)
            {
                Assert.DoesNotContain('\n', refused.Message);
            }
        }, iter: 3000);
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static SafetensorsContent Read(string header, byte[] data)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        return ReadBytes([.. BitConverter.GetBytes((ulong)bytes.Length), .. bytes, .. data]);
    }

    private static SafetensorsContent ReadBytes(byte[] bytes) => Safetensors.Read(new MemoryStream(bytes), "m.safetensors");
}
