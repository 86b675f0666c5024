using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Core.Playing;
using Duomano.Inference;

namespace Duomano.Cli.Commands;

/// <summary>The part of duomano evaluate that measures how like recorded people's a motion is.</summary>
internal sealed class PeopleOptions
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Option<string?> _people = new("--people") { Description = "Recorded pianists (.npz): measure how like theirs the motion of their notes is, that of a model, with --performer that of the kinematic pianist, with --motions anybody's.", HelpName = "FILE.npz" };
    private readonly Option<SongChoice> _songs = NamedChoice.Option("--songs", "With --people: whose notes are played. Songs are dealt out to five parts, all recordings of a song to the same; the fifth part is held out from whatever learns from people.", SongChoice.HeldOut);
    private readonly Option<bool> _givenFingers = new("--given-fingers") { Description = "With --people: play with the person's own fingers; otherwise only the hands are given." };
    private readonly Option<bool> _noContact = new("--no-contact") { Description = "With --people: measure the network's own motion, before the fingers are put on their keys." };
    private readonly Option<string?> _motions = new("--motions") { Description = "With --people: a folder of motions e00.npz, e01.npz and so on, one for each recording in the file's order; recordings without one are left out.", HelpName = "DIR" };
    private readonly Option<float> _handSize = SharedOptions.HandSize();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_people, _songs, _givenFingers, _noContact, _motions, _handSize]) command.Options.Add(option);
    }

    /// <summary>Whether a file of people is given.</summary>
    public bool IsGiven(CommandResult result) => result.GetResult(_people) is not null;

    /// <summary>What is asked for; null where no file of people is given.</summary>
    public PeopleRequest? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_people) is not { } path) return null;
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: there is no such file.");
        return new(
            path, parsed.GetValue(_songs), parsed.GetValue(_givenFingers), !parsed.GetValue(_noContact), parsed.GetValue(_motions),
            parsed.GetResult(_handSize) is { Implicit: false } ? parsed.GetValue(_handSize) : null);
    }

    /// <summary>What is asked for.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Songs">Whose notes are played.</param>
    /// <param name="GivenFingers">Whether with the person's fingers.</param>
    /// <param name="Contact">Whether a model's fingers are put on their keys.</param>
    /// <param name="Motions">A folder of motions to measure.</param>
    /// <param name="HandSize">The hands' size where it is given.</param>
    internal sealed record PeopleRequest(string Path, SongChoice Songs, bool GivenFingers, bool Contact, string? Motions, float? HandSize)
    {
        /// <summary>Measures and prints.</summary>
        public void Run(string? model, GenerationOptions options, InferencePrecision precision, int threads, string? json, CancellationToken cancellation)
        {
            if (HandSize is { } size) options = options with { HandSize = size, Touch = options.Touch with { HandSize = size } };
            var evaluation = new LikenessEvaluation(Path, Songs, GivenFingers, threads);
            if (Motions is not null) evaluation.MeasureFolder(Motions, cancellation);
            else if (model is null) evaluation.MeasurePerformer(options.Touch, cancellation);
            else evaluation.MeasureModel(model, options with { Contact = Contact }, precision, cancellation);
            Console.Out.Write(evaluation.ToText());
            if (json is not null) WholeFile.Write(json, stream => JsonSerializer.Serialize(stream, evaluation.ToJson(), Indented), cancellation);
        }
    }
}

/// <summary>Which of the recorded songs are played.</summary>
internal enum SongChoice
{
    /// <summary>The part that is held out.</summary>
    HeldOut,

    /// <summary>The other four parts.</summary>
    Training,

    /// <summary>All of them.</summary>
    All,
}
