using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Broken files give one clear line, exit code 2 and no output file.</summary>
public class BrokenInputTests
{
    public static TheoryData<string> Broken => [.. BrokenFiles.All.Keys];

    [Theory]
    [MemberData(nameof(Broken))]
    public void One_line_code_2_and_nothing_written(string what)
    {
        using var folder = new TemporaryFolder();
        var (name, content) = BrokenFiles.All[what];
        var path = folder.WithFile(name, content);
        var output = folder.PathOf("out.npz");
        var (code, _, errors) = DuomanoProcess.Run(Path.GetExtension(name) switch
        {
            ".mid" => ["perform", path, "-o", output],
            ".wav" => ["generate", path, "-o", output],
            _ => ["info", path],
        });
        Assert.Equal(2, code);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Contains(name, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal([name], folder.Files);
    }

    [Fact]
    public void There_are_at_least_forty_of_them() => Assert.True(BrokenFiles.All.Count >= 40);
}
