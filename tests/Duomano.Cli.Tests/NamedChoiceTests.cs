using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Options that take one of a few names.</summary>
public class NamedChoiceTests
{
    private static readonly string Notes = Repository.PathOf("samples", "minuet-in-g.mid");

    [Theory]
    [InlineData("int4")]
    [InlineData("1")]
    [InlineData("")]
    public void Other_values_are_refused_with_the_names_there_are(string value)
    {
        using var folder = new TemporaryFolder();
        var (code, _, errors) = DuomanoProcess.Run("generate", Notes, "--precision", value, "-o", folder.PathOf("x.csv"));
        Assert.Equal(2, code);
        Assert.Contains($"--precision is float32 or int8, not '{value}'.", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.PathOf("x.csv")));
    }

    [Theory]
    [InlineData("valid")]
    [InlineData("Valid")]
    public void Names_are_taken_in_any_letters(string value)
    {
        using var folder = new TemporaryFolder();
        var (code, _, errors) = DuomanoProcess.Run("evaluate", "--data", folder.PathOf("nowhere"), "--split", value);
        Assert.Equal(2, code);
        Assert.Contains("nowhere", errors, StringComparison.Ordinal);
    }
}
