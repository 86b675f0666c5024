using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>The pianist beside recorded people.</summary>
public class EvaluatePeopleTests
{
    private const int Episodes = 6;
    private const int Frames = 80;
    private const double Fps = 20;

    private static readonly float[] Pitches = [60, 62, 64, 65, 67];

    [Fact]
    public void The_pianist_is_measured_on_the_chosen_songs_and_as_a_folder_of_motions()
    {
        using var folder = new TemporaryFolder();
        var people = folder.WithFile("people.npz", People());
        var (json, motions) = (folder.PathOf("all.json"), folder.PathOf("motions"));
        var (code, output, _) = DuomanoProcess.Run("evaluate", "--people", people, "--performer", "--songs", "all", "--given-fingers", "--json", json);
        Assert.Equal(0, code);
        Assert.Contains("fingertips x", output, StringComparison.Ordinal);
        using var figures = JsonDocument.Parse(File.ReadAllBytes(json));
        var all = figures.RootElement;
        Assert.Equal(Episodes, all.GetProperty("recordings").GetInt32());
        Assert.Equal(1, all.GetProperty("likeness").GetProperty("motion").GetProperty("same_finger").GetDouble());
        Assert.True(all.GetProperty("report").GetProperty("key_press_notes").GetProperty("f1").GetDouble() > 0.95);

        // One recording of the six is held out; the same motion from a file has the same figures.
        Directory.CreateDirectory(motions);
        var episodes = RecordedPeopleFile.Read(people);
        var folds = SongFolds.Of([.. episodes.Select(episode => episode.Score)]);
        var held = Array.IndexOf(folds, SongFolds.HeldOut);
        NpzMotion.Write(Path.Combine(motions, $"e{held:00}.npz"), KinematicPianist.Perform(episodes[held].Score.Notes, PerformanceStyle.Neutral with { Seed = 1 }, Frames / Fps).Clip);
        Assert.Equal(0, DuomanoProcess.Run("evaluate", "--people", people, "--performer", "--given-fingers", "--json", json).Code);
        var played = Difference(json);
        Assert.Equal(0, DuomanoProcess.Run("evaluate", "--people", people, "--motions", motions, "--json", json).Code);
        Assert.Equal(played, Difference(json), 3);
    }

    private static double Difference(string json)
    {
        using var figures = JsonDocument.Parse(File.ReadAllBytes(json));
        return figures.RootElement.GetProperty("likeness").GetProperty("motion").GetProperty("fingertips_x").GetDouble();
    }

    [Fact]
    public void Wrong_arguments_are_one_line_and_code_2()
    {
        using var folder = new TemporaryFolder();
        var people = folder.WithFile("people.npz", People());
        Fails(["evaluate", "--people", folder.PathOf("none.npz"), "--performer"], "none.npz");
        Fails(["evaluate", "--people", people, "--data", folder.PathOf("x"), "--performer"], "--data");
        Fails(["evaluate", "--people", people, "--motions", folder.PathOf("x")], "no such folder");
        Fails(["evaluate", "--people", folder.WithFile("broken.npz", [1, 2, 3]), "--performer"], "broken.npz");
        Assert.Equal(2, DuomanoProcess.Run("evaluate", "--performer").Code);

        static void Fails(string[] arguments, string says)
        {
            var (code, _, errors) = DuomanoProcess.Run(arguments);
            Assert.Equal(2, code);
            Assert.Contains(says, Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        }
    }

    // Each episode a song of its own: the right hand's five fingers over random white keys, the left hand still.
    private static byte[] People()
    {
        var (points, notes) = (new List<float>(), new List<float>());
        for (var episode = 0; episode < Episodes; episode++)
        {
            var random = new SeededRandom(episode);
            for (var i = 0; i < 12; i++)
            {
                var finger = random.Next(5);
                notes.AddRange([episode, 0.25f + 0.25f * i, 0.45f + 0.25f * i, Pitches[finger], 1, finger + 1]);
            }

            for (var frame = 0; frame < Frames; frame++)
            {
                for (var point = 0; point < 12; point++)
                {
                    points.Add((point < 6 ? -3000 : 150) + 235 * (point % 6) + random.Next(60));
                    points.Add((point % 6 == 0 ? 1000 : -350) + random.Next(60));
                }
            }
        }

        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "fps", "", [(float)Fps]);
            Add(zip, "points", $"{Episodes * Frames}, 2, 6, 2", points);
            Add(zip, "episode_ends", $"{Episodes},", [.. Enumerable.Range(1, Episodes).Select(i => (float)(i * Frames))]);
            Add(zip, "notes", $"{notes.Count / 6}, 6", notes);
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string shape, List<float> values)
    {
        using var entry = zip.CreateEntry($"{name}.npy").Open();
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n";
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
        entry.Write(Encoding.ASCII.GetBytes(header));
        var bytes = new byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            entry.Write(bytes);
        }
    }
}
