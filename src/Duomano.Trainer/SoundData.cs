using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Corpus.Layout;
using Duomano.Training.Published;

namespace Duomano.Trainer;

/// <summary>A data set with sound, streamed from disk.</summary>
internal static class SoundData
{
    public static (SoundWindows Training, SoundWindows Validation) Open(TrainingArguments arguments, ParseResult parsed, SoundTraining sound, int frames, long seed, int validationSequences)
    {
        if (frames % PublishedLoader.Fps != 0) throw new ArgumentException($"Windows from sound last whole seconds: {PublishedLoader.Fps} frames each, not {frames}.");
        SoundWindows Split(CorpusSplit split, int? most) => new(arguments.Data(parsed), split, sound, frames / PublishedLoader.Fps, seed, arguments.Workers(parsed), most)
        {
            Problem = problem => CommandHost.Say($"passed over: {problem}"),
        };
        var data = (Training: Split(CorpusSplit.Train, null), Validation: Split(CorpusSplit.Valid, validationSequences));
        CommandHost.Say($"{data.Training.Count} sequences to train on; {data.Validation.Count} to validate on");
        return data;
    }
}
