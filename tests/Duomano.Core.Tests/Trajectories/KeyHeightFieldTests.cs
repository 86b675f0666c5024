using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Numerics;
using Duomano.Core.Trajectories;

namespace Duomano.Core.Tests.Trajectories;

public sealed class KeyHeightFieldTests
{
    [Fact]
    public void It_lies_on_or_above_the_keys_and_grows_as_it_says()
    {
        const float Step = 1e-5f;
        var random = new SeededRandom(2);
        for (var i = 0; i < 5000; i++)
        {
            var (x, z) = ((float)random.Uniform(-0.6, 0.6), (float)random.Uniform(-0.149, -0.001));
            var side = i % 2 == 0 ? HandSide.Right : HandSide.Left;
            var slope = KeyHeightField.At(x, z, side);
            var key = PianoKey.Under(side == HandSide.Left ? -x : x, z)!.Value;
            Assert.InRange(slope.Height, key.TopY, PianoKey.BlackHeight);
            Assert.True(KeyHeightField.At(z).Height >= slope.Height - 1e-3f);
            var alongX = (KeyHeightField.At(x + Step, z, side).Height - KeyHeightField.At(x - Step, z, side).Height) / (2 * Step);
            var alongZ = (KeyHeightField.At(x, z + Step, side).Height - KeyHeightField.At(x, z - Step, side).Height) / (2 * Step);
            Assert.Equal(alongX, slope.AlongX, 0.05f);
            Assert.Equal(alongZ, slope.AlongZ, 0.05f);
        }
    }
}
