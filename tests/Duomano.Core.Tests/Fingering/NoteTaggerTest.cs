using Duomano.Core.Fingering;
using Duomano.Core.Numerics;

namespace Duomano.Core.Tests.Fingering;

public class NoteTaggerTest
{
    private static readonly int[][] Sequence = [[1, 4], [], [0, 2, 3], [4], [1]];

    [Fact]
    public void WhatIsWritten_IsRead()
    {
        var network = Random();
        using var stream = new MemoryStream();
        network.Write(stream);
        stream.Position = 0;
        var read = NoteTagger.Read(stream);
        Assert.Equal((network.Features, network.Width, network.Hidden, network.Layers, network.Answers), (read.Features, read.Width, read.Hidden, read.Layers, read.Answers));
        Assert.Equal(network.Parameters.Select(value => (float)(Half)value), read.Parameters);
    }

    [Fact]
    public void OtherFiles_AreRefused() => Assert.Throws<InvalidDataException>(() => NoteTagger.Read(new MemoryStream(new byte[64])));

    [Fact]
    public void Probabilities_AddUpToOne()
    {
        var logarithms = Random().LogProbabilities(Sequence);
        Assert.All(logarithms.Chunk(3), note => Assert.Equal(1, note.Sum(value => Math.Exp(value)), 5));
    }

    [Fact]
    public void EveryNoteSeesTheFirstAndTheLast()
    {
        var network = Random();
        var scores = network.Scores(Sequence);
        AssertAllDiffer(scores, network.Scores([[2], .. Sequence[1..]]));
        AssertAllDiffer(scores, network.Scores([.. Sequence[..^1], [2]]));

        static void AssertAllDiffer(float[] a, float[] b) => Assert.All(a.Zip(b), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void NoNotes_HaveNoScores() => Assert.Empty(Random().Scores([]));

    [Fact]
    public void CancelledReading_Stops() =>
        Assert.Throws<OperationCanceledException>(() => Random().Scores(Sequence, new CancellationToken(canceled: true)));

    private static NoteTagger Random()
    {
        var network = new NoteTagger(features: 5, width: 6, hidden: 4, layers: 2, answers: 3);
        new SeededRandom(3).FillGaussian(network.Parameters);
        return network;
    }
}
