using System.CommandLine;
using System.Diagnostics;
using Duomano.CommandLine;
using Duomano.Core.Fingering;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Corpus.Layout;
using Duomano.Inference;

namespace Duomano.Cli.Commands;

/// <summary>duomano evaluate: a model, or the kinematic pianist alone, measured over many pieces.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "A folder of MIDI files, or a data set. Where a recording stands beside a MIDI file, the recording is played from and the MIDI file is the truth.", HelpName = "DIR" };
        var split = NamedChoice.Option("--split", "Part of a data set.", CorpusSplit.Test);
        var performer = new Option<bool>("--performer") { Description = "Measure the kinematic pianist instead of a model: key presses, physics, anticipation and speed, piece by piece and overall (percentages of notes, strokes and frames)." };
        var style = new StyleOptions(byNetwork: true);
        var json = new Option<string?>("--json") { Description = "Also write all figures to a file.", HelpName = "FILE" };
        var model = SharedOptions.Model();
        var seed = SharedOptions.Seed();
        var steps = SharedOptions.Steps();
        var sampler = SharedOptions.Sampler();
        var temperature = SharedOptions.Temperature();
        var guidance = SharedOptions.Guidance();
        var precision = SharedOptions.Precision();
        var hand = SharedOptions.Hand();
        var threads = SharedOptions.Threads();
        var controls = new Option<bool>("--controls") { Description = "Instead of the table of pieces one of controls: what the networks' exchange between the hands does to their motion, what refinement keeps of it, how far seeds are apart (--seeds), and what refinement makes of hands that stand still." };
        var styles = NumberOption.Optional<int>("--styles", "Instead, draw so many pianists at random and tell whether what their style is asked for is found in the motion: each number, who plays, and whether the keys are hit as well.", 1, 100_000);
        var paper = new PaperOptions();
        var likeness = new PeopleOptions();
        var command = new Command("evaluate", "Measure a model: on a data set by the paper's measures against the annotated motion, on pieces by the keys pressed, physics, wrists (against the kinematic pianist's) and speed, the network's own motion and the refined one side by side, with what the refinement changed (mean degrees a joint, millimetres a wrist); with --performer the kinematic pianist itself; with --people how like recorded people's the motion is.") { data, split, performer, styles, controls, json, model, seed, steps, sampler, temperature, guidance, precision, hand, threads };
        style.AddTo(command);
        paper.AddTo(command);
        likeness.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(data) is null && !likeness.IsGiven(result)) result.AddError("Option '--data' or '--people' is required.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            var threadCount = SharedOptions.Usable(parsed.GetValue(threads));
            if (likeness.Read(parsed) is { } people)
            {
                if (parsed.GetResult(data) is { Implicit: false }) throw new ArgumentException("--data and --people cannot be given together.");
                var modelFolder = parsed.GetValue(performer) || people.Motions is not null ? null : ModelFinder.Find(parsed.GetValue(model)!);
                OutputCheck.Check([parsed.GetValue(json)], people.Path, people.Motions, modelFolder, style.File(parsed));
                people.Run(modelFolder, Options(parsed, null), parsed.GetValue(precision), threadCount, parsed.GetValue(json), cancellation);
                return Task.FromResult(CommandHost.Done);
            }

            var (folder, part) = (parsed.GetValue(data)!, parsed.GetValue(split));
            OutputCheck.Check([parsed.GetValue(json)], folder, HandChoice.FileOf(parsed.GetValue(hand)), paper.AutoencoderFile(parsed), style.File(parsed), parsed.GetValue(performer) ? null : ModelFinder.Find(parsed.GetValue(model)!));
            var onWindows = !parsed.GetValue(performer) && paper.Wanted(parsed, folder);
            var pieces = onWindows ? [] : PieceFolder.List(folder, part);
            if (parsed.GetValue(styles) is { } count)
            {
                Styles(pieces, count, parsed.GetValue(performer) ? null : ModelFinder.Find(parsed.GetValue(model)!), Options(parsed, null), parsed.GetValue(precision), threadCount, parsed.GetValue(json), cancellation);
                return Task.FromResult(CommandHost.Done);
            }

            if (parsed.GetValue(performer))
            {
                Performer(pieces, Options(parsed, null).Touch, threadCount, parsed.GetValue(json), cancellation);
                return Task.FromResult(CommandHost.Done);
            }

            var chosen = HandChoice.Parse(parsed.GetValue(hand));
            var options = Options(parsed, chosen);
            if (onWindows)
            {
                paper.Run(parsed, folder, part, ModelFinder.Find(parsed.GetValue(model)!), options, parsed.GetValue(precision), threadCount, chosen, parsed.GetValue(json), cancellation);
                return Task.FromResult(CommandHost.Done);
            }

            if (parsed.GetValue(controls))
            {
                Controls(pieces, ModelFinder.Find(parsed.GetValue(model)!), options, paper.Seeds(parsed), parsed.GetValue(precision), threadCount, parsed.GetValue(json), cancellation);
                return Task.FromResult(CommandHost.Done);
            }

            Model(pieces, ModelFinder.Find(parsed.GetValue(model)!), options, parsed.GetValue(precision), threadCount, parsed.GetValue(json), cancellation);
            return Task.FromResult(CommandHost.Done);
        });
        return command;

        GenerationOptions Options(ParseResult parsed, HandChoice? chosen) => style.Parse(parsed, parsed.GetValue(seed)).Of(new()
        {
            Seed = parsed.GetValue(seed),
            Steps = parsed.GetValue(steps),
            Temperature = parsed.GetValue(temperature),
            Guidance = parsed.GetValue(guidance),
            Sampler = parsed.GetValue(sampler) is { } name ? Samplers.Parse(name) : null,
            OwnHands = chosen?.Skeletons,
            Contact = false,
        });
    }

    private static void Model(IReadOnlyList<(string Midi, string? Recording)> pieces, string modelFolder, GenerationOptions options, InferencePrecision precision, int threads, string? json, CancellationToken cancellation)
    {
        using var generator = MotionGenerator.Load(modelFolder, threads, precision);
        var table = new List<PieceEvaluation>();
        Console.Out.WriteLine(PieceEvaluation.Heading);
        foreach (var (midi, recording) in pieces)
        {
            cancellation.ThrowIfCancellationRequested();
            table.Add(PieceEvaluation.Measure(generator, modelFolder, threads, midi, recording, options, cancellation));
            Console.Out.WriteLine(table[^1].ToLines());
        }

        var all = PieceEvaluation.Total(table);
        Console.Out.WriteLine(all.ToLines());
        if (json is not null) ReportTable.WriteJson(json, table.Append(all).Select(piece => piece.ToJson()), cancellation);
    }

    // The kinematic pianist where there is no model.
    private static void Styles(IReadOnlyList<(string Midi, string? Recording)> pieces, int count, string? modelFolder, GenerationOptions options, InferencePrecision precision, int threads, string? json, CancellationToken cancellation)
    {
        using var generator = modelFolder is null ? null : MotionGenerator.Load(modelFolder, threads, precision);
        if (generator is { KnowsStyles: false }) throw new ArgumentException($"{modelFolder}: the model knows no styles but its own.");
        Score[] scores = [.. pieces.Select(piece => MusicInput.ReadScore(piece.Midi, cancellation: cancellation))];
        var table = CommandHost.WithProgress("playing", progress => StyleEvaluation.Measure(scores, count, Play, options with { Contact = true }, progress, cancellation));
        Console.Out.WriteLine(table.ToText());
        if (json is not null) ReportTable.WriteJson(json, [table.ToJson()], cancellation);

        TwoHandClip Play(Score score, double length, GenerationOptions how)
        {
            if (generator is not null) return generator.Generate(score, length, how, cancellation: cancellation).Clip;
            var plan = FingeringPlanner.Plan(score.Notes, new() { HandSize = how.HandSize }, cancellation: cancellation);
            return KinematicPianist.Perform(plan.Notes, how.Touch, length, cancellation: cancellation).Clip;
        }
    }

    private static void Controls(IReadOnlyList<(string Midi, string? Recording)> pieces, string modelFolder, GenerationOptions options, int seeds, InferencePrecision precision, int threads, string? json, CancellationToken cancellation)
    {
        using var generator = MotionGenerator.Load(modelFolder, threads, precision);
        using var deaf = MotionGenerator.Load(modelFolder, threads, precision, exchange: false);
        var table = new List<ModelControls>();
        Console.Out.WriteLine(ModelControls.Heading);
        foreach (var (midi, recording) in pieces)
        {
            cancellation.ThrowIfCancellationRequested();
            var music = MusicInput.Read(recording ?? midi, 0, null, modelFolder, threads, withSound: generator.TakesSound, cancellation: cancellation);
            table.Add(ModelControls.Measure(generator, deaf, Path.GetFileNameWithoutExtension(midi), music, options, seeds, threads, cancellation));
            Console.Out.WriteLine(table[^1].ToLine());
        }

        var all = ModelControls.Total(table);
        Console.Out.WriteLine(all.ToLine());
        if (json is not null) ReportTable.WriteJson(json, table.Append(all).Select(piece => piece.ToJson()), cancellation);
    }

    private static void Performer(IReadOnlyList<(string Midi, string? Recording)> pieces, PerformanceStyle style, int threads, string? json, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        Console.Out.WriteLine(PerformerEvaluation.Heading);
        var table = ManyFiles.Work(
            pieces, threads,
            piece => PerformerEvaluation.Measure(Path.GetFileNameWithoutExtension(piece.Midi), MusicInput.ReadScore(piece.Midi, cancellation: cancellation), style, cancellation),
            piece => Console.Out.WriteLine(piece.ToLine()), cancellation);

        var all = PerformerEvaluation.Total(table);
        Console.Out.WriteLine(all.ToLine());
        CommandHost.Say($"{all.Seconds:0} s of music played and measured in {watch.Elapsed.TotalSeconds:0.0} s with {threads} threads");
        if (json is not null) ReportTable.WriteJson(json, table.Append(all).Select(piece => piece.ToJson()), cancellation);
    }
}
