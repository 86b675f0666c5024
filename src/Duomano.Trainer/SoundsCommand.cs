using System.CommandLine;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Corpus.Sounding;

namespace Duomano.Trainer;

/// <summary><c>duomano-train sounds</c>: sound with known notes for the training of the listening network.</summary>
internal static class SoundsCommand
{
    private static readonly Option<DirectoryInfo> Midi = new("--midi") { Description = "Folder with MIDI files.", Required = true };
    private static readonly Option<DirectoryInfo> Out = new("--out") { Description = "Folder for sound and MIDI files; what is there already is kept.", Required = true };
    private static readonly Option<string[]> Instrument = new("--instrument") { Description = "A sound font (.sf2, .sf3), a folder of samples or an .sfz; may be given several times, one given twice is twice as likely.", Required = true, Arity = ArgumentArity.OneOrMore };
    private static readonly Option<double> Seconds = NumberOption.Of<double>("--excerpt", "Seconds of each excerpt.", 60, 0, above: true);
    private static readonly Option<int> Takes = NumberOption.Of<int>("--takes", "Excerpts of every MIDI file.", 1, 1);
    private static readonly Option<double> Octaves = NumberOption.Of<double>("--octaves", "Share of the excerpts whose outer notes are doubled in octaves.", 0.2, 0, 1);
    private static readonly Option<double> Quiet = NumberOption.Of<double>("--quiet", "Share of the excerpts played slowly, softly and with much pedal.", 0.25, 0, 1);
    private static readonly Option<bool> Rooms = new("--rooms") { Description = "Put the sound into rooms and before microphones; the training does that itself." };
    private static readonly Option<bool> HeldOut = new("--held-out") { Description = "Take the few files that are otherwise left out." };
    private static readonly Option<double> HeldOutShare = NumberOption.Of<double>("--held-out-share", "Share of the works that are held out.", 0.03, 0, 1);
    private static readonly Option<long> Seed = NumberOption.Of<long>("--seed", "Decides everything that is drawn.", 1);
    private static readonly Option<int> Threads = NumberOption.Of<int>("--threads", "Pieces made at the same time.", 1, 1);

    public static Command Create()
    {
        var command = new Command("sounds", "Render excerpts of MIDI files on many instruments, for the training of the listening network.")
        {
            Midi, Out, Instrument, Seconds, Takes, Octaves, Quiet, Rooms, HeldOut, HeldOutShare, Seed, Threads,
        };
        command.SetAction((parsed, stop) => Task.Run(() => Make(parsed, stop), CancellationToken.None));
        return command;
    }

    private static int Make(ParseResult parsed, CancellationToken stop)
    {
        var corpus = new SoundCorpus(new()
        {
            Folder = parsed.GetRequiredValue(Out).FullName,
            MidiFolder = parsed.GetRequiredValue(Midi).FullName,
            Instruments = parsed.GetRequiredValue(Instrument),
            ExcerptSeconds = parsed.GetValue(Seconds),
            Takes = parsed.GetValue(Takes),
            OctavesShare = parsed.GetValue(Octaves),
            QuietShare = parsed.GetValue(Quiet),
            Rooms = parsed.GetValue(Rooms),
            OnlyHeldOut = parsed.GetValue(HeldOut),
            HeldOutShare = parsed.GetValue(HeldOutShare),
            Seed = parsed.GetValue(Seed),
            Threads = parsed.GetValue(Threads),
        });
        var (hours, leftOut) = CommandHost.WithProgress("rendering", progress =>
        {
            try
            {
                return corpus.Make(progress, stop);
            }
            catch (OperationCanceledException)
            {
                throw new StoppedException($"the excerpts that are whole stay in {parsed.GetRequiredValue(Out).FullName}.");
            }
        });
        foreach (var line in leftOut) Console.Error.WriteLine(line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hours:0.00} h of sound"));
        return CommandHost.Done;
    }
}
