using System.Text.Json;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>The pianist's figures over a folder of MIDI files.</summary>
public class EvaluatePerformerTests
{
    [Fact]
    public void Every_piece_and_all_together()
    {
        using var folder = new TemporaryFolder();
        MidiFile.Write(folder.PathOf("b-chord.mid"), new Score([new(0.5, 1, new(60), 70), new(0.5, 1, new(64), 70)]));
        // Eleven keys at once, over an octave apart each: two hands cannot.
        MidiFile.Write(folder.PathOf("a-cluster.mid"), new Score(Enumerable.Range(0, 11).Select(i => new Note(0.5, 1, new(30 + 6 * i), 70))));
        File.WriteAllText(folder.PathOf("broken.mid"), "no music");
        var json = folder.PathOf("figures.json");
        var (code, output, errors) = DuomanoProcess.Run("evaluate", "--data", Path.GetDirectoryName(json)!, "--performer", "--threads", "2", "--json", json);
        Assert.Equal(0, code);
        Assert.Contains("left out: ", errors, StringComparison.Ordinal);
        Assert.Contains("broken.mid", errors, StringComparison.Ordinal);
        var lines = output.Trim().Split('\n');
        Assert.Equal(["piece", "a-cluster", "b-chord", "all"], lines.Select(line => line.Split(' ')[0]));

        using var figures = JsonDocument.Parse(File.ReadAllBytes(json));
        var pieces = figures.RootElement.EnumerateArray().ToArray();
        Assert.Equal(["a-cluster", "b-chord", "all 2"], pieces.Select(piece => piece.GetProperty("piece").GetString()));
        Assert.InRange(pieces[0].GetProperty("unplayed").GetInt32(), 1, 9);
        Assert.Equal(0, pieces[1].GetProperty("unplayed").GetInt32());
        Assert.Equal(13, pieces[2].GetProperty("notes").GetInt32());
        // The truth are the notes that can be played; every piece's strokes are all of them.
        Assert.Equal(
            13 - pieces[0].GetProperty("unplayed").GetInt32(),
            pieces[2].GetProperty("report").GetProperty("key_press_notes").GetProperty("true").GetInt32());
        Assert.Equal(1, pieces[1].GetProperty("report").GetProperty("key_press_notes").GetProperty("f1").GetDouble());
        Assert.Equal(1, pieces[1].GetProperty("all_notes_f1").GetDouble());
        Assert.True(pieces[0].GetProperty("all_notes_f1").GetDouble() < 1);
    }
}
