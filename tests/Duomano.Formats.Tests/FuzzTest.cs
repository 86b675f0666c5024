using Duomano.Fuzz;

namespace Duomano.Formats.Tests;

/// <summary>
/// Damaged files are either read or refused with an <see cref="Duomano.Core.Files.UnreadableFileException"/> of one line, in
/// little memory. The first few thousand inputs of each reader; `dotnet run --project tests/fuzz` runs any number.
/// </summary>
public class FuzzTest
{
    public static TheoryData<string, int> Inputs => new()
    {
        { "midi", 4000 },
        { "musicxml", 1500 },
        { "mxl", 1000 },
        { "wav", 8000 },
        { "mp3", 600 },
        { "ogg", 1500 },
        { "npz", 2000 },
        { "people", 3000 },
        { "json", 3000 },
        { "safetensors", 4000 },
        { "pytorch", 3000 },
        { "mano", 300 },
        { "rig", 1500 },
        { "fingering", 4000 },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_damaged_file_is_read_or_refused(string name, int count)
    {
        var reader = Readers.All.Single(reader => reader.Name == name);
        var findings = new List<Finding>();
        var result = FuzzRun.Run(reader, 1, count, findings.Add);

        // How long something takes says little on a busy machine; what never ends ends the run.
        Assert.DoesNotContain(findings, finding => finding.Kind != "hang");
        Assert.True(result.Read > 0, "no damaged file was read");
        Assert.True(result.Refused > count / 100, $"only {result.Refused} of {count} damaged files were refused");
    }

    // Found once in a million.
    [Theory]
    [InlineData("mp3", 877731)]
    [InlineData("musicxml", 323461)]
    public void What_was_found_stays_mended(string name, long seed)
    {
        var findings = new List<Finding>();
        FuzzRun.Run(Readers.All.Single(reader => reader.Name == name), seed, 1, findings.Add);
        Assert.Empty(findings);
    }

    [Fact]
    public void Every_reader_is_tried() => Assert.Equal(Readers.All.Select(reader => reader.Name).Order(), Inputs.Select(row => row.Data.Item1).Order());

    [Fact]
    public void An_input_is_made_of_its_number_alone() =>
        Assert.All(Readers.All, reader => Assert.Equal(reader.Input(7), reader.Input(7)));
}
