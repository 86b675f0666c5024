using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;
using Duomano.Tests;

namespace Duomano.Networks.Tests.Checkpoints;

/// <summary>A published experiment's folder, whole and with one thing wrong.</summary>
[Trait("Category", "Reference")]
public sealed class PublishedExperimentTests_Reference : IDisposable
{
    private const string Predictor = "piano2posi.";

    private static readonly PerHand<StateDict> Published =
        PerHand.Create(side => PyTorchCheckpoint.Read(Golden.Find("unet/experiment", $"piano2pose-{side.Name()}-*.ckpt")).StateDict);

    private readonly TemporaryFolder _folder = new();

    private static string Encoder => Directory.GetDirectories(Golden.Path("position/large_like")).Single();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_newest_checkpoints_of_both_hands_are_taken()
    {
        WriteArguments();
        foreach (var side in HandSides.Both)
        {
            Write("piano2pose", side, 9000, new());
            Write("piano2pose", side, 21000, Published[side], "deeper/version_1");
            Write("piano2pose", side, 8000, new());
            Write("piano2posi", side, 1000, Published[side].Under(Predictor));
        }

        var read = PublishedExperiment.Read(_folder.PathOf(""), Encoder);
        Assert.Equal((21000, 21000), (read.Files.Left.Iteration, read.Files.Right.Iteration));
        Assert.Empty(read.Remarks);
        Assert.Equal(8, read.Arguments.WindowSeconds);
        Assert.Equal(48, read.Arguments.Position.AudioEncoder!.Width);
        foreach (var side in HandSides.Both)
        {
            Assert.Equal(Published[side]["model.init_conv.weight"].Values, read.Gesture[side]["init_conv.weight"].Values);
            Assert.Equal(Published[side][Predictor + "bs_map_r.1.bias"].Values, read.Position[side]["bs_map_r.1.bias"].Values);
            Assert.DoesNotContain(read.Position[side].Names, name => name.Contains("lm_head", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Different_iterations_and_other_predictors_are_remarked_upon()
    {
        WriteArguments();
        Write("piano2pose", HandSide.Left, 1000, Published.Left);
        Write("piano2pose", HandSide.Right, 2000, Published.Right);
        var other = Published.Left.Under(Predictor);
        other["bs_map_r.1.bias"] = new([1, 2, 3], 3);
        Write("piano2posi", HandSide.Left, 500, other);
        var remarks = PublishedExperiment.Read(_folder.PathOf(""), Encoder).Remarks;
        Assert.Equal(2, remarks.Count);
        Assert.Contains("left hand is of iteration 1000, the right one of 2000", remarks[0], StringComparison.Ordinal);
        Assert.Contains("piano2posi-left-iter=500-val_loss=0.5.ckpt is not the predictor inside", remarks[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Hands_that_are_mixed_up_are_found_by_their_content()
    {
        WriteBoth();
        Write("piano2posi", HandSide.Left, 1, Published.Right.Under(Predictor));
        Write("piano2posi", HandSide.Right, 1, Published.Left.Under(Predictor));
        Refused("the left and the right hand are mixed up");
    }

    [Fact]
    public void One_hand_twice_is_refused()
    {
        WriteArguments();
        foreach (var side in HandSides.Both) Write("piano2pose", side, 1, Published.Left);
        Refused("holds the same gesture network as piano2pose-left-iter=1-val_loss=0.5.ckpt");
    }

    [Fact]
    public void A_predictor_under_a_gesture_networks_name_is_refused()
    {
        WriteBoth();
        Write("piano2pose", HandSide.Right, 2, Published.Right.Under(Predictor));
        Refused("holds a position predictor alone");
    }

    [Fact]
    public void Two_files_of_one_iteration_are_refused()
    {
        WriteBoth();
        Write("piano2pose", HandSide.Left, 1, Published.Left, "copy");
        Refused("are of the same iteration");
    }

    [Theory]
    [InlineData("model.init_conv.bias", null, "the gesture network: 1 missing: init_conv.bias [8]")]
    [InlineData("model.extra", "3", "the gesture network: 1 unexpected: extra [3]")]
    [InlineData("model.init_conv.bias", "9", "the gesture network: 1 of another shape: init_conv.bias [9] instead of [8]")]
    [InlineData("piano2posi.bs_map_r.1.bias", null, "the position predictor: 1 missing: bs_map_r.1.bias [3]")]
    [InlineData("piano2posi.audio_encoder_cont.encoder.layer_norm.bias", "47", "of another shape: audio_encoder_cont.encoder.layer_norm.bias [47] instead of [48]")]
    [InlineData("piano2posi.extra", "1", "the position predictor: 1 unexpected: extra [1]")]
    [InlineData("optimizer.extra", "1", "1 unexpected: 'optimizer.extra'")]
    [InlineData("posterior_variance", null, "the noise schedule: 1 missing: posterior_variance")]
    [InlineData("betas", "20", "betas: is [20], args.txt says 1000 steps")]
    [InlineData("betas", "1000", "are not those of the cosine schedule of 1000 steps")]
    public void Tensors_that_are_missing_unexpected_or_of_another_shape_are_named(string name, string? size, string problem)
    {
        WriteArguments();
        Write("piano2pose", HandSide.Left, 1, Published.Left);
        var changed = new StateDict();
        foreach (var kept in Published.Right.Names.Where(kept => kept != name)) changed[kept] = Published.Right[kept];
        if (size is not null) changed[name] = new(new float[int.Parse(size)], int.Parse(size));
        Write("piano2pose", HandSide.Right, 1, changed);
        Refused(problem);
        Refused("piano2pose-right-iter=1");
    }

    [Theory]
    [InlineData("args.txt")]
    [InlineData("args_posi.txt")]
    [InlineData("piano2pose-left-iter=1-val_loss=0.5.ckpt")]
    [InlineData("piano2pose-right-iter=1-val_loss=0.5.ckpt")]
    public void Missing_files_are_named(string file)
    {
        WriteBoth();
        File.Delete(_folder.PathOf(file));
        Refused(file.Split("-iter")[0]);
    }

    [Fact]
    public void Without_the_encoders_folder_its_sizes_show_only_where_heads_are_of_the_usual_width()
    {
        WriteBoth();
        var problem = Assert.Throws<UnreadableFileException>(() => PublishedExperiment.Read(_folder.PathOf("")));
        Assert.Contains("is 48 wide, so that its number of heads does not show", problem.Message, StringComparison.Ordinal);
        foreach (var known in new[] { Networks.Configuration.AudioEncoderConfig.Base, Networks.Configuration.AudioEncoderConfig.Large })
        {
            var small = known with { ConvWidths = [8, 8, 8, 8, 8, 8, 8], Width = 128, Heads = 2, Layers = 2, FeedForward = 16, PositionKernel = 4 };
            var weights = new StateDict();
            foreach (var parameter in Encoders.AudioEncoder.Parameters(small)) weights[parameter.Name] = new(new float[parameter.Count], parameter.Shape);
            Assert.Equal(System.Text.Json.JsonSerializer.Serialize(small), System.Text.Json.JsonSerializer.Serialize(EncoderSizes.Of(weights)));
        }
    }

    private void Refused(string problem)
    {
        var error = Assert.Throws<UnreadableFileException>(() => PublishedExperiment.Read(_folder.PathOf(""), Encoder));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private void WriteBoth()
    {
        WriteArguments();
        foreach (var side in HandSides.Both) Write("piano2pose", side, 1, Published[side]);
    }

    private void WriteArguments()
    {
        foreach (var name in new[] { "args.txt", "args_posi.txt" }) _folder.WithFile(name, File.ReadAllBytes(Golden.Path($"unet/experiment/{name}")));
    }

    private void Write(string kind, HandSide side, long iteration, StateDict tensors, string folder = "")
    {
        Directory.CreateDirectory(_folder.PathOf(folder));
        File.WriteAllBytes(_folder.PathOf(Path.Combine(folder, $"{kind}-{side.Name()}-iter={iteration}-val_loss=0.5.ckpt")), PickleWriter.Checkpoint(tensors));
    }
}
