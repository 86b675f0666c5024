using System.CommandLine;
using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Fingering;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;
using Duomano.Evaluation;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Formats.MusicXml;
using Duomano.Formats.Scores;

namespace Duomano.Cli.Commands;

/// <summary>duomano fingering: which hand and finger plays each note, written as a table and compared with another one.</summary>
internal static class FingeringCommand
{
    public static Command Create()
    {
        var input = new Argument<string?>("INPUT") { Description = "A MIDI file or a MusicXML score, or a folder of them; not with --people.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--output", "-o") { Description = "Table to write (.tsv), MIDI file (.mid) or, of a score, the score again with its fingers (.mxl, .musicxml); for a folder, the folder to write tables to.", HelpName = "OUT" };
        var fingering = SharedOptions.Fingering();
        var merge = new Option<bool>("--merge") { Description = "Forget hands and fingers that the MIDI file tells, as if it had one track. Without --against, its own hands and fingers are compared with." };
        var against = new Option<string?>("--against") { Description = "Table with the hands and fingers to compare with; for a folder, the folder of tables named as the MIDI files (NAME.tsv or NAME.hands.tsv).", HelpName = "TSV|DIR" };
        var tracks = SharedOptions.Tracks();
        var people = new Option<string?>("--people") { Description = "Recorded pianists (.npz) whose hands and fingers to compare with, song by song.", HelpName = "FILE.npz" };
        var handSize = SharedOptions.HandSize();
        var kinds = new Option<bool>("--kinds") { Description = "Sort what does not agree by kinds: lines, crossings, inner notes; chords, repeated keys, thumbs." };
        var command = new Command("fingering", "Say which hand and finger plays each note, and how much of it agrees with another fingering.") { input, output, fingering, merge, against, people, tracks, handSize, kinds };
        command.SetAction((parsed, cancellation) =>
        {
            var options = new FingeringOptions { HandSize = parsed.GetValue(handSize) };
            if (parsed.GetValue(people) is { } recorded)
            {
                if (parsed.GetValue(input) is not null || parsed.GetValue(output) is not null || parsed.GetValue(fingering) is not null || parsed.GetValue(against) is not null || parsed.GetValue(merge))
                {
                    throw new ArgumentException("--people has its own music: give no INPUT and no other option but --hand-size and --kinds with it.");
                }

                CompareWithPeople(recorded, options, parsed.GetValue(kinds), cancellation);
                return Task.FromResult(CommandHost.Done);
            }

            var path = parsed.GetValue(input) ?? throw new ArgumentException("Give INPUT, a MIDI file or a folder of them, or --people FILE.npz.");
            var isFolder = Directory.Exists(path);
            if (isFolder && parsed.GetValue(fingering) is not null) throw new ArgumentException("--fingering is for a single MIDI file, not for a folder.");
            if (!isFolder && parsed.GetValue(output) is { } target) CheckOutput(target, path);
            string[] midis = isFolder ? [.. PieceFolder.List(path, CorpusSplit.Test).Select(piece => piece.Midi)] : [path];
            string OutputOf(string midi) => isFolder ? Path.Combine(parsed.GetValue(output)!, Path.GetFileNameWithoutExtension(midi) + ".tsv") : parsed.GetValue(output)!;
            if (parsed.GetValue(output) is not null) OutputCheck.Check(midis.Select(OutputOf), [.. midis, parsed.GetValue(fingering), parsed.GetValue(against)]);
            var given = parsed.GetValue(fingering) is { } givenPath ? GivenFingers.Read(givenPath, cancellation) : null;
            var compares = parsed.GetValue(merge) || parsed.GetValue(against) is not null;
            if (!compares && parsed.GetValue(kinds)) throw new ArgumentException("--kinds sorts what does not agree: give --against, --merge or --people with it.");
            if (!compares && parsed.GetValue(output) is null) throw new ArgumentException("Give --output OUT.tsv, or --against or --merge to compare.");
            var table = new List<FingeringComparison>();
            if (compares) Console.Out.WriteLine(FingeringComparison.Heading);
            var done = new List<string>();
            try
            {
                foreach (var midi in midis) Work(midi);
            }
            catch (OperationCanceledException) when (done.Count > 0)
            {
                throw new StoppedException(done, [.. midis.Select(OutputOf).Except(done)]);
            }

            void Work(string midi)
            {
                cancellation.ThrowIfCancellationRequested();
                var written = MusicInput.ReadScore(midi, parsed.GetValue(tracks), cancellation: cancellation);
                var truth = Truth(midi, written, parsed.GetValue(against), isFolder);
                if (isFolder && compares && truth is null) return;
                var score = parsed.GetValue(merge) ? written.WithNotes(written.Notes.Select(note => note with { Hand = null, Finger = null })) : written;
                var (plan, comparison) = FingeringComparison.Of(Path.GetFileNameWithoutExtension(midi), GivenFingers.Apply(score, given), truth, options, cancellation);
                table.Add(comparison);
                if (compares) Console.Out.WriteLine(comparison.ToLine());
                if (plan.Unplayable.Count > 0) CommandHost.Say($"{midi}: {plan.Unplayable.Count} of {plan.Notes.Count} notes are out of reach of their hand's fingers");
                if (parsed.GetValue(output) is null) return;
                Write(OutputOf(midi), midi, score, plan, parsed.GetValue(tracks), cancellation);
                done.Add(OutputOf(midi));
            }

            var all = FingeringComparison.Total(table);
            if (isFolder && compares) Console.Out.WriteLine(all.ToLine());
            if (parsed.GetValue(kinds)) WriteKinds(all.Disagreements);
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }

    private static void CompareWithPeople(string path, FingeringOptions options, bool kinds, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: there is no such file.");
        Console.Out.WriteLine(PeopleFingering.Heading);
        var songs = new List<PeopleFingering>();
        foreach (var song in PeopleFingering.Of(RecordedPeopleFile.Read(path), options, cancellation))
        {
            songs.Add(song);
            Console.Out.WriteLine(song.ToLine());
        }

        var all = PeopleFingering.Total("all", songs);
        Console.Out.WriteLine(all.ToLine());
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"error\t\t\t{PeopleFingering.StandardError(songs, song => song.Bare.Hands):0.0000}\t{PeopleFingering.StandardError(songs, song => song.Fingers):0.0000}\t{PeopleFingering.StandardError(songs, song => song.Bare.Fingers):0.0000}\t\t"));
        if (kinds) WriteKinds(all.Disagreements);
    }

