using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Core.Tests.Fingering;

public class HandNetworkTest
{
    [Fact]
    public void WhatIsWritten_IsRead()
    {
        var network = Random(HandTags.Count);
        using var stream = new MemoryStream();
        network.Write(stream);
        stream.Position = 0;
        var read = HandNetwork.Read(stream);
        Assert.Equal(network.Reader.Parameters.Select(value => (float)(Half)value), read.Reader.Parameters);
        Assert.Equal(network.Judge.Parameters.Select(value => (float)(Half)value), read.Judge.Parameters);
    }

    [Fact]
    public void NetworksOfOtherFeatures_AreRefused()
    {
        using var stream = new MemoryStream();
        Random(HandTags.Count - 1).Write(stream);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => HandNetwork.Read(stream));
    }

    [Fact]
    public void HandsThatAreGiven_AreFeatures()
    {
        var notes = Phrase.Line(null, 0.2, 60, 64, 67);
        var bare = HandTags.Features(notes, 0.04);
        notes[1] = notes[1] with { Hand = HandSide.Right };
        var told = HandTags.Features(notes, 0.04);
        Assert.Equal(bare[0], told[0]);
        Assert.Equal(bare[1].Append(HandTags.Count - 1), told[1]);
    }

    [Fact]
    public void WhatComesNext_IsKnownBefore()
    {
        // The same first notes, then far below: what the network starts from at the first note is another.
        Note[] first = Phrase.Line(null, 0.4, Enumerable.Range(60, 30));
        Note[] second = [.. first[..^1], new Note(first[^1].Onset, first[^1].Offset, new(30), 64)];
        var network = BundledNetworks.Hands;
        Assert.NotEqual(network.Contexts(first, 0.04)[..network.Judge.Hidden], network.Contexts(second, 0.04)[..network.Judge.Hidden]);
    }

    private static HandNetwork Random(int features)
    {
        var network = new HandNetwork(new(features, 4, 2, 1, 8), new(HandFeatures.Count, 8, 8, 2));
        new SeededRandom(3).FillGaussian(network.Reader.Parameters);
        new SeededRandom(4).FillGaussian(network.Judge.Parameters);
        return network;
    }
}
