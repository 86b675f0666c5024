using System.Buffers.Binary;
using Duomano.Core.Motion;
using Duomano.Rendering.Sheet;
using Duomano.Training.Running;

namespace Duomano.Trainer;

/// <summary>Pictures of what a network makes at each validation, and one of how it was performed, as files and for TensorBoard.</summary>
internal sealed class ValidationPictures(TrainingRun run, IShowsMotion task)
{
    private bool _shownActual;

    public void Draw(int step)
    {
        var shown = task.Show();
        if (!_shownActual) Keep(step, "actual", shown.Actual);
        _shownActual = true;
        Keep(step, "predicted", shown.Predicted);
    }

    private void Keep(int step, string name, TwoHandClip clip)
    {
        using var stream = new MemoryStream();
        ContactSheet.Write(stream, clip, $"{name}, after step {step}", 1);
        var png = stream.ToArray();
        // Width and height stand at the beginning of every PNG file.
        run.LogPicture(step, name, png, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }
}
