using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Motion;

public class AnnotationJsonTest
{
    [Fact]
    public void A_clip_comes_back()
    {
        var clip = Clips.Smooth(frames: 50);
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("motion.json");
        AnnotationJson.Write(path, Annotation.FromClip(clip));
        var annotation = AnnotationJson.Read(path);
        Assert.Equal(("duomano", 1.1f, 30), (annotation.HandModel, annotation.HandSize, annotation.Fps));

        // Six decimals, and 24 m in float32.
        NpzMotionTest.AssertSame(clip, annotation.ToClip(), 4e-6f);
        Assert.Equal(clip.Notes.Count, annotation.Notes.Count);
        Assert.All(clip.Notes.Zip(annotation.Notes), pair =>
        {
            Assert.Equal((pair.First.Key, pair.First.Velocity, pair.First.Hand, pair.First.Finger), (pair.Second.Key, pair.Second.Velocity, pair.Second.Hand, pair.Second.Finger));
            Assert.Equal(pair.First.Onset, pair.Second.Onset, 1e-6);
        });
    }

    [Fact]
    public void Lengths_of_fingers_and_frames_that_were_not_seen_come_back()
    {
        var seen = new PerHand<bool[]>([.. Enumerable.Range(0, 12).Select(frame => frame is < 4 or > 6)], [.. Enumerable.Repeat(true, 12)]);
        var smooth = Clips.Smooth(frames: 12);
        var clip = new TwoHandClip(smooth.Hands, TwoHandClip.SkeletonsOfSize(1.1f, fingerLengths: [1, 0.95f, 1.05f, 1, 1.1f]), 30, smooth.Notes) { Seen = seen };
        using var stream = new MemoryStream();
        AnnotationJson.Write(stream, Annotation.FromClip(clip));
        stream.Position = 0;
        var annotation = AnnotationJson.Read(stream);
        Assert.Equal([1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1], Enumerable.Range(0, 12).Select(frame => annotation.Row(HandSide.Left, frame)[0]));
        var back = annotation.ToClip();
        // What was guessed is kept as well.
        NpzMotionTest.AssertSame(clip, back, 4e-6f);
        Assert.Equal(clip.Skeletons.Left.FingerLengths, back.Skeletons.Left.FingerLengths);
        Assert.Equal(seen.Left, back.Seen!.Value.Left);
        Assert.Equal(seen.Right, back.Seen!.Value.Right);
        Assert.Null(Annotation.FromClip(smooth).ToClip().Seen);
    }

