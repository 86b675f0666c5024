using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using CsCheck;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Formats.Hands;

namespace Duomano.Formats.Tests.Hands;

public class ManoFileTest
{
    private static readonly ManoArrays Arrays = SyntheticMano.Arrays();
    private static readonly byte[] Pickle = ManoPickle.Write(Arrays);

    [Fact]
    public void Python2PickleWithChumpyAndSciPy_IsReadWhole() => AssertSame(Read(Pickle));

    [Fact]
    public void Npz_IsReadWhole() => AssertSame(Read(Npz(All())));

    [Fact]
    public void NpzWithMoreDirectionsOfBuild_GivesTheFirstTen()
    {
        var more = Arrays.ShapeDirections.Chunk(ManoArrays.ShapeLength).SelectMany(ten => (double[])[.. ten, 7, 8, 9]).ToArray();
        AssertSame(Read(Npz([.. All().Where(array => array.Name != "shapedirs"), ("shapedirs", [ManoArrays.VertexCount, 3, 13], more)])));
    }

    [Fact]
    public void WhatIsMissingOrOfAnotherShape_IsNamed()
    {
        Assert.Contains("posedirs", Refused(Npz([.. All().Where(array => array.Name != "posedirs")])), StringComparison.Ordinal);
        var flat = Refused(Npz([.. All().Where(array => array.Name != "weights"), ("weights", [ManoArrays.VertexCount, 15], new double[ManoArrays.VertexCount * 15])]));
        Assert.Contains("'weights': has the shape (778, 15), expected (778, 16)", flat, StringComparison.Ordinal);
        var parents = All().Single(array => array.Name == "kintree_table").Values.ToArray();
        parents[4] = 3;
        Assert.Contains("the parent of joint 4 is 3, expected 0", Refused(Npz([.. All().Where(array => array.Name != "kintree_table"), ("kintree_table", [2, 16], parents)])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cos\nsystem\nU\x02ls\x85R.", "os.system")]
    [InlineData("c__builtin__\neval\nU\x02ls\x85R.", "eval")]
    [InlineData("cnumpy\nload\nU\x02ls\x85R.", "numpy.load")]
    [InlineData("(dp0\nS'f'\np1\ncposix\nsystem\np2\n(S'ls'\np3\ntp4\nRp5\ns.", "posix.system")]
    public void NamesThatNoArrayNeeds_AreRefused(string code, string name)
    {
        var message = Refused(Encoding.Latin1.GetBytes(code));
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains("nothing was executed", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void DamagedFiles_AreRefusedInOneLine()
    {
        var npz = Npz(All());
        Gen.Select(Gen.Bool, Gen.Int[0, 3_000_000], Gen.Int[0, 4], Gen.Byte).Sample(
            (packed, at, kind, value) =>
            {
                var bytes = (byte[])(packed ? npz : Pickle).Clone();
                at %= bytes.Length;
                if (kind == 0) bytes = bytes[..at];
                else bytes[kind < 3 ? at % 4000 : at] = value;
                try
                {
                    Read(bytes);
                }
                catch (UnreadableFileException error)
                {
                    Assert.DoesNotContain('\n', error.Message);
                }
            },
            iter: 60);
    }

    /// <summary>Small pickles that Python 3 wrote with NumPy 1.24 and SciPy 1.10; see their README.</summary>
    [Theory]
    [InlineData("protocol0.pkl")]
    [InlineData("protocol2.pkl")]
    [InlineData("protocol4.pkl")]
    [InlineData("protocol5.pkl")]
    [InlineData("objects.npz")]
    public void RealPicklesOfNumPyAndSciPy_GiveTheirArrays(string file)
    {
        var entries = ManoFile.Entries(File.ReadAllBytes(Repository.PathOf("tests", "Duomano.Formats.Tests", "Hands", "Pickles", file)), file);
        AssertArray([2, 3], [0.5, -1, 2, 3.25, 1e-3, 6], "plain");
        AssertArray([2, 2], [1, 2, 3, 4], "columns");
        AssertArray([2, 2], [0, 4294967295, 1, 2], "unsigned");
        AssertArray([2, 3], [0, 0.25, 0, 0.75, 0, 0], "sparse");
        AssertArray([3], [1, 2, 3], "expression");
        AssertArray([2, 1], [30, 10], "selection");

        void AssertArray(int[] shape, double[] values, string name)
        {
            var array = entries[name]();
            Assert.Equal(shape, array.Shape);
            Assert.Equal(values, array.Values);
        }
    }

    private static ManoHand Read(byte[] bytes) => ManoFile.Read(new MemoryStream(bytes), "hand");

    private static string Refused(byte[] bytes) => Assert.Throws<UnreadableFileException>(() => Read(bytes)).Message;

    private static void AssertSame(ManoHand read)
    {
        var expected = new ManoHand(Arrays);
        Assert.Equal(expected.MeanPose, read.MeanPose);
        Assert.Equal(expected.Faces, read.Faces);
        float[] build = [1, -2, 0.5f, 0, 3];
        var (a, b) = (expected.Shape(build), read.Shape(build));
        Assert.Equal(a.Joints, b.Joints);
        var pose = Clips.Smooth(1).Hands.Right.GetPose(0);
        var (corners, others) = (new Vector3[ManoArrays.VertexCount], new Vector3[ManoArrays.VertexCount]);
        a.Pose(HandSide.Right, pose, corners);
        b.Pose(HandSide.Right, pose, others);
        Assert.Equal(corners, others);
    }

    private static List<(string Name, int[] Shape, double[] Values)> All() =>
    [
        ("v_template", [ManoArrays.VertexCount, 3], Arrays.Template),
        ("shapedirs", [ManoArrays.VertexCount, 3, 10], Arrays.ShapeDirections),
        ("posedirs", [ManoArrays.VertexCount, 3, 135], Arrays.PoseDirections),
        ("J_regressor", [16, ManoArrays.VertexCount], Arrays.JointRegressor),
        ("weights", [ManoArrays.VertexCount, 16], Arrays.Weights),
        ("hands_mean", [45], Arrays.MeanPose),
        ("f", [Arrays.Faces.Length / 3, 3], Array.ConvertAll(Arrays.Faces, corner => (double)corner)),
        ("kintree_table", [2, 16], [.. Enumerable.Range(0, 32).Select(i => i < 16 ? HandJoint.Parents[i] : i - 16.0)]),
    ];

    private static byte[] Npz(IEnumerable<(string Name, int[] Shape, double[] Values)> arrays)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, shape, values) in arrays)
            {
                using var entry = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression).Open();
                var sizes = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture))) + (shape.Length == 1 ? "," : "");
                var header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({sizes}), }}".PadRight(117) + "\n";
                entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
                var bytes = new byte[values.Length * 8];
                Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
