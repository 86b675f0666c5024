using System.Text.RegularExpressions;
using Duomano.Cli.Commands;

namespace Duomano.Cli.Tests;

/// <summary>
/// What README.md and docs tell a user to type. Every command of duomano has to be one that the program takes; those that take little time are run in a folder of
/// their own, in the order of the documents, and have to write what they say. Training, evaluating, watching, serving, models to be made, pages and videos take too
/// long or need other programs here; they are parsed only, and have tests of their own.
/// </summary>
public sealed partial class DocsTests
{
    private const string Program = "duomano";

    // What is made of a piece's first seconds shows as well whether a command is right; a motion whose style is read later is needed whole.
    private const string FirstSeconds = "4";

    private static readonly string[] Quick = ["generate", "perform", "convert", "transcribe", "fingering", "measure", "info"];
    private static readonly string[] MakeMusic = ["generate", "perform", "transcribe"];
    private static readonly string[] NeedOtherPrograms = [".mp4", ".html"];
    private static readonly string[] Files = [".mid", ".wav", ".mxl", ".npz", ".json", ".tsv", ".vrm", ".glb", ".bvh", ".csv", ".png", ".vrma", ".pkl"];

    private static readonly HashSet<string> Styles = [.. DocumentedCommand.All.SelectMany(command => After(command, "--style"))];

    private const string Score = """
        <score-partwise version="4.0">
          <part-list><score-part id="P1"><part-name>Piano</part-name></score-part></part-list>
          <part id="P1"><measure number="1">
            <attributes><divisions>1</divisions><time><beats>2</beats><beat-type>4</beat-type></time></attributes>
            <note><pitch><step>C</step><octave>4</octave></pitch><duration>1</duration></note>
            <note><pitch><step>E</step><octave>4</octave></pitch><duration>1</duration></note>
          </measure></part>
        </score-partwise>
        """;

    public static TheoryData<string> Commands => [.. DocumentedCommand.All.Where(command => command.Program == Program).Select(command => command.ToString())];

    public static TheoryData<string> OtherPrograms => [.. DocumentedCommand.All.Where(command => command.Program is not (Program or "duomano-train")).Select(command => command.ToString())];

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommand_IsOneThatTheProgramTakes(string written)
    {
        Assert.Empty(AllCommands.Create().Parse(Find(written).Arguments).Errors.Select(error => error.Message));
    }

    [Theory]
    [InlineData("generate in.mid --outptu x.glb")]
    [InlineData("generate in.mid -o x.glb --steps many")]
    [InlineData("dance in.mid")]
    public void WrongCommands_AreFound(string written) => Assert.NotEmpty(AllCommands.Create().Parse(written.Split(' ')).Errors);

    [Fact]
    public void EveryCommandOfTheProgram_IsInADocument()
    {
        var told = DocumentedCommand.All.Where(command => command.Program == Program).Select(command => command.Words[1]);
        Assert.Empty(AllCommands.Create().Subcommands.Select(command => command.Name).Except(told));
    }

    /// <summary>.NET, curl and aliases: the files of the repository that they name are there.</summary>
    [Theory]
    [MemberData(nameof(OtherPrograms))]
    public void OtherPrograms_AreGivenFilesThatAreThere(string written)
    {
        var command = Find(written);
        Assert.Contains(command.Program, (string[])["dotnet", "curl", "alias"]);
        var named = command.Words.SelectMany(word => RepositoryPath().Matches(word)).Select(match => match.Value).ToList();
        Assert.All(named, path => Assert.True(File.Exists(Repository.PathOf(path)) || Directory.Exists(Repository.PathOf(path)), path));
    }