    [Theory]
    [InlineData("[1, 1]", "'finger_lengths' has not exactly 5 numbers")]
    [InlineData("[1, 1, 1, 1, 3]", "'finger_lengths' is 3, expected 0.69")]
    [InlineData("{}", "an object, expected 'finger_lengths' as a list of 5 numbers")]
    public void Lengths_of_fingers_that_are_none_are_refused(string lengths, string problem)
    {
        var json = $$"""{"left":[],"right":[],"fps":30,"finger_lengths":{{lengths}}}""";
        var error = Assert.Throws<UnreadableFileException>(() => AnnotationJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pedal_comes_back()
    {
        using var stream = new MemoryStream();
        AnnotationJson.Write(stream, Annotation.FromClip(Clips.Smooth(frames: 5).WithPedal([new(0.05, 127), new(0.1, 64), new(0.125, 0)])));
        stream.Position = 0;
        Assert.Equal([(0.05, 127), (0.1, 64), (0.125, 0)], AnnotationJson.Read(stream).ToClip().Pedal.Select(change => (Math.Round(change.Time, 6), change.Value)));
    }

    [Theory]
    [InlineData("[[1]]", "the value of pedal change 0")]
    [InlineData("[[1, 128]]", "the value of pedal change 0 is 128, expected 0 to 127")]
    [InlineData("[[-1, 0]]", "the time of pedal change 0 is -1")]
    [InlineData("[[0, 1], [1, 2, 3]]", "pedal change 1 has more than 2 numbers")]
    public void A_pedal_that_is_none_is_refused(string pedal, string problem)
    {
        var json = $$"""{"left":[],"right":[],"fps":30,"pedal":{{pedal}}}""";
        var error = Assert.Throws<UnreadableFileException>(() => AnnotationJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_of_many_lines_is_told_in_one()
    {
        var json = $$"""{"hand_build":"pia\nnist{{new string('x', 1000)}}"}""";
        var error = Assert.Throws<UnreadableFileException>(() => AnnotationJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(error.Message.Length, 20, 200);
    }

    [Fact]
    public void Everything_else_comes_back()
    {
        var annotation = Sample(2) with
        {
            Fps = 29.97,
            Adjust = new(0.001f, -0.04f, 0.3f),
            StartFrame = 721,
            Video = "BV1",
            HandModel = "mano",
            HandSize = null,
            Style = "dolce",
        };
        using var stream = new MemoryStream();
        AnnotationJson.Write(stream, annotation);
        stream.Position = 0;
        var back = AnnotationJson.Read(stream);
        Assert.Equal(annotation with { Rows = back.Rows, Notes = back.Notes, Pedal = back.Pedal }, back);
        Assert.Equal(annotation.Rows.Left, back.Rows.Left);
        Assert.Equal(annotation.Rows.Right, back.Rows.Right);
    }

    [Fact]
    public void The_published_loader_finds_what_it_asks_for()
    {
        using var stream = new MemoryStream();
        AnnotationJson.Write(stream, Annotation.FromClip(Clips.Smooth(frames: 20)));
        using var json = JsonDocument.Parse(stream.ToArray());
        var root = json.RootElement;

        // It uses fps as a number of frames, so "30", not "30.0".
        Assert.Equal("30", root.GetProperty("fps").GetRawText());
        Assert.Equal(3, root.GetProperty("adjust").GetArrayLength());
        Assert.Equal(0, root.GetProperty("start_frame").GetInt32());
        foreach (var hand in (string[])["left", "right"])
        {
            Assert.Equal(20, root.GetProperty(hand).GetArrayLength());
            Assert.All(root.GetProperty(hand).EnumerateArray(), row =>
            {
                Assert.Equal(62, row.GetArrayLength());
                Assert.Equal(1, row[0].GetDouble());
                Assert.InRange(row[3].GetDouble(), 23, 25);
            });
        }

        // The left hand, left of the middle, is stored right of it.
        Assert.True(root.GetProperty("left")[0][1].GetDouble() > 0);
    }

    [Fact]
    public void An_annotation_of_the_published_set_is_read()
    {
        // Its keys in its order, whole numbers without a point.
        var row = "[1,-0.2,0.1,19.5," + string.Join(",", Enumerable.Repeat("0.1", 58)) + "]";
        var annotation = Read($$"""{"left":[{{row}}],"right":[{{row}}],"fps":60,"adjust":[-0.0008,-0.0384,0.3594],"start_frame":1717,"bv":"BV1cc411C7cc"}""");
        Assert.Equal((60, 1717, "BV1cc411C7cc", null), (annotation.Fps, annotation.StartFrame, annotation.Video, annotation.HandModel));
        var clip = annotation.ToClip();

        // MANO's wrist rests 96 mm along x; the height and the depth are adjusted, the side is not.
        AssertNear(new(-0.2f + 0.096f, 24 - 19.5f - 0.3594f, 0.1f - 0.0384f), clip.Hands.Right.Wrist(0));
        AssertNear(new(0.2f - 0.096f, 24 - 19.5f - 0.3594f, 0.1f - 0.0384f), clip.Hands.Left.Wrist(0));
    }

    [Fact]
    public void Where_a_row_is_not_valid_the_hand_stays()
    {
        var clip = Clips.Smooth(frames: 6);
        var annotation = Annotation.FromClip(clip);
        foreach (var frame in (int[])[0, 3, 4]) annotation.Rows.Right.AsSpan(frame * 62, 62).Clear();
        var track = annotation.ToClip().Hands.Right;
        foreach (var (frame, seen) in ((int, int)[])[(0, 1), (1, 1), (2, 2), (3, 2), (4, 2), (5, 5)])
        {
            AssertNear(clip.Hands.Right.Wrist(seen), track.Wrist(frame));
        }
    }

    [Fact]
    public void Other_keys_are_passed_over() =>
        Assert.Equal(0, Read("""{"left":[],"camera":{"f":[1,2,{"x":null}]},"right":[],"fps":30,"bv":null}""").FrameCount);

    public static TheoryData<string, string> Broken => new()
    {
        { "", "the file is empty" },
        { "{", "not JSON" },
        { "[]", "byte 0: a list, expected an object with 'left', 'right' and 'fps'" },
        { "{}", "there is no 'left'" },
        { """{"left":[],"fps":30}""", "there is no 'right'" },
        { """{"left":[],"right":[]}""", "there is no 'fps'" },
        { """{"left":[],"right":[],"fps":30""", "not JSON" },
        { """{"left":[],"right":[],"fps":30} {}""", "not JSON" },
        { """{"left":[],"right":[],"fps":0}""", "'fps' is 0, expected" },
        { """{"left":[],"right":[],"fps":-1}""", "'fps' is -1" },
        { """{"left":[],"right":[],"fps":1e999}""", "'fps' is 1e999" },
        { """{"left":[],"right":[],"fps":"30"}""", "a text, expected 'fps' as a number" },
        { """{"left":7,"right":[],"fps":30}""", "byte 8: a number, expected a list of rows" },
        { """{"left":[7],"right":[],"fps":30}""", "byte 9: a number, expected row 0 of 'left'" },
        { """{"left":[[1,2]],"right":[],"fps":30}""", "row 0 of 'left' has 2 numbers, expected 62" },
        { $$"""{"left":[],"right":[[{{string.Join(",", new int[63])}}]],"fps":30}""", "row 0 of 'right' has more than 62 numbers" },
        { """{"left":[["a"]],"right":[],"fps":30}""", "a text, expected a number in row 0 of 'left' as a number" },
        { """{"left":[[NaN]],"right":[],"fps":30}""", "not JSON" },
        { """{"left":[[1e30]],"right":[],"fps":30}""", "a number in row 0 of 'left' is 1e30, expected -1000 to 1000" },
        { $$"""{"left":[[{{string.Join(",", new int[62])}}]],"right":[],"fps":30}""", "the left hand has 1 rows, the right one 0" },
        { """{"left":[],"right":[],"fps":30,"adjust":[1,2]}""", "'adjust' has not exactly 3 numbers" },
        { """{"left":[],"right":[],"fps":30,"adjust":3}""", "expected 'adjust' as a list" },
        { """{"left":[],"right":[],"fps":30,"start_frame":1e12}""", "'start_frame' is 1e12" },
        { """{"left":[],"right":[],"fps":30,"hand_size":7}""", "'hand_size' is 7" },
        { """{"left":[],"right":[],"fps":30,"hand_model":7}""", "a number, expected a text" },
        { """{"left":[],"right":[],"fps":30,"notes":[[0,1,60]]}""", "note 0 has 3 numbers, expected 6" },
        { """{"left":[],"right":[],"fps":30,"notes":[[0,1,60,64,1,1,1]]}""", "note 0 has more than 6 numbers" },
        { """{"left":[],"right":[],"fps":30,"notes":[[0,1,5,64,1,1]]}""", "note 0 has a pitch of 5" },
        { """{"left":[],"right":[],"fps":30,"notes":[[0,1,60,64,2,1]]}""", "note 0 has a hand of 2" },
        { """{"left":[],"right":[],"fps":30,"notes":[[0,1,60,64,1,6]]}""", "note 0 has a finger of 6" },
        { """{"left":[],"right":[],"fps":30,"notes":[[-1,1,60,64,1,1]]}""", "note 0 has an onset of -1 s" },
        { string.Concat(Enumerable.Repeat("{\"a\":", 5000)), "not JSON" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void The_message_names_file_place_and_problem(string json, string message)
    {
        var error = Assert.Throws<UnreadableFileException>(() => Read(json));
        Assert.StartsWith("test.json: ", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_unreadable()
    {
        byte[] bytes = [.. "{\"left\":[],\"right\":[],\"fps\":30,\"bv\":\""u8, 0xFF, 0xFE, .. "\"}"u8];
        Assert.Throws<UnreadableFileException>(() => AnnotationJson.Read(new MemoryStream(bytes), "test.json"));
    }

    [Fact]
    public void Rows_are_whole()
    {
        Assert.Throws<ArgumentException>(() => new Annotation { Rows = new(new float[61], new float[61]), Fps = 30 });
        Assert.Throws<ArgumentException>(() => new Annotation { Rows = new(new float[62], new float[124]), Fps = 30 });
    }

    private static Annotation Sample(int frames) => new()
    {
        // Numbers that six decimals hold.
        Rows = PerHand.Create(side => Enumerable.Range(0, frames * 62).Select(i => (i * 7 + (int)side) % 100 / 64f).ToArray()),
        Fps = 30,
    };

    private static Annotation Read(string json) => AnnotationJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "test.json");

    private static void AssertNear(Vector3 expected, Vector3 actual) =>
        Assert.True(Vector3.Distance(expected, actual) < 1e-5f, string.Create(CultureInfo.InvariantCulture, $"{actual}, expected {expected}"));
}
