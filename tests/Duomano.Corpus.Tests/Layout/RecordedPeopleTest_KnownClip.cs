using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Corpus.Layout;
using Duomano.Formats.Motion;

namespace Duomano.Tests.Corpus.Layout;

/// <summary>A known motion is written down as a camera above sees it, and solved for again from that.</summary>
public sealed class RecordedPeopleTest_KnownClip : IDisposable
{
    private const double SeenFps = 20;

    private static readonly TwoHandClip Known = KinematicPianist.Perform([.. Notes()], PerformanceStyle.Neutral).Clip;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_clip_comes_back_from_what_a_camera_saw_of_it()
    {
        var people = _folder.PathOf("somebody.npz");
        Write(people);
        var options = new CorpusOptions { Folder = _folder.PathOf("corpus"), Hours = 0, PeopleFile = people, Performer = "A pianist", PeopleLicence = "ours" };
        var made = CorpusBuilder.Build(options);
        Assert.Equal((1, true), (made.Pieces, made.Complete));
        var item = Assert.Single(CorpusSplits.All.SelectMany(new CorpusReader(options.Folder).List));
        Assert.Equal(0, CorpusPeople.EpisodeOf(item));
        var annotation = CorpusReader.Load(item).Annotation;
        Assert.Equal(("A pianist", "somebody.npz, recording 7"), (annotation.Performer, annotation.Source));
        var clip = annotation.ToClip();
        Assert.Equal((30, HandBuild.Pianist), (clip.Fps, clip.Skeletons.Right.Build));
        Assert.InRange(clip.FrameCount, Known.FrameCount - 2, Known.FrameCount + 2);

        var camera = OverheadCamera.Recorded;
        List<float> plane = [], space = [], wrists = [];
        foreach (var side in HandSides.Both)
        {
            var (known, solved) = (Known.Points(side), clip.Points(side));
            for (var frame = 0; frame < Math.Min(clip.FrameCount, Known.FrameCount); frame++)
            {
                wrists.Add(Vector3.Distance(known[frame * HandJoint.PointCount], solved[frame * HandJoint.PointCount]));
                foreach (var finger in Fingers.All)
                {
                    var point = frame * HandJoint.PointCount + HandJoint.Tip(finger);
                    plane.Add(Vector2.Distance(camera.Project(known[point]), camera.Project(solved[point])));
                    space.Add(Vector3.Distance(known[point], solved[point]));
                }
            }
        }

        Assert.InRange(Median(plane), 0, 0.002f);
        Assert.InRange(Median(space), 0, 0.006f);
        Assert.InRange(Median(wrists), 0, 0.015f);
        foreach (var note in Known.Notes) Assert.True(IsPressed(clip, note), $"{note.Key} at {note.Onset} s is not pressed");
    }

    private static List<Note> Notes()
    {
        List<Note> notes = [];
        ReadOnlySpan<(int Midi, int Finger)> right = [(72, 1), (74, 2), (76, 3), (77, 4), (79, 5), (78, 4), (76, 3), (74, 2), (72, 1)];
        for (var i = 0; i < right.Length; i++) notes.Add(Note(right[i].Midi, right[i].Finger, 0.5 + 0.3 * i, 0.25, HandSide.Right));
        foreach (var (midi, finger) in (ReadOnlySpan<(int, int)>)[(48, 5), (52, 3), (55, 1)]) notes.Add(Note(midi, finger, 0.5, 1.2, HandSide.Left));
        foreach (var (midi, finger) in (ReadOnlySpan<(int, int)>)[(47, 5), (50, 3), (55, 1)]) notes.Add(Note(midi, finger, 2, 1.2, HandSide.Left));
        return notes;
    }

    private static Note Note(int midi, int finger, double onset, double length, HandSide hand) =>
        new(onset, onset + length, new PianoKey(midi), 70) { Hand = hand, Finger = (Finger)finger };

    private static float Median(List<float> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static bool IsPressed(TwoHandClip clip, Note note)
    {
        var pad = clip.Points(note.Hand!.Value)[(int)((note.Onset + 0.1) * clip.Fps) * HandJoint.PointCount + HandJoint.Tip(note.Finger!.Value)];
        return PianoKey.Under(pad.X, pad.Z) == note.Key && pad.Y < note.Key.TopY - 0.004f;
    }

    // The file of one recorded episode.
    private static void Write(string path)
    {
        var frames = (int)(Known.FrameCount / Known.Fps * SeenFps);
        var points = new List<float>();
        var seen = PerHand.Create(Known.Points);
        for (var frame = 0; frame < frames; frame++)
        {
            foreach (var side in HandSides.Both)
            {
                for (var i = 0; i < RecordedEpisode.PointCount; i++)
                {
                    var point = seen[side][(int)Math.Round(frame / SeenFps * Known.Fps) * HandJoint.PointCount + (i == 0 ? HandJoint.Wrist : HandJoint.Count + i - 1)];
                    var place = OverheadCamera.Recorded.Project(point);
                    points.AddRange([MathF.Round(place.X * 10_000), MathF.Round(place.Y * 10_000)]);
                }
            }
        }

        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Add(zip, "fps", "", [(float)SeenFps]);
        Add(zip, "points", $"{frames}, 2, 6, 2", points);
        Add(zip, "episode_ends", "1,", [frames]);
        Add(zip, "source", "1,", [7]);
        Add(zip, "notes", $"{Known.Notes.Count}, 6", [.. Known.Notes.SelectMany(note => (float[])[0, (float)note.Onset, (float)note.Offset, note.Key.Midi, (int)note.Hand!.Value, (int)note.Finger!.Value])]);
    }

    private static void Add(ZipArchive zip, string name, string shape, IReadOnlyList<float> values)
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
