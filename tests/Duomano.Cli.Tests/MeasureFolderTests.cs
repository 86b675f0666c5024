using System.Text.Json;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>Motions measured one by one and many at once.</summary>
public sealed class MeasureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_measured_in_order_and_as_a_whole()
    {
        WriteMotion("motions/b.npz", seed: 1);
        WriteMotion("motions/sub/a.json", seed: 2);
        File.WriteAllText(_folder.PathOf("motions/broken.npz"), "no motion");
        var (code, output, errors) = DuomanoProcess.Run("measure", _folder.PathOf("motions"), "--json");
        Assert.Equal(0, code);
        Assert.Contains("broken.npz", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output);
        var entries = json.RootElement.EnumerateArray().ToArray();
        Assert.Equal(["b.npz", "sub/a.json", "all 2"], entries.Select(entry => entry.GetProperty("motion").GetString()));
        Assert.Equal(80, entries[2].GetProperty("report").GetProperty("clip").GetProperty("frames").GetInt32());

        // Alone it has the same figures.
        var alone = DuomanoProcess.Run("measure", _folder.PathOf("motions/b.npz"), "--json").Output;
        Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(alone).RootElement), JsonSerializer.Serialize(entries[0].GetProperty("report")));

        var table = DuomanoProcess.Run("measure", _folder.PathOf("motions"), "--threads", "1").Output.Trim().Split('\n');
        Assert.Equal(["motion", "b.npz", "sub/a.json", "all"], table.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Notes_come_from_a_folder_and_smoothness_is_compared()
    {
        WriteMotion("motions/a.npz", seed: 1);
        WriteMotion("motions/b.npz", seed: 2);
        Directory.CreateDirectory(_folder.PathOf("notes"));
        MidiFile.Write(_folder.PathOf("notes/a.mid"), new Score([new(0.1, 0.2, new(60), 64), new(0.3, 0.4, new(60), 64)]));
        var (code, output, errors) = DuomanoProcess.Run("measure", _folder.PathOf("motions"), _folder.PathOf("notes"), "--json", "--reference", _folder.PathOf("motions/a.npz"));
        Assert.Equal(0, code);
        Assert.Contains("b.mid", errors, StringComparison.Ordinal); // has no notes and is left out
        using var json = JsonDocument.Parse(output);
        var report = Assert.Single(json.RootElement.EnumerateArray().SkipLast(1)).GetProperty("report");
        Assert.Equal(2, report.GetProperty("key_press_notes").GetProperty("true").GetInt32());
        Assert.Equal(1, report.GetProperty("physical").GetProperty("wrist_jerk_ratio").GetDouble(), 6);
    }

    [Theory]
    [InlineData("missing.npz")]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("motions", "missing")]
    [InlineData("motions", "--reference", "missing.npz")]
    public void What_is_not_there_is_named(params string[] arguments)
    {
        WriteMotion("motions/a.npz", seed: 1);
        Directory.CreateDirectory(_folder.PathOf("empty"));
        var (code, output, errors) = DuomanoProcess.Run(["measure", .. arguments.Select(argument => argument.StartsWith('-') ? argument : _folder.PathOf(argument))]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(arguments[^1], Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private void WriteMotion(string name, long seed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(name))!);
        MotionFile.Write(_folder.PathOf(name), Clips.Smooth(40, seed));
    }
}
