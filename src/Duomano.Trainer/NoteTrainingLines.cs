using System.Globalization;
using Duomano.Training.Fingering;

namespace Duomano.Trainer;

/// <summary>Tells how a training of hands or fingers goes on, a line each time.</summary>
internal sealed class NoteTrainingLines : IProgress<NoteTrainingProgress>
{
    public void Report(NoteTrainingProgress value) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{value.Part}, {value.Done} of {value.Of}: loss {value.Loss:0.0000}{(double.IsNaN(value.Agreement) ? "" : string.Create(CultureInfo.InvariantCulture, $", agreement {value.Agreement:0.0000}"))}"));
}
