using System.Text.Json;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Corpus.Layout;

namespace Duomano.Tests.Corpus.Layout;

/// <summary>Held to what the published loader returns for a miniature data set of 30, 25 and 60 frames a second.</summary>
[Trait("Category", "Reference")]
public sealed class PublishedLoaderTest_Reference
{
    private static readonly CorpusReader Reader = new(Golden.Path("dataset"));
    private static readonly JsonElement Info = Golden.Json("dataset/expected/info.json");

    public static bool HasFfmpeg => Capabilities.Ffmpeg;

    public static TheoryData<string> Videos => [.. Info.GetProperty("sequences").EnumerateObject().Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Videos))]
    public void WindowsAreThePublishedOnes(string video)
    {
        var sequence = Load(video);
        Assert.Equal(Info.GetProperty("sequences").GetProperty(video).GetProperty("rows").GetInt32(), sequence.Annotation.FrameCount);
        var window = PublishedLoader.First(sequence, null, new());
        foreach (var side in HandSides.Both)
        {
            var expected = Golden.Array($"dataset/expected/{video}_{side.Name()}.npy");
            Assert.Equal([window.FrameCount, window.Columns], expected.Shape);
            Golden.AssertClose(expected.Doubles, window.Rows[side], 2e-5, $"{video} {side}");
            var valid = Enumerable.Range(0, window.FrameCount).Count(frame => window.IsValid(side, frame)) / (double)window.FrameCount;
            Assert.Equal(Info.GetProperty("sequences").GetProperty(video).GetProperty("valid_fraction_exactly_one").GetProperty(side.Name()).GetDouble(), valid, 5);
        }
    }

    [Fact]
    public void WindowsWithoutAdjustmentAndWithShapeAreThePublishedOnes()
    {
        var files = Golden.List("dataset/expected", "*_noadjust_betas_4s.npy").ToArray();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var name = Path.GetFileName(file).Split('_');
            var window = PublishedLoader.First(Load(name[0]), null, new() { Seconds = 4, Adjust = false, KeepShape = true });
            var expected = Golden.Array(file);
            Assert.Equal([window.FrameCount, window.Columns], expected.Shape);
            Golden.AssertClose(expected.Doubles, window.Rows[name[1] == "left" ? HandSide.Left : HandSide.Right], 2e-5, file);
        }
    }

    [Fact]
    public void TheOrderIsThePublishedOne()
    {
        static IEnumerable<string> Names(JsonElement list) => list.EnumerateArray().Select(entry => entry.GetString()!);
        Assert.Equal(Names(Info.GetProperty("train_order_after_shuffle")), PublishedLoader.Order(Reader, CorpusSplit.Train).Select(item => item.Video));
        foreach (var filtered in Info.EnumerateObject().Where(entry => entry.Name.StartsWith("train_order_with_up_list_", StringComparison.Ordinal)))
        {
            var uploaders = filtered.Name["train_order_with_up_list_".Length..].Split('_');
            Assert.Equal(Names(filtered.Value), PublishedLoader.Order(Reader, CorpusSplit.Train, uploaders).Select(item => item.Video));
        }
    }

    [Fact]
    public void ShufflingIsPythons()
    {
        foreach (var permutation in Info.GetProperty("shuffle_seed_2014_permutations").EnumerateObject())
        {
            var items = Enumerable.Range(0, int.Parse(permutation.Name)).ToList();
            new MersenneTwister(2014).Shuffle(items);
            Assert.Equal(permutation.Value.EnumerateArray().Select(entry => entry.GetInt32()), items);
        }
    }

    [Theory(Skip = "ffmpeg is missing", SkipUnless = nameof(HasFfmpeg))]
    [MemberData(nameof(Videos))]
    public void SoundIsAsLoudAsThePublishedDecoders(string video)
    {
        var sequence = Load(video);
        var sound = PublishedLoader.First(sequence, CorpusReader.LoadSound(sequence.Item), new()).Sound!;
        Assert.Equal(8 * 16000, sound.Length);
        var info = Info.GetProperty("sequences").GetProperty(video);
        // The number was taken behind a decoder that weighs each of two channels by 1/√2, where the mean weighs by 1/2.
        var louder = info.GetProperty("source_channels").GetInt32() == 2 ? Math.Sqrt(2) : 1;
        var expected = info.GetProperty("decoded_16k_window_rms").GetDouble() / louder;
        Assert.InRange(Math.Sqrt(sound.Average(sample => (double)sample * sample)), expected * 0.97, expected * 1.03);
    }

    [Fact]
    public void RandomWindowsStayInsideAndKeepSoundAndMotionTogether()
    {
        var sequence = Load(Videos.First().Data);
        var annotation = sequence.Annotation;
        var sound = new float[annotation.FrameCount * 16000 / (int)annotation.Fps];
        for (var i = 0; i < sound.Length; i++) sound[i] = i;
        var random = new SeededRandom(1);
        var starts = new HashSet<int>();
        for (var i = 0; i < 300; i++)
        {
            var window = PublishedLoader.Random(sequence, sound, new() { Adjust = false }, random);
            var row = (int)Math.Floor(window.Sound![0] / sound.Length * annotation.FrameCount);
            starts.Add(row);
            Assert.Equal(annotation.Row(HandSide.Right, row)[1..52].ToArray(), window.Rows.Right[1..52]);
        }

        Assert.Equal(annotation.FrameCount - 8 * (int)annotation.Fps + 1, starts.Count);
        Assert.Throws<ArgumentException>(() => PublishedLoader.First(sequence, null, new() { Seconds = 60 }));
    }

    private static CorpusSequence Load(string video) =>
        CorpusReader.Load(Assert.Single(CorpusSplits.All.SelectMany(Reader.List).Where(item => item.Video == video).DistinctBy(item => item.AnnotationPath)));
}
