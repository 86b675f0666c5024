using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Corpus.Layout;

namespace Duomano.Cli.Commands;

/// <summary>duomano corpus: training data in PianoMotion10M's layout.</summary>
internal static class CorpusCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder to make the corpus in; one that was interrupted there is gone on with." };
        var hours = new Option<double>("--hours") { Description = "Hours of music.", Required = true, HelpName = "H" };
        var midi = new Option<string?>("--midi") { Description = "Folder of MIDI files to perform; without it everything is composed.", HelpName = "DIR" };
        var soundFonts = new Option<string[]>("--soundfont") { Description = "Sound font to render with (.sf2, .sf3); may be given several times. Without one there is motion and MIDI only.", HelpName = "FILE" };
        var testSoundFonts = new Option<string[]>("--test-soundfont") { Description = "Sound font for the test split alone, so that its instrument is unheard.", HelpName = "FILE" };
        var composed = new Option<double>("--composed") { Description = "Share of the hours that is composed although MIDI files are given.", DefaultValueFactory = _ => 0.15 };
        var takes = new Option<int>("--takes") { Description = "Times each MIDI file is used at most, by other pianists, transposed and at other tempi.", DefaultValueFactory = _ => 1 };
        var longest = new Option<double>("--longest") { Description = "Seconds after which a piece is cut off.", DefaultValueFactory = _ => 900, HelpName = "SEC" };
        var audio = new Option<AudioFormat>("--audio") { Description = "How sound is stored; mp3 is what the published data set has, and needs ffmpeg.", DefaultValueFactory = _ => AudioFormat.Wav };
        var seed = SharedOptions.Seed();
        var threads = SharedOptions.Threads();
        var command = new Command("corpus", "Make training data in the PianoMotion10M layout, from MIDI files and composed exercises.")
        {
            folder, hours, midi, soundFonts, testSoundFonts, composed, takes, longest, audio, seed, threads,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = new CorpusOptions
            {
                Folder = parsed.GetValue(folder)!,
                Hours = parsed.GetValue(hours),
                MidiFolder = parsed.GetValue(midi),
                SoundFonts = parsed.GetValue(soundFonts) ?? [],
                TestSoundFonts = parsed.GetValue(testSoundFonts) ?? [],
                ComposedShare = parsed.GetValue(composed),
                Takes = parsed.GetValue(takes),
                LongestPiece = parsed.GetValue(longest),
                AudioFormat = parsed.GetValue(audio),
                Seed = parsed.GetValue(seed),
                Threads = SharedOptions.AtLeastOne(parsed.GetValue(threads)),
            };
            var made = CommandHost.WithProgress("making the corpus", progress => CorpusBuilder.Build(options, new Share(progress), cancellation));
            CommandHost.Say($"{options.Folder}: {made.Pieces} pieces, {made.Hours:0.00} h, {made.HoursWithSound:0.00} h with sound, {made.Notes} notes");
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private sealed class Share(IProgress<double> bar) : IProgress<CorpusProgress>
    {
        public void Report(CorpusProgress value) => bar.Report(value.Done / (double)Math.Max(1, value.Total));
    }
}
