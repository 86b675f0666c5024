using System.IO.Compression;
using System.Numerics;
using System.Text;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Motion;

public class NpzMotionTest
{
    [Fact]
    public void Everything_comes_back()
    {
        var clip = Clips.Smooth(frames: 50, fps: 25);
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("motion.npz");
        NpzMotion.Write(path, clip);
        var back = NpzMotion.Read(path);
        Assert.Equal((25, 50), (back.Fps, back.FrameCount));
        AssertSame(clip, back, 0);
        Assert.All(clip.Notes.Zip(back.Notes), pair =>
        {
            Assert.Equal((pair.First.Key, pair.First.Velocity, pair.First.Hand, pair.First.Finger), (pair.Second.Key, pair.Second.Velocity, pair.Second.Hand, pair.Second.Finger));
            Assert.Equal(pair.First.Onset, pair.Second.Onset, 1e-6);
            Assert.Equal(pair.First.Offset, pair.Second.Offset, 1e-6);
        });
        Assert.Equal(clip.Notes.Count, back.Notes.Count);
    }

    [Fact]
    public void A_hand_with_fingers_of_its_own_lengths_comes_back_as_one()
    {
        var smooth = Clips.Smooth(frames: 5);
        var clip = new TwoHandClip(smooth.Hands, TwoHandClip.SkeletonsOfSize(0.9f, fingerLengths: [1.02f, 0.95f, 1.05f, 1, 1.1f]), 30);
        using var stream = new MemoryStream();
        NpzMotion.Write(stream, clip);
        var back = NpzMotion.Read(new MemoryStream(stream.ToArray()));
        AssertSame(clip, back, 0);
        Assert.Equal((HandBuild.Pianist, 0.9f), (back.Skeletons.Right.Build!.Value, back.Skeletons.Right.Size));
        Assert.Equal(clip.Skeletons.Right.FingerLengths, back.Skeletons.Right.FingerLengths);
    }

    [Fact]
    public void The_pedal_comes_back()
    {
        using var stream = new MemoryStream();
        NpzMotion.Write(stream, Clips.Smooth(frames: 5).WithPedal([new(0.0625, 127), new(0.125, 64), new(0.15625, 0)]));
        var pedal = NpzMotion.Read(new MemoryStream(stream.ToArray())).Pedal;
        Assert.Equal([(0.0625, 127), (0.125, 64), (0.15625, 0)], pedal.Select(change => (change.Time, change.Value)));
    }

    [Fact]
    public void The_arrays_are_those_that_are_documented()
    {
        using var stream = new MemoryStream();
        NpzMotion.Write(stream, Clips.Smooth(frames: 20));
        using var zip = new ZipArchive(new MemoryStream(stream.ToArray()));
        Assert.Equal(
            ["fingers.npy (2, 2)", "fps.npy ()", "hand_size.npy ()", "left_joints.npy (20, 21, 3)", "left_pose.npy (20, 48)", "left_trans.npy (20, 3)",
                "notes.npy (2, 4)", "right_joints.npy (20, 21, 3)", "right_pose.npy (20, 48)", "right_trans.npy (20, 3)"],
            Describe(zip));
    }

    [Fact]
    public void The_same_motion_gives_the_same_bytes()
    {
        Assert.Equal(Bytes(Clips.Smooth()), Bytes(Clips.Smooth()));

        static byte[] Bytes(TwoHandClip clip)
        {
            using var stream = new MemoryStream();
            NpzMotion.Write(stream, clip);
            return stream.ToArray();
        }
    }

    [Theory]
    [InlineData("<f8", false, CompressionLevel.NoCompression)]
    [InlineData("<f8", true, CompressionLevel.Optimal)]
    [InlineData("<f4", true, CompressionLevel.NoCompression)]
    [InlineData("<f4", false, CompressionLevel.SmallestSize)]
    public void Reads_either_precision_order_and_compression(string type, bool fortran, CompressionLevel compression)
    {
        var clip = Clips.Smooth(frames: 6);
        var back = Read(Arrays(clip).Select(array => (array.Name, Npy(array.Shape, array.Values, type, fortran))), compression);
        AssertSame(clip, back, 1e-6f);
    }

    [Fact]
    public void Whole_numbers_may_be_integers()
    {
        var arrays = Encoded(Clips.Smooth(frames: 3));
        arrays["fps"] = Npy([1], [60], "<i8");
        Assert.Equal(60, Read(arrays).Fps);
    }

    [Fact]
    public void Without_a_size_the_joints_tell_the_hands_build()
    {
        // A hand of no size: longer fingers on a smaller palm.
        var average = HandSkeleton.Create(HandSide.Right);
        var points = average.Points.ToArray();
        for (var i = 0; i < points.Length; i++) points[i] *= HandJoint.Parents[i] == 0 ? 0.9f : 1.1f;
        var skeleton = new HandSkeleton(HandSide.Right, points);
        var smooth = Clips.Smooth(frames: 30);
        var clip = new TwoHandClip(smooth.Hands, new(skeleton.Mirrored(), skeleton));
        using var stream = new MemoryStream();
        NpzMotion.Write(stream, clip);
        stream.Position = 0;
        AssertSame(clip, NpzMotion.Read(stream), 2e-6f);
    }

