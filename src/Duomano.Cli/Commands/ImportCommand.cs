using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Core.Motion;
using Duomano.Inference.Models;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;

namespace Duomano.Cli.Commands;

/// <summary>duomano import: published checkpoints become a model directory.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var experiment = new Argument<string>("EXPERIMENT_DIR") { Description = "A published experiment: args.txt, args_posi.txt and the checkpoints of both hands (piano2pose-…, piano2posi-…), of which the newest are taken." };
        var output = new Option<string>("--out") { Description = "The model directory to make.", Required = true, HelpName = "MODEL_DIR" };
        var encoder = new Option<string?>("--encoder") { Description = "The audio encoder's own folder (config.json, preprocessor_config.json), for its sizes; told from the weights if not given.", HelpName = "HF_DIR" };
        var hand = SharedOptions.Hand();
        hand.Description = "The hand that the data was annotated with, for its rest and mean pose: mano=FILE, FILE being MANO_RIGHT.pkl or a .npz of its arrays. Without it fingers come out straighter than they were, unless generating is told the hand.";
        var command = new Command("import", "Turn a published experiment's checkpoints into a model directory.") { experiment, output, encoder, hand };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = parsed.GetValue(output)!;
            PublishedImport.CheckFree(folder);
            OutputCheck.Check(
                PublishedImport.FileNames.Select(name => Path.Combine(folder, name)), parsed.GetValue(experiment), parsed.GetValue(encoder), HandChoice.FileOf(parsed.GetValue(hand)));
            var chosen = HandChoice.Parse(parsed.GetValue(hand));
            var read = PublishedExperiment.Read(parsed.GetValue(experiment)!, parsed.GetValue(encoder), cancellation);
            foreach (var remark in read.Remarks) CommandHost.Say(remark);
            PublishedImport.Write(read, folder, chosen is null ? null : PianoMotionHand.Of(chosen.Mano.Mean), cancellation);
            var config = ModelConfig.Read(folder);
            Console.Out.WriteLine($"left:     {read.Files.Left.Path}, iteration {read.Files.Left.Iteration}");
            Console.Out.WriteLine($"right:    {read.Files.Right.Path}, iteration {read.Files.Right.Iteration}");
            Console.Out.WriteLine($"position: {PositionNetwork.Parameters(config.Position, config.Compatibility).Sum(parameter => parameter.Count):N0} numbers a hand");
            Console.Out.WriteLine($"gesture:  {TwoHandUNet.Parameters(config.Gesture, config.Compatibility).Sum(parameter => parameter.Count):N0} numbers a hand");
            return Task.FromResult(CommandHost.Done);
        });
        return command;
    }
}
