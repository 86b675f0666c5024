using System.Globalization;
using System.Text.RegularExpressions;
using Duomano.Networks.Layers;

namespace Duomano.Networks.Tests.Layers;

[Trait("Category", "Reference")]
public partial class AttentionMasksTest_Reference
{
    [Fact]
    public void BiasedCausal()
    {
        var compared = 0;
        foreach (var file in Golden.List("unet/masks", "biased_mask_*.npy"))
        {
            var name = FileName().Match(file);
            var (period, frames) = (Number("period"), Number("frames"));
            var expected = Golden.Array(file);
            Assert.Equal([4, frames, frames], expected.Shape);
            Golden.AssertClose(expected.Doubles, AttentionMasks.BiasedCausal(frames, period, heads: 4), 1e-6, file);
            compared++;

            int Number(string group) => int.Parse(name.Groups[group].Value, CultureInfo.InvariantCulture);
        }

        Assert.NotEqual(0, compared);
    }

    [GeneratedRegex(@"period(?<period>\d+)_T(?<frames>\d+)\.npy$")]
    private static partial Regex FileName();
}
