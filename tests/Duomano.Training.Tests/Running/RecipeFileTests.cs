using Duomano.Core.Files;
using Duomano.Tests;
using Duomano.Training.Listening;
using Duomano.Training.Running;

namespace Duomano.Training.Tests.Running;

public class RecipeFileTests
{
    [Fact]
    public void EveryBundledListeningRecipe_Loads()
    {
        Assert.Contains("tiny-cpu", RecipeFile.Names("listening"));
        Assert.Contains("bundled", RecipeFile.Names("listening"));
        foreach (var name in RecipeFile.Names("listening")) Assert.True(RecipeFile.Load<ListeningRecipe>("listening", name).Training.Steps > 0);
    }

    [Fact]
    public void WrittenRecipe_IsReadBack()
    {
        using var folder = new TemporaryFolder();
        var recipe = RecipeFile.Load<ListeningRecipe>("listening", "bundled") with { BatchSize = 17 };
        RecipeFile.Write(folder.PathOf("recipe.json"), recipe);
        var read = RecipeFile.Load<ListeningRecipe>("listening", folder.PathOf("recipe.json"));
        Assert.Equal(17, read.BatchSize);
        Assert.Equal(recipe.Training, read.Training);
        Assert.Equal(recipe.Network.Dilations, read.Network.Dilations);
    }

    [Fact]
    public void UnknownName_ListsTheKnownOnes()
    {
        var problem = Assert.Throws<ArgumentException>(() => RecipeFile.Load<ListeningRecipe>("listening", "huge"));
        Assert.Contains("tiny-cpu", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line")]
    [InlineData("null", "null")]
    [InlineData("{ \"steps\": 0 }", "Steps")]
    [InlineData("{ \"learningRate\": 1 }", "steps")]
    [InlineData("{ \"steps\": 5, \"stepps\": 4 }", "stepps")]
    [InlineData("{ \"steps\": 5, \"beta1\": 1.5 }", "Beta1")]
    public void WrongFile_IsNamedWithWhatIsWrong(string text, string named)
    {
        using var folder = new TemporaryFolder();
        var path = folder.WithFile("recipe.json", System.Text.Encoding.UTF8.GetBytes(text));
        var problem = Assert.Throws<UnreadableFileException>(() => RecipeFile.Read<TrainingOptions>(path));
        Assert.StartsWith(path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }
}
