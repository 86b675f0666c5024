using Duomano.Corpus.Layout;

namespace Duomano.Tests.Corpus.Layout;

public sealed class WorkNameTests
{
    [Theory]
    [InlineData("sonata_1.mid", "sonata_2.mid")]
    [InlineData("a/opus10_3_1.mid", "a/opus10_3_2.mid")]
    [InlineData("prelude-no4.mid", "prelude-no12b.mid")]
    [InlineData("m/BachJS__BWV846__prelude__prelude.mid", "m/BachJS__BWV846__fugue__fugue.mid")]
    public void PartsOfAWorkShareItsName(string one, string other) => Assert.Equal(WorkName.Of(one), WorkName.Of(other));

    [Theory]
    [InlineData("sonata_1.mid", "sonatina_1.mid")]
    [InlineData("m/BachJS__BWV846__prelude__prelude.mid", "m/BachJS__BWV847__prelude__prelude.mid")]
    [InlineData("a/1.mid", "a/2.mid")]
    public void DifferentWorksDoNot(string one, string other) => Assert.NotEqual(WorkName.Of(one), WorkName.Of(other));
}
