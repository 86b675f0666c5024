using Duomano.Corpus.Layout;

namespace Duomano.Tests.Corpus.Layout;

public sealed class WorkNameTests
{
    [Theory]
    [InlineData("sonata_1.mid", "sonata_2.mid")]
    [InlineData("a/opus10_3_1.mid", "a/opus10_3_2.mid")]
    [InlineData("prelude-no4.mid", "prelude-no12b.mid")]
    [InlineData("m/BachJS__BWV846__prelude__prelude.mid", "m/BachJS__BWV846__fugue__fugue.mid")]
    [InlineData("mutopia/MozartWA__KV545__K545-1__K545-1.mid", "piano-midi-de/mz_545_3.mid")]
    [InlineData("mutopia/BachJS__BWV847__fugue__fugue.mid", "piano-midi-de/bach_847.mid")]
    [InlineData("mutopia/chopinff_chopin-op-25-01.mid", "piano-midi-de/chpn_op25_e12.mid")]
    [InlineData("mutopia/ChopinFF__O25__chopin-op-25-01__x.mid", "piano-midi-de/chpn_op25_e1.mid")]
    [InlineData("m/beethovenlv_beethoven-op2-no1-adagio.mid", "p/beethoven_opus2_1_3.mid")]
    [InlineData("SchubertF__D899__impromptu__2.mid", "b/schubert_D.899_no4.mid")]
    public void PartsOfAWorkShareItsName(string one, string other) => Assert.Equal(WorkName.Of(one), WorkName.Of(other));

    [Theory]
    [InlineData("sonata_1.mid", "sonatina_1.mid")]
    [InlineData("m/BachJS__BWV846__prelude__prelude.mid", "m/BachJS__BWV847__prelude__prelude.mid")]
    [InlineData("a/1.mid", "a/2.mid")]
    [InlineData("p/chpn_op25_e1.mid", "p/chpn_op10_e1.mid")]
    [InlineData("p/chpn_op10_e1.mid", "p/beethoven_opus10_1.mid")]
    [InlineData("p/mz_330_1.mid", "p/mz_331_1.mid")]
    [InlineData("p/bach_847.mid", "p/haydn_847.mid")]
    [InlineData("p/chpn-p7.mid", "q/chpn-p7.mid")]
    public void DifferentWorksDoNot(string one, string other) => Assert.NotEqual(WorkName.Of(one), WorkName.Of(other));
}
