using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Corpus.Layout;
using Duomano.Formats.Motion;
using Duomano.Training.Autoencoder;

namespace Duomano.Training.Tests.Autoencoder;

public class PoseDatasetTests
{
    [Fact]
    public void Stretches_are_those_in_which_both_hands_are_seen()
    {
        var rows = PerHand.Create(side => Rows(100, side == HandSide.Left ? 30 : 62, side == HandSide.Left ? 0 : 1000));
        var item = new CorpusItem { Uploader = "someone", Video = "video", AnnotationPath = "video_seq_0000.json" };
        var stretches = PoseDataset.Stretches(new(item, new() { Rows = rows, Fps = 30 }, [])).ToArray();
        // Whole seconds: 90 frames; one hand is lost at 30, the other at 62.
        Assert.Equal([30, 31, 27], stretches.Select(stretch => stretch.Length / 96));
        // The right hand first; flag and translation are left out.
        Assert.Equal([1000 + 4, 1000 + 51, 4, 51], [stretches[0][0], stretches[0][47], stretches[0][48], stretches[0][95]]);
        Assert.Equal(63 * 100 + 4, stretches[2][48]);

        var data = new PoseDataset(stretches, 29);
        Assert.Equal(61, data.FrameCount);
        var firsts = Enumerable.Range(0, 200).Select(i => data.Draw(new SeededRandom(i))[48]).Distinct().Order();
        Assert.Equal([4f, 104, 3104, 3204, 3304], firsts);
        Assert.Equal(5, data.Spread(100).Count());
        Assert.Throws<ArgumentException>(() => new PoseDataset(stretches, 32));
    }

    // Frame f, column c: first + 100 f + c.
    private static float[] Rows(int frames, int lost, int first)
    {
        var rows = new float[frames * Annotation.RowLength];
        for (var i = 0; i < rows.Length; i++) rows[i] = first + i / Annotation.RowLength * 100 + i % Annotation.RowLength;
        for (var frame = 0; frame < frames; frame++) rows[frame * Annotation.RowLength] = frame == lost ? 0 : 1;
        return rows;
    }
}
