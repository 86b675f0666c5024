using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Tests.Gesture;

/// <summary>The networks ask for exactly the tensors that the published checkpoints hold.</summary>
[Trait("Category", "Reference")]
public class CheckpointKeysTest_Reference
{
    private static readonly StateDict Checkpoint = Shapes("piano2pose-left");

    private static readonly PublishedArguments Arguments = PublishedArguments.Read(
        File.ReadAllText(Golden.Path("unet/experiment/args.txt")), File.ReadAllText(Golden.Path("unet/experiment/args_posi.txt")), Checkpoint);

    [Fact]
    public void GestureNetwork() => AssertFits(TwoHandUNet.Parameters(Arguments.Gesture, ReferenceCompatibility.Published), Checkpoint.Under("model."));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OtherFusionModes(int mode)
    {
        var declared = TwoHandUNet.Parameters(Arguments.Gesture with { Fusion = (FusionMode)mode }, ReferenceCompatibility.Published);
        var expected = new StateDict();
        var published = Checkpoint.Under("model.");
        foreach (var name in published.Names.Where(name => !name.StartsWith("diff_attn.") && (mode > 0 || !name.StartsWith("cross_attn.")))) expected[name] = published[name];
        if (mode < 2) expected.AddUnder("", Shapes($"fusion{mode}-overrides-left").Under("model."));
        AssertFits(declared, expected);
    }

    [Fact]
    public void PositionPredictor()
    {
        var published = Checkpoint.Under("piano2posi.");
        var expected = new StateDict();
        foreach (var name in published.Names.Where(name => !name.StartsWith("audio_encoder_cont."))) expected[name] = published[name];
        AssertFits(PositionNetwork.Parameters(Arguments.Position, ReferenceCompatibility.Published), expected);
    }

    [Fact]
    public void WithoutCompatibility_OnlyTheUnusedParametersAreGone()
    {
        var ours = TwoHandUNet.Parameters(Arguments.Gesture).Select(parameter => parameter.Name);
        var published = TwoHandUNet.Parameters(Arguments.Gesture, ReferenceCompatibility.Published).Select(parameter => parameter.Name);
        Assert.Equal(published.Where(name => !name.StartsWith("cross_attn.")), ours);
    }

    private static void AssertFits(IReadOnlyList<ParameterDeclaration> declared, StateDict published)
    {
        Assert.Null(declared.Mismatch(published));
        Assert.Equal(published.Count, declared.Count);
    }

    private static StateDict Shapes(string fileNameStart)
    {
        var file = Golden.Json("checkpoint_keys.json").EnumerateObject().First(file => file.Name.Contains($"/{fileNameStart}", StringComparison.Ordinal));
        var shapes = new StateDict();
        foreach (var tensor in file.Value.EnumerateObject())
        {
            int[] shape = [.. tensor.Value[1].EnumerateArray().Select(size => size.GetInt32())];
            shapes[tensor.Name] = new(new float[shape.Aggregate(1, (product, size) => product * size)], shape);
        }

        return shapes;
    }
}
