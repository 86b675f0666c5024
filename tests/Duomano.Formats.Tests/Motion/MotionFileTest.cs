using System.Globalization;
using Duomano.Core.Hands;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Motion;

public class MotionFileTest
{
    [Theory]
    [InlineData("a.npz")]
    [InlineData("a.JSON")]
    public void The_ending_tells_the_format(string name)
    {
        var clip = Clips.Smooth();
        using var folder = new TemporaryFolder();
        MotionFile.Write(folder.PathOf(name), clip);
        Assert.Equal([name], folder.Files);
        NpzMotionTest.AssertSame(clip, MotionFile.Read(folder.PathOf(name)), 4e-6f);
    }

    [Fact]
    public void Every_writable_ending_writes_a_file()
    {
        using var folder = new TemporaryFolder();
        foreach (var extension in MotionFile.WritableExtensions)
        {
            MotionFile.Write(folder.PathOf("a" + extension), Clips.Smooth(frames: 5));
            Assert.True(new FileInfo(folder.PathOf("a" + extension)).Length > 500, extension);
        }
    }

    [Theory]
    [InlineData("motion.fbx")]
    [InlineData("motion")]
    public void Other_endings_are_refused_with_those_that_are_known(string path)
    {
        var error = Assert.Throws<ArgumentException>(() => MotionFile.Read(path));
        Assert.StartsWith($"{path}: motion cannot be read as '{Path.GetExtension(path)}', expected ", error.Message, StringComparison.Ordinal);
        Assert.Contains(".npz, .json", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => MotionFile.Write(path, Clips.Smooth(frames: 1)));
        Assert.Contains(".csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_has_a_row_a_frame_and_names_its_columns()
    {
        var clip = Clips.Smooth(frames: 5);
        using var stream = new MemoryStream();
        CsvMotion.Write(stream, clip);
        stream.Position = 0;
        var lines = new StreamReader(stream).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        Assert.Equal(6, lines.Length);
        Assert.All(lines, line => Assert.Equal(1 + 2 * (3 + 48 + 63), line.Length));
        var points = PerHand.Create(clip.Points);
        for (var frame = 0; frame < 5; frame++)
        {
            var row = lines[0].Zip(lines[frame + 1]).ToDictionary(cell => cell.First, cell => double.Parse(cell.Second, CultureInfo.InvariantCulture));
            Assert.Equal(frame / 30.0, row["time"], 1e-6);
            Assert.Equal(clip.Hands.Left.Wrist(frame).Y, row["left_trans_y"], 1e-6);
            Assert.Equal(clip.Hands.Right.GetPose(frame).Rotations[15].Z, row["right_thumb3_rot_z"], 1e-6);
            Assert.Equal(points.Left[frame * 21 + 20].X, row["left_little_tip_x"], 1e-6);
            Assert.Equal(points.Right[frame * 21].Z, row["right_wrist_z"], 1e-6);
        }
    }
}
