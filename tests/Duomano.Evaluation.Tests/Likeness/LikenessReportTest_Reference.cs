using Duomano.Evaluation.Likeness;

namespace Duomano.Evaluation.Tests.Likeness;

/// <summary>
/// The figures of recordings by formula against those that the programs beside the recorded people (compare.py, frechet.py,
/// floor.py; NumPy 1.24, SciPy 1.10) print for the same points and notes, with more digits.
/// </summary>
public class LikenessReportTest_Reference
{
    private readonly LikenessReport _report = Report();

    [Theory]
    [InlineData("wrist_x", 6.570948)]
    [InlineData("wrist_z", 3.519878)]
    [InlineData("fingertips_x", 6.062293)]
    [InlineData("fingertips_z", 3.348562)]
    [InlineData("depth_white", -32.868572)]
    [InlineData("depth_black", -33.643749)]
    [InlineData("same_finger", 0.6078)]
    [InlineData("same_hand", 0.9412)]
    [InlineData("shapes", 0.020031)]
    [InlineData("finger_speeds", 0.066947)]
    [InlineData("shapes_speeds_wrists", 0.097438)]
    public void Motion(string name, double value) => Assert.Equal(value, Figure(name).Motion!.Value, name.StartsWith("same", StringComparison.Ordinal) ? 4 : 5);

    [Theory]
    [InlineData("wrist_x", 8.509167)]
    [InlineData("wrist_z", 3.916389)]
    [InlineData("fingertips_x", 7.207917)]
    [InlineData("fingertips_z", 2.938556)]
    [InlineData("same_finger", 0.36875)]
    [InlineData("depth_white", -31.868573)]
    [InlineData("depth_black", -30.98125)]
    public void TheSamePersonAgain(string name, double value) => Assert.Equal(value, Figure(name).People!.Value, 4);

    [Fact]
    public void AsManyNotesAndPassages()
    {
        var json = _report.ToJson();
        Assert.Equal((102, 40), ((int)json["notes"]!, (int)json["passages"]!));
        Assert.Equal(_report.Figures.Count + 1, _report.ToText().Trim().Split('\n').Length);
    }

    [Fact]
    public void WithoutOtherRecordings_TheFloorOfShapesIsNotKnown() => Assert.Null(Figure("shapes").People);

    [Fact]
    public void PeopleAreLikeThemselves()
    {
        var lone = LoneFingers.Learn(WavingPeople.People);
        var self = LikenessReport.Of(WavingPeople.People, [0, 1], [.. WavingPeople.People.Take(2).Select(person => EpisodeLikeness.Measure(person, person, lone))]);
        foreach (var name in (string[])["wrist_x", "wrist_z", "fingertips_x", "fingertips_z"]) Assert.Equal(0, self.Figures.Single(figure => figure.Name == name).Motion!.Value);
        Assert.Equal(0, self.Figures.Single(figure => figure.Name == "shapes").Motion!.Value, 6);
        Assert.True(self.Figures.Single(figure => figure.Name == "shapes").People > 0);
        Assert.Equal(1, self.Figures.Single(figure => figure.Name == "same_finger").Motion);
        Assert.Equal(0, self.Figures.Single(figure => figure.Name == "wrists_apart").Motion);
        var together = self.Figures.Single(figure => figure.Name == "wrists_together");
        Assert.Equal(together.People, together.Motion);
    }

    private LikenessFigure Figure(string name) => _report.Figures.Single(figure => figure.Name == name);

    private static LikenessReport Report()
    {
        var (people, motions) = (WavingPeople.People, WavingPeople.Motions);
        var lone = LoneFingers.Learn(people);
        return LikenessReport.Of(people, [0, 1, 2], [.. people.Zip(motions, (person, motion) => EpisodeLikeness.Measure(person, motion, lone))]);
    }
}
