using Duomano.Networks.Checkpoints;
using Duomano.Tests;

namespace Duomano.Networks.Tests.Checkpoints;

/// <summary>Checkpoints that PyTorch wrote, against the list of what it put in.</summary>
[Trait("Category", "Reference")]
public class PyTorchCheckpointTests_Reference
{
    [Fact]
    public void NamesAndSizes_AreThoseWritten()
    {
        var seen = 0;
        foreach (var file in Golden.Json("checkpoint_keys.json").EnumerateObject().Where(file => Golden.Has(file.Name)))
        {
            var checkpoint = PyTorchCheckpoint.Read(Golden.Path(file.Name));
            var tensors = checkpoint.StateDict.Count > 0 ? checkpoint.StateDict : checkpoint.TensorsOf("gen_dict");
            Assert.Equal(file.Value.EnumerateObject().Select(key => key.Name), tensors.Names);
            foreach (var key in file.Value.EnumerateObject())
            {
                Assert.Equal(key.Value[1].EnumerateArray().Select(size => size.GetInt32()), tensors[key.Name].Shape);
                seen++;
            }
        }

        Assert.True(seen > 100);
    }

    [Fact]
    public void Values_AreThoseWritten()
    {
        var checkpoint = PyTorchCheckpoint.Read(Golden.Find("unet/experiment", "piano2pose-left-*.ckpt"));
        foreach (var name in new[] { "betas", "sqrt_recipm1_alphas_cumprod", "posterior_mean_coef1" })
        {
            Golden.AssertClose($"diffusion/schedule/T1000/{name}.npy", checkpoint.StateDict[name].Values, checkpoint.StateDict[name].Shape);
        }
    }

    [Fact]
    public void Arguments_AreThoseOfTheArgumentsFile()
    {
        var checkpoint = PyTorchCheckpoint.Read(Golden.Find("unet/experiment", "piano2pose-right-*.ckpt"));
        var arguments = Golden.Json("unet/experiment/args.txt");
        Assert.Equal(arguments.GetProperty("unet_dim").GetInt64(), checkpoint.HyperParameters["unet_dim"]);
        Assert.Equal(arguments.GetProperty("lr").GetDouble(), checkpoint.HyperParameters["lr"]);
        Assert.Equal(arguments.GetProperty("hidden_type").GetString(), checkpoint.HyperParameters["hidden_type"]);
        Assert.Equal(arguments.GetProperty("adjust").GetBoolean(), checkpoint.HyperParameters["adjust"]);
    }

    [Fact]
    public void NewerWeightNormSpelling_HoldsTheSameNumbers()
    {
        var newer = WeightNormNames.Normalize(PyTorchCheckpoint.Read(Golden.Path("position/large_like/pos_conv_new_key_names.ckpt")).StateDict);
        var older = PyTorchCheckpoint.Read(Golden.Find("unet/experiment", "piano2pose-left-*.ckpt")).StateDict.Under("piano2posi.");
        var (compared, magnitudes) = (0, 0);
        foreach (var name in newer.Names)
        {
            var twin = older.Names.Single(other => other.EndsWith(name, StringComparison.Ordinal));
            Assert.Equal(older[twin].Shape, newer[name].Shape);
            Assert.Equal(older[twin].Values, newer[name].Values);
            compared++;
            if (name.EndsWith("weight_g", StringComparison.Ordinal)) magnitudes++;
        }

        Assert.Equal((3, 1), (compared, magnitudes));
    }
}
