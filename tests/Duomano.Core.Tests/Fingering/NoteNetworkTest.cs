using Duomano.Core.Fingering;
using Duomano.Core.Numerics;

namespace Duomano.Core.Tests.Fingering;

public class NoteNetworkTest
{
    [Fact]
    public void WhatIsWritten_IsRead()
    {
        var network = Random();
        using var stream = new MemoryStream();
        network.Write(stream);
        stream.Position = 0;
        var read = NoteNetwork.Read(stream);
        Assert.Equal((network.Features, network.Hidden, network.Middle, network.Answers), (read.Features, read.Hidden, read.Middle, read.Answers));
        Assert.Equal(network.Parameters.Select(value => (float)(Half)value), read.Parameters);
    }

    [Fact]
    public void OtherFiles_AreRefused() => Assert.Throws<InvalidDataException>(() => NoteNetwork.Read(new MemoryStream(new byte[64])));

    [Fact]
    public void AnswersAreTheLayersOneAfterTheOther()
    {
        var network = Random();
        int[] features = [1, 4, 6];
        var sum = network.Bias.ToArray();
        network.Add(features, sum);
        var found = new float[3];
        network.Judge(sum, found);

        var hidden = Enumerable.Range(0, 8).Select(h => Math.Max(0.0, network.Bias[h] + features.Sum(f => (double)network.Row(f)[h]))).ToArray();
        var middle = Enumerable.Range(0, 8).Select(m => Math.Max(0.0, network.MiddleBias[m] + hidden.Select((value, h) => value * network.MiddleWeights[m * 8 + h]).Sum())).ToArray();
        var raw = Enumerable.Range(0, 3).Select(a => Math.Exp(network.LastBias[a] + middle.Select((value, m) => value * network.LastWeights[a * 8 + m]).Sum())).ToArray();
        for (var answer = 0; answer < 3; answer++) Assert.Equal(Math.Log(raw[answer] / raw.Sum()), found[answer], 4);
    }

    private static NoteNetwork Random()
    {
        var network = new NoteNetwork(7, 8, 8, 3);
        new SeededRandom(3).FillGaussian(network.Parameters);
        return network;
    }
}