    [Fact]
    public void QuickCommands_DoWhatTheySay()
    {
        using var folder = new TemporaryFolder();
        Prepare(folder);
        var (done, run) = (new HashSet<string>(), new List<string>());
        foreach (var command in DocumentedCommand.All.Where(command => command.Program == Program && IsQuick(command, folder)))
        {
            if (!done.Add(string.Join(' ', command.Words))) continue;
            var (code, _, errors) = DuomanoProcess.RunIn(folder.PathOf(""), Shortened(command));
            Assert.True(code == 0, $"{command}: {errors}");
            Assert.All(Outputs(command).SelectMany(output => Written(command, output)), output => Assert.True(new FileInfo(folder.PathOf(output)) is { Exists: true, Length: > 0 }, $"{command}: {output} was not written"));
            run.Add(command.Words[1]);
        }

        // Each kind was really run: documents that name other files than these would be passed over.
        Assert.Empty(Quick.Except(run));
        Assert.True(run.Count >= 25, $"{run.Count} commands were run");
    }

    private static DocumentedCommand Find(string written) => DocumentedCommand.All.First(command => command.ToString() == written);

    // The sample, and what a user would bring.
    private static void Prepare(TemporaryFolder folder)
    {
        foreach (var name in (string[])["samples", "models/duomano-small", "out"]) Directory.CreateDirectory(folder.PathOf(name));
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("samples"), "minuet-in-g.*")) File.Copy(path, folder.PathOf($"samples/{Path.GetFileName(path)}"));
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("models", "duomano-small"))) File.Copy(path, folder.PathOf($"models/duomano-small/{Path.GetFileName(path)}"));
        Directory.CreateDirectory(folder.PathOf("FOLDER_WITH_MIDI_FILES"));
        File.Copy(Repository.PathOf("samples", "minuet-in-g.mid"), folder.PathOf("FOLDER_WITH_MIDI_FILES/minuet.mid"));
        File.WriteAllText(folder.PathOf("score.mxl"), Score);
        File.WriteAllText(folder.PathOf("my-fingering.tsv"), "onset_sec\toffset_sec\tpitch\tvelocity\thand\tfinger\n0.4839\t1.3518\t59\t64\tL\t3\n");
        folder.WithFile("my-avatar.vrm", TestRig.Mixamo());
        File.WriteAllText(folder.PathOf("bones.json"), """{"leftHand": "mixamorig:LeftHand"}""");
    }

    // All that it reads is there; names in capitals stand for what a user has.
    private static bool IsQuick(DocumentedCommand command, TemporaryFolder folder)
    {
        var outputs = Outputs(command).ToHashSet();
        if (!Quick.Contains(command.Words[1]) || outputs.Any(output => NeedOtherPrograms.Contains(Path.GetExtension(output)))) return false;
        return command.Words.Skip(2).Where(word => !outputs.Contains(word)).All(word =>
            File.Exists(folder.PathOf(word)) || Directory.Exists(folder.PathOf(word)) || !(Files.Contains(Path.GetExtension(word)) || word.Contains('/') || Placeholder().IsMatch(word)));
    }

    private static string[] Shortened(DocumentedCommand command) =>
        MakeMusic.Contains(command.Words[1]) && !command.Words.Contains("--length") && !Outputs(command).Any(Styles.Contains)
            ? [.. command.Arguments, "--length", FirstSeconds]
            : command.Arguments;

    private static IEnumerable<string> Outputs(DocumentedCommand command) => After(command, "-o", "--overlay");

    private static IEnumerable<string> After(DocumentedCommand command, params string[] options) => command.Words.Zip(command.Words.Skip(1)).Where(pair => options.Contains(pair.First)).Select(pair => pair.Second);

    private static IEnumerable<string> Written(DocumentedCommand command, string output) =>
        output.EndsWith(".bvh", StringComparison.Ordinal) && command.Words.Contains("--bvh-hands") ? [output.Replace(".bvh", ".left.bvh", StringComparison.Ordinal), output.Replace(".bvh", ".right.bvh", StringComparison.Ordinal)] : [output];

    [GeneratedRegex(@"(?<![\w/.])(src|tests|samples|models)/[\w./-]+|\w+\.slnx")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("^[A-Z][A-Z_]+$")]
    private static partial Regex Placeholder();
}
