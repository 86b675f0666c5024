using System.CommandLine;
using Duomano.Cli.Watching;
using Duomano.CommandLine;
using Duomano.Corpus.Layout;

namespace Duomano.Cli.Commands;

/// <summary>duomano corpus: training data in PianoMotion10M's layout.</summary>
internal static class CorpusCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder to make the corpus in; one that was interrupted there is gone on with." };
        var hours = NumberOption.Optional<double>("--hours", "Hours of music (needed, except with --people, --videos or --merge).", 0, 10_000, above: true);
        var midi = new Option<string?>("--midi") { Description = "Folder of MIDI files to perform; without it everything is composed.", HelpName = "DIR" };
        var people = new Option<string?>("--people") { Description = "Recorded pianists (.npz): their motion is solved for from what a camera saw above the keys. They come first; --hours may be left out to have nothing but them.", HelpName = "FILE.npz" };
        var videos = new Option<string?>("--videos") { Description = "Folder of videos of pianists who were filmed from above: their motion is read from them (see watch), with the notes of the MIDI file of the same name or of their own sound; what was not seen well is left out.", HelpName = "FOLDER" };
        var performer = new Option<string?>("--performer") { Description = "Who plays in the file of --people or in --videos, for the annotations; by default the file's name.", HelpName = "NAME" };
        var peopleLicence = new Option<string?>("--people-licence") { Description = "The licence of the file of --people or of --videos.", HelpName = "TEXT" };
        var soundFonts = new Option<string[]>("--soundfont") { Description = "Instrument to render with: a sound font (.sf2, .sf3), a folder of samples named by note or MIDI number (C4.wav, 60.wav, A#3v8.wav), or an .sfz; may be given several times. Without one there is motion and MIDI only.", HelpName = "FILE|DIR" };
        var testSoundFonts = new Option<string[]>("--test-soundfont") { Description = "Instrument for the test split alone, so that it is unheard.", HelpName = "FILE|DIR" };
        var composed = NumberOption.Of("--composed", "Share of the hours that is composed although MIDI files are given.", 0.15, 0, 1);
        var takes = NumberOption.Of("--takes", "Times each MIDI file is used at most, by other pianists, transposed and at other tempi.", 1, 1, 1000);
        var longest = NumberOption.Of("--longest", "Seconds after which a piece is cut off.", 900.0, 10);
        (hours.HelpName, longest.HelpName) = ("H", "SEC");
        var audio = NamedChoice.Option("--audio", "How sound is stored; mp3 is what the published data set has, and needs ffmpeg.", AudioFormat.Wav);
        var shard = SharedOptions.Shard(
            "Make only part I of N (1/8 to 8/8) of the same corpus; all parts together are exactly what one run makes. Shards may share one folder, on network file systems too, "
            + "and the last one to finish writes the lists; or each has a folder of its own and --merge takes them together.");
        var merge = new Option<string[]?>("--merge") { Description = "Make nothing: copy the pieces of other shards' folders into DIR (none if all shards wrote there) and write the lists.", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = true, HelpName = "DIR..." };
        var seed = SharedOptions.Seed();
        var threads = SharedOptions.Threads();
        var command = new Command("corpus", "Make training data in the PianoMotion10M layout, from recorded people, MIDI files and composed exercises.")
        {
            folder, hours, people, videos, performer, peopleLicence, midi, soundFonts, testSoundFonts, composed, takes, longest, audio, shard, merge, seed, threads,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var target = parsed.GetValue(folder)!;
            if (parsed.GetResult(merge) is not null)
            {
                CheckPlace(target);
                Tell(target, Stoppable($"what is copied stays in {target}, and the same command goes on from there.", () => CorpusMerger.Merge(target, parsed.GetValue(merge) ?? [], cancellation)));
                return Task.FromResult(CommandHost.Done);
            }

            var options = new CorpusOptions
            {
                Folder = target,
                Hours = HoursOf(parsed.GetValue(hours), parsed.GetValue(people) ?? parsed.GetValue(videos)),
                Videos = parsed.GetValue(videos) is { } films ? FilmedPieces.Of(films, cancellation) : [],
                PeopleFile = parsed.GetValue(people),
                Performer = parsed.GetValue(performer),
                PeopleLicence = parsed.GetValue(peopleLicence) ?? "",
                MidiFolder = parsed.GetValue(midi),
                SoundFonts = parsed.GetValue(soundFonts) ?? [],
                TestSoundFonts = parsed.GetValue(testSoundFonts) ?? [],
                ComposedShare = parsed.GetValue(composed),
                Takes = parsed.GetValue(takes),
                LongestPiece = parsed.GetValue(longest),
                AudioFormat = parsed.GetValue(audio),
                Shard = SharedOptions.ShardNamed(parsed.GetValue(shard)),
                Seed = parsed.GetValue(seed),
                Threads = SharedOptions.Usable(parsed.GetValue(threads)),
            };
            CheckPlace(target, [options.PeopleFile, options.MidiFolder, parsed.GetValue(videos), .. options.SoundFonts, .. options.TestSoundFonts]);
            var made = CommandHost.WithProgress("making the corpus", progress => Build(options, progress, cancellation));
            if (made.Complete)
            {
                Tell(target, made);
                if (options.PeopleFile is not null) Console.Out.Write(Stoppable($"the corpus in {target} is whole.", () => PeopleFidelity.Measure(target, options.PeopleFile, cancellation)).ToText());
            }
            else
            {
                CommandHost.Say($"{target}: shard {options.Shard} of {made.Pieces} pieces is made; the lists are written when the others are, by the last one or by: duomano corpus {target} --merge [their folders]");
            }

            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static double HoursOf(double? hours, string? given) => hours switch
    {
        null => given is null ? throw new ArgumentException("--hours is needed, such as --hours 10.") : 0,
        > 0 and <= 10_000 => hours.Value,
        _ => throw new ArgumentException($"--hours is more than 0 and at most 10000, not {hours}."),
    };

    private static CorpusDescription Build(CorpusOptions options, IProgress<double> progress, CancellationToken cancellation) =>
        Stoppable($"the pieces that are whole stay in {options.Folder}, and the same command goes on from there.", () => CorpusBuilder.Build(options, new Share(progress), cancellation));

    private static T Stoppable<T>(string left, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            throw new StoppedException(left);
        }
    }

    // A corpus is many files, none of which may lie among those it is made from.
    private static void CheckPlace(string target, params IEnumerable<string?> inputs)
    {
        OutputCheck.Check([Path.Combine(target, CorpusDescription.FileName)], inputs);
        foreach (var input in inputs.OfType<string>().Where(input => OutputCheck.Holds(input, target)))
        {
            throw new ArgumentException($"{target}: lies in {input}, which is read; another folder is needed.");
        }
    }

    private static void Tell(string folder, CorpusDescription made) =>
        CommandHost.Say($"{folder}: {made.Pieces} pieces, {made.Hours:0.00} h, {made.HoursWithSound:0.00} h with sound, {made.Notes} notes");

    private sealed class Share(IProgress<double> bar) : IProgress<CorpusProgress>
    {
        public void Report(CorpusProgress value) => bar.Report(value.Done / (double)Math.Max(1, value.Total));
    }
}