    private static void WriteKinds(Disagreements all)
    {
        Console.Out.WriteLine("disagreement\tnotes\tshare");
        Rows("hand", all.Hands);
        Rows("finger", all.Fingers);
        Row("finger: follows another", all.Following, all.Fingers.Values.Sum());

        static void Rows<T>(string what, IReadOnlyDictionary<T, int> counts)
            where T : struct, Enum
        {
            var sum = counts.Values.Sum();
            foreach (var (kind, count) in counts) Row($"{what}: {NameOf(kind)}", count, sum);
        }

        static void Row(string name, int count, int sum) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{count}\t{(sum == 0 ? 0 : (double)count / sum):0.000}"));
    }

    private static string NameOf<T>(T kind)
        where T : struct, Enum => kind switch
        {
            HandDisagreement.Line => "line of four or more",
            HandDisagreement.Crossing => "hands crossed",
            HandDisagreement.Inner => "inner note that either reaches",
            HandDisagreement.Outer => "outer note",
            HandDisagreement.OneHand => "other hand silent",
            FingerDisagreement.Chord => "in a chord",
            FingerDisagreement.Repeated => "repeated key",
            FingerDisagreement.Thumb => "single, thumb or not",
            FingerDisagreement.Neighbour => "single, neighbours",
            FingerDisagreement.Farther => "single, farther apart",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };

    private static void CheckOutput(string path, string input)
    {
        if (ScoreFile.IsMusicXmlName(path))
        {
            if (ScoreFile.KindOf(InputFile.Check(input)) != MusicKind.MusicXml) throw new ArgumentException($"{path}: a score with fingers is made of a MusicXML score, and {input} is none; .tsv and .mid are written of everything.");
        }
        else if (!MusicInput.IsMidiName(path) && !path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"{path}: a fingering is written as .tsv, .mid or, of a score, .mxl or .musicxml.");
        }

        OutputCheck.Check([path], input);
    }

    // The fingering to compare with; null where a folder has none for the piece.
    private static IReadOnlyList<Note>? Truth(string midi, Score written, string? against, bool isFolder)
    {
        if (against is null) return written.Notes;
        if (!isFolder) return GivenFingers.Read(against).Notes;
        if (!Directory.Exists(against)) throw new DirectoryNotFoundException($"{against}: there is no such folder.");
        string[] names = [".tsv", ".hands.tsv"];
        var found = names.Select(ending => Path.Combine(against, Path.GetFileNameWithoutExtension(midi) + ending)).FirstOrDefault(File.Exists);
        return found is null ? null : GivenFingers.Read(found).Notes;
    }

    private static void Write(string path, string source, Score score, FingeringPlan plan, string[]? tracks, CancellationToken cancellation)
    {
        if (ScoreFile.IsMusicXmlName(path)) CommandHost.Say($"{path}: {MusicXmlFile.WriteFingering(source, path, plan.Notes, tracks)} fingers were written into the score");
        else if (MusicInput.IsMidiName(path)) MidiFile.Write(path, score.WithNotes(plan.Notes), cancellation: cancellation);
        else FingeringTable.Write(path, plan.Notes, cancellation);
    }
}
