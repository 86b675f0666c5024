using Duomano.Core.Fingering;
using Duomano.Core.Numerics;
using Duomano.Training.Fingering;
using Duomano.Training.Torch;

namespace Duomano.Training.Tests.Fingering;

public class TaggerTrainingTests
{
    private static readonly TaggerOptions Small = new() { Width = 8, Hidden = 8, Layers = 1, Steps = 150, Batch = 8, Rate = 2e-2, Dropout = 0, Averaging = 0.9 };

    [Fact]
    public void Torch_and_plain_arithmetic_give_the_same_scores()
    {
        var network = new NoteTagger(features: 9, width: 7, hidden: 5, layers: 2, answers: 4);
        new SeededRandom(8).FillGaussian(network.Parameters);
        int[][] sequence = [[0, 3], [8], [], [1, 2, 5], [4, 7]];
        using var module = new TaggerModule(network);
        module.Load(network);
        var input = new float[sequence.Length * 9];
        for (var note = 0; note < sequence.Length; note++)
        {
            foreach (var feature in sequence[note]) input[note * 9 + feature] = 1;
        }

        using var scores = module.Forward(TorchTensors.From(input, [sequence.Length, 1, 9]), 0);
        Assert.All(scores.data<float>().ToArray().Zip(network.Scores(sequence)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Equal(network.Parameters, module.ToNetwork().Parameters);
    }

    [Fact]
    public void What_only_the_end_of_a_sequence_tells_is_learned()
    {
        var network = new TaggerTraining(3, 2, Small, Example).Fit();
        var random = new SeededRandom(77);
        var right = 0;
        for (var i = 0; i < 50; i++)
        {
            var example = Example(random);
            var logarithms = network.LogProbabilities(example.Features);
            if ((logarithms[1] > logarithms[0] ? 1 : 0) == example.Answers[0]) right++;
        }

        Assert.InRange(right, 48, 50);

        // The last note's feature decides for the first note.
        static TaggerExample Example(SeededRandom random)
        {
            var answer = random.Next(2);
            return new([[2], [2], [2], [answer]], [answer, -1, -1, -1]);
        }
    }

    [Fact]
    public void Equal_seeds_give_equal_networks()
    {
        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));

        static float[] Trained(long seed) =>
            new TaggerTraining(3, 2, Small with { Steps = 5, Seed = seed, Dropout = 0.2 }, random => new([[random.Next(3)], [2]], [0, 1])).Fit().Parameters;
    }
}
