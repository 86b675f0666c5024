using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Formats.Audio;
using Duomano.Formats.Motion;

namespace Duomano.Training.Tests.Published;

/// <summary>A data set in the published layout with a few sequences of motion and sound that belong together.</summary>
internal static class SmallDataset
{
    public static string Write(TemporaryFolder folder, int sequences = 3, double seconds = 3)
    {
        var root = folder.PathOf("data");
        var random = new SeededRandom(4);
        for (var i = 0; i < sequences; i++)
        {
            var (frames, pitch) = ((int)(seconds * 30), 200 + 150 * i);
            Directory.CreateDirectory(Path.Combine(root, "annotation", "up", $"v{i}"));
            Directory.CreateDirectory(Path.Combine(root, "audio", "up", $"v{i}"));
            AnnotationJson.Write(Path.Combine(root, "annotation", "up", $"v{i}", $"v{i}_seq_0000.json"), new()
            {
                Fps = 30,
                Rows = PerHand.Create(side => Rows(side, frames, i)),
            });
            var sound = new float[(int)(seconds * 16000)];
            for (var k = 0; k < sound.Length; k++) sound[k] = 0.3f * MathF.Sin(MathF.Tau * pitch * k / 16000) + 0.01f * (float)random.NextGaussian();
            WavFile.Write(Path.Combine(root, "audio", "up", $"v{i}", $"v{i}_seq_0000.wav"), new([sound], 16000));
        }

        var lines = Enumerable.Range(0, sequences).Select(i => $"up v{i}").ToArray();
        foreach (var list in (string[])["train.txt", "valid.txt", "test.txt"]) File.WriteAllLines(Path.Combine(root, list), lines);
        return root;
    }

    // The louder thing learned: where the hands are depends on the pitch that sounds.
    private static float[] Rows(HandSide side, int frames, int sequence)
    {
        var rows = new float[frames * Annotation.RowLength];
        for (var frame = 0; frame < frames; frame++)
        {
            var row = rows.AsSpan(frame * Annotation.RowLength, Annotation.RowLength);
            row[0] = frame % 17 == 3 ? 0 : 1;
            (row[1], row[2], row[3]) = (0.4f * sequence - 0.4f + (side == HandSide.Left ? 0.1f : 0), 0.1f, 23.9f);
            for (var i = 4; i < 4 + HandJoint.PoseLength; i++) row[i] = 0.5f * MathF.Sin(0.1f * frame + i) + 0.3f * sequence;
        }

        return rows;
    }
}