    [Fact]
    public void Other_arrays_are_passed_over()
    {
        var arrays = Encoded(Clips.Smooth(frames: 3));
        arrays["names"] = [.. "not even an array"u8];
        Assert.Equal(3, Read(arrays).FrameCount);
    }

    public static TheoryData<string, string, byte[]?, string> Broken => new()
    {
        { "no rate", "fps", null, "array 'fps': missing; the file has right_joints, right_trans" },
        { "no pose", "left_pose", null, "array 'left_pose': missing" },
        { "no wrist", "right_trans", null, "array 'right_trans': missing" },
        { "not an array", "left_pose", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "array 'left_pose': not a NumPy array" },
        { "empty", "left_pose", [], "array 'left_pose': not a NumPy array" },
        { "version 9", "left_pose", [.. Magic, 9, 0, 2, 0, 32, 10], "NumPy format version 9" },
        { "cut in the header", "left_pose", [.. Magic, 1, 0, 200, 0, 32], "it ends in its header" },
        { "a huge header", "left_pose", [.. Magic, 2, 0, 255, 255, 255, 255, 32], "a header of 4294967295 bytes" },
        { "no type", "left_pose", Header("{'fortran_order': False, 'shape': (3, 48), }"), "its header names no 'descr'" },
        { "no order", "left_pose", Header("{'descr': '<f4', 'shape': (3, 48), }"), "its header names no 'fortran_order'" },
        { "no shape", "left_pose", Header("{'descr': '<f4', 'fortran_order': False}"), "its header names no 'shape'" },
        { "text", "left_pose", Header("{'descr': '<U5', 'fortran_order': False, 'shape': (3, 48), }"), "numbers of type '<U5', expected '<f4'" },
        { "big-endian", "left_pose", Header("{'descr': '>f4', 'fortran_order': False, 'shape': (3, 48), }"), "numbers of type '>f4'" },
        { "a pickle", "left_pose", Header("{'descr': '|O', 'fortran_order': False, 'shape': (3, 48), }"), "numbers of type '|O'" },
        { "a negative shape", "left_pose", Header("{'descr': '<f4', 'fortran_order': False, 'shape': (-3, 48), }"), "a shape of (-3, 48)" },
        { "a huge shape", "left_pose", Header("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 48), }"), "a shape of (2000000000, 48), more than" },
        { "a lying shape", "left_pose", Header("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 48), }"), "it ends within its 48000000 numbers" },
        { "too many dimensions", "left_pose", Header("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1), }"), "5 dimensions" },
        { "a transposed pose", "left_pose", Npy([48, 3], new float[144]), "shape (48, 3), expected (any, 48)" },
        { "a flat pose", "left_pose", Npy([144], new float[144]), "shape (144), expected (any, 48)" },
        { "frames missing", "left_trans", Npy([2, 3], new float[6]), "array 'left_trans': shape (2, 3), expected (3, 3)" },
        { "hands of different length", "right_pose", Npy([2, 48], new float[96]), "array 'right_pose': 2 frames, expected 3" },
        { "joints of another hand", "left_joints", Npy([3, 16, 3], new float[144]), "shape (3, 16, 3), expected (3, 21, 3)" },
        { "not a number", "right_trans", Npy([3, 3], [0, 0, 0, 0, float.NaN, 0, 0, 0, 0]), "array 'right_trans': row 1 has NaN" },
        { "an infinite turn", "left_pose", Npy([3, 48], [float.NegativeInfinity, .. new float[143]]), "array 'left_pose': row 0 has -Infinity" },
        { "a hand in the next town", "left_trans", Npy([3, 3], [5000, 0, 0, 0, 0, 0, 0, 0, 0]), "row 0 has 5000, expected −100 to 100" },
        { "rate 0", "fps", Npy([], [0]), "array 'fps': 0, expected 0.001 to 1000" },
        { "two rates", "fps", Npy([2], [30, 60]), "shape (2), expected a single number" },
        { "a giant", "hand_size", Npy([], [40]), "array 'hand_size': 40, expected 0.7 to 1.4" },
        { "notes of three numbers", "notes", Npy([1, 3], [0, 1, 60]), "array 'notes': shape (1, 3), expected (any, 4)" },
        { "a note beside the piano", "notes", Npy([1, 4], [0, 1, 10, 64]), "array 'notes': row 0 has a pitch of 10, expected 21 to 108" },
        { "a note that ends before it starts", "notes", Npy([1, 4], [2, 1, 60, 64]), "row 0 has an offset of 1 s" },
        { "half a velocity", "notes", Npy([1, 4], [0, 1, 60, 64.5f]), "row 0 has a velocity of 64.5" },
        { "more fingers than notes", "fingers", Npy([9, 2], new float[18]), "array 'fingers': shape (9, 2)" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void The_message_names_file_array_and_problem(string what, string array, byte[]? content, string message)
    {
        var arrays = Encoded(Clips.Smooth(frames: 3));
        if (array == "fingers") arrays["notes"] = Npy([1, 4], [0, 1, 60, 64]);
        if (content is null) arrays.Remove(array);
        else arrays[array] = content;
        var error = Assert.Throws<UnreadableFileException>(() => Read(arrays));
        Assert.StartsWith("test.npz: ", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    [Fact]
    public void What_is_no_archive_is_unreadable()
    {
        using var good = new MemoryStream();
        NpzMotion.Write(good, Clips.Smooth(frames: 3));
        foreach (var bytes in (byte[][])[[], [1, 2, 3], [.. "PK"u8, 3, 4, 0, 0], good.ToArray()[..^30], good.ToArray()[30..]])
        {
            Assert.Throws<UnreadableFileException>(() => NpzMotion.Read(new MemoryStream(bytes), "test.npz"));
        }
    }

    internal static void AssertSame(TwoHandClip expected, TwoHandClip actual, float tolerance)
    {
        Assert.Equal(expected.FrameCount, actual.FrameCount);
        foreach (var side in HandSides.Both)
        {
            Assert.All(expected.Hands[side].Rotations.Zip(actual.Hands[side].Rotations), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            Assert.All(expected.Hands[side].Translations.Zip(actual.Hands[side].Translations), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            Assert.All(expected.Points(side).Zip(actual.Points(side)), pair => Assert.InRange(Vector3.Distance(pair.First, pair.Second), 0, 4 * tolerance));
        }
    }

    private static byte[] Magic => [0x93, .. "NUMPY"u8];

    private static byte[] Header(string text) => [.. Magic, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Npy(int[] shape, float[] values, string type = "<f4", bool fortran = false)
    {
        var ordered = values;
        if (fortran && shape.Length > 1)
        {
            // The first index runs fastest.
            ordered = new float[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var (rest, place, stride) = (i, 0, values.Length);
                for (var axis = shape.Length - 1; axis >= 0; axis--)
                {
                    stride = shape[..axis].Aggregate(1, (product, length) => product * length);
                    place += rest % shape[axis] * stride;
                    rest /= shape[axis];
                }

                ordered[place] = values[i];
            }
        }

        var text = $"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': ({string.Concat(shape.Select(length => $"{length}, "))}), }}\n";
        return
        [
            .. Magic, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. Encoding.ASCII.GetBytes(text),
            .. ordered.SelectMany(value => type switch
            {
                "<f8" => BitConverter.GetBytes((double)value),
                "<i8" => BitConverter.GetBytes((long)value),
                _ => BitConverter.GetBytes(value),
            }),
        ];
    }

    private static IEnumerable<(string Name, int[] Shape, float[] Values)> Arrays(TwoHandClip clip)
    {
        yield return ("fps", [], [(float)clip.Fps]);
        yield return ("hand_size", [], [clip.Skeletons.Right.Size]);
        foreach (var side in HandSides.Both)
        {
            yield return ($"{side.Name()}_pose", [clip.FrameCount, 48], clip.Hands[side].Rotations);
            yield return ($"{side.Name()}_trans", [clip.FrameCount, 3], clip.Hands[side].Translations);
            yield return ($"{side.Name()}_joints", [clip.FrameCount, 21, 3], [.. clip.Points(side).SelectMany(point => (float[])[point.X, point.Y, point.Z])]);
        }
    }

    private static Dictionary<string, byte[]> Encoded(TwoHandClip clip) =>
        Arrays(clip).Reverse().ToDictionary(array => array.Name, array => Npy(array.Shape, array.Values));

    private static TwoHandClip Read(Dictionary<string, byte[]> arrays) => Read(arrays.Select(array => (array.Key, array.Value)), CompressionLevel.Fastest);

    private static TwoHandClip Read(IEnumerable<(string Name, byte[] Bytes)> arrays, CompressionLevel compression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in arrays)
            {
                using var entry = zip.CreateEntry(name + ".npy", compression).Open();
                entry.Write(bytes);
            }
        }

        stream.Position = 0;
        return NpzMotion.Read(stream, "test.npz");
    }

    private static string[] Describe(ZipArchive zip) =>
    [
        .. zip.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal).Select(entry =>
        {
            using var stream = entry.Open();
            return $"{entry.FullName} ({string.Join(", ", Formats.Motion.NpyArray.Read(stream, "test.npz", entry.FullName).Shape)})";
        }),
    ];
}
